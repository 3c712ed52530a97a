"""Content texts in other languages than Swedish, with the Swedish text that each was made from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.richtext import CleanHtml


class Status(StrEnum):
    """A draft is the translators' own; a reviewed text is shown; a machine's is shown and marked as one."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    MACHINE = "machine"


class Translation(Base):
    """One field of one subject in one language. The Swedish text stays with its owner.

    A draft lies beside the reviewed text that it will replace, so that readers never lose what was good.
    """

    __tablename__ = "translation"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'reviewed', 'machine')", name="status"),
        CheckConstraint("reviewed_by IS NULL OR written_by IS NULL OR reviewed_by <> written_by", name="two_persons"),
        CheckConstraint("text <> ''", name="says_something"),
    )

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)  # "dialogue:12", as in subjects.key
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    status: Mapped[str] = mapped_column(String(10), primary_key=True)
    text: Mapped[str] = mapped_column(Text)  # Markdown where the field is rich text
    html: Mapped[Markup | None] = mapped_column(CleanHtml)  # for rich text only
    source_version: Mapped[str] = mapped_column(String(16))  # digest of the Swedish text it was made from
    source_text: Mapped[str] = mapped_column(Text)  # that Swedish text, to see what has changed since
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two translators at once: the second is told
