"""The phases of a dialogue that takes a longer time, and the times of each thing that its methods offer."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.richtext import CleanHtml


class Phase(Base):
    """A part of a dialogue's period with its own things, and what is told of it before the next one.

    `interim` is the feedback from the phase, in Markdown. It is public when the phase has ended; `published_at` is when
    those who took part were told of it. `ended_at` is when the clock saw that the phase had ended.
    """

    __tablename__ = "phase"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="opens_before_closing"),
        CheckConstraint("published_at IS NULL OR interim <> ''", name="published_says_something"),
        Index("ix_phase_order", "dialogue_id", "opens_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    name: Mapped[str] = mapped_column(String(120))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    interim: Mapped[str] = mapped_column(Text, default="")
    interim_html: Mapped[Markup | None] = mapped_column(CleanHtml)
    interim_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class ThingTime(Base):
    """To which phase a thing belongs, and its own times within it or, without one, within the dialogue.

    A thing without a row takes something in for as long as the dialogue does. `ended_at`: as in Phase.
    """

    __tablename__ = "thing_time"
    __table_args__ = (
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name="opens_before_closing"),
        Index("ix_thing_time_dialogue", "dialogue_id"),
    )

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)  # as its card's: "survey:3"
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("phase.id"), index=True)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told
