"""The municipality's guideline, version by version; what the next one will say; and the ladder's ways and examples."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.richtext import CleanHtml

Wordings = dict[str, dict[str, str]]  # criterion → question, hint, instead; what is left out has its usual text


def _on_the_web(column: str) -> str:
    return f"{column} = '' OR lower(substr({column}, 1, 7)) = 'http://' OR lower(substr({column}, 1, 8)) = 'https://'"


class Guideline(Base):
    """One version, as the body decided it: never changed. Another decision makes another version.

    In force on a day is the one that began last. It goes on applying when its time has run out, until the next.
    """

    __tablename__ = "guideline"
    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="ends_after_it_begins"),
        CheckConstraint("body_name <> '' AND section_no <> ''", name="says_who_decided"),
        CheckConstraint(_on_the_web("url"), name="url_on_the_web"),
        Index("ix_guideline_valid", "valid_from", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    body_name: Mapped[str] = mapped_column(String(120))  # as it was called then
    decided_on: Mapped[date]
    section_no: Mapped[str] = mapped_column(String(20))  # § in the minutes
    valid_from: Mapped[date]
    valid_to: Mapped[date]  # the last day
    url: Mapped[str] = mapped_column(String(500), default="")  # where the decided text can be read
    in_short: Mapped[str] = mapped_column(Text)  # what it says, in plain words
    principles: Mapped[str] = mapped_column(Text)  # Markdown
    principles_html: Mapped[Markup] = mapped_column(CleanHtml)
    criteria: Mapped[Wordings] = mapped_column(JSON)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]


class GuidelineDraft(Base):
    """What the next version will say: one at a time, so that nobody writes beside somebody else."""

    __tablename__ = "guideline_draft"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_at_a_time"),
        CheckConstraint(_on_the_web("url"), name="url_on_the_web"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160), default="")
    body_name: Mapped[str] = mapped_column(String(120), default="")
    decided_on: Mapped[date | None]
    section_no: Mapped[str] = mapped_column(String(20), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    url: Mapped[str] = mapped_column(String(500), default="")
    in_short: Mapped[str] = mapped_column(Text, default="")
    principles: Mapped[str] = mapped_column(Text, default="")
    criteria: Mapped[Wordings] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class EntryKind(StrEnum):
    """A way to take part, or something that was done here."""

    METHOD = "method"
    EXAMPLE = "example"


class LadderEntry(Base):
    """What stands at a step of the ladder: a method that may be used there, or a local example of it."""

    __tablename__ = "ladder_entry"
    __table_args__ = (
        CheckConstraint("kind IN ('method', 'example')", name="kind"),
        CheckConstraint("levels <> ''", name="stands_somewhere"),
        CheckConstraint("NOT is_vote OR levels = 'codecision'", name="votes_decide"),
        CheckConstraint(_on_the_web("url"), name="url_on_the_web"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(600))
    levels: Mapped[str] = mapped_column(String(80))  # keys in the order of the ladder, with a space between
    is_vote: Mapped[bool] = mapped_column(default=False)  # those who take part vote
    url: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def stands_at(self, level: str) -> bool:
        return level in self.levels.split()


class KeptAsDecided(RuntimeError):
    """Something tried to change or take away a version of the guideline."""


def _refuse(_mapper: object, _connection: object, row: Any) -> None:
    raise KeptAsDecided(type(row).__name__)


event.listen(Guideline, "before_update", _refuse)
event.listen(Guideline, "before_delete", _refuse)
