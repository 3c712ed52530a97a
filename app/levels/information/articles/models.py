"""Pages and news, in a dialogue or for the site."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.files.models import StoredFile
from app.richtext import CleanHtml


class Article(Base):
    """One page or one piece of news. Without a dialogue it is the site's."""

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("kind IN ('page', 'news')", name="kind"),
        CheckConstraint("picture_id IS NULL OR picture_is_decoration OR picture_alt <> ''", name="picture_has_words"),
        Index("ix_article_shown", "dialogue_id", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"))
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)  # Markdown, as written
    html: Mapped[Markup] = mapped_column(CleanHtml)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    picture_alt: Mapped[str] = mapped_column(String(300), default="")
    picture_is_decoration: Mapped[bool] = mapped_column(default=False)  # says nothing that the text does not
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    picture: Mapped[StoredFile | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told
