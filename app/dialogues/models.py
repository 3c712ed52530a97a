"""A dialogue, what was assessed and decided about it, every move it made, and the cards of its methods."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.stages import STAGES_OF_KIND, UNPLANNED_STAGES, Kind, Stage
from app.richtext import CleanHtml

STAGES = ", ".join(f"'{stage}'" for stage in Stage)
KINDS = ", ".join(f"'{kind}'" for kind in Kind)
UNPLANNED = ", ".join(f"'{stage}'" for stage in sorted(UNPLANNED_STAGES))
STAGES_KNOWN = " OR ".join(
    f"(kind = '{kind}' AND stage IN ({', '.join(repr(str(stage)) for stage in sorted(stages))}))"
    for kind, stages in STAGES_OF_KIND.items()
)


class Dialogue(Base):
    """The governing thread: one question, one body, one promise. Texts are the Swedish source."""

    __tablename__ = "dialogue"
    __table_args__ = (
        CheckConstraint(f"stage IN ({STAGES})", name="stage"),
        CheckConstraint(f"kind IN ({KINDS})", name="kind"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name="opens_before_closing"),
        CheckConstraint(
            f"stage IN ({UNPLANNED}) OR kind = '{Kind.INFORMATION}' "
            "OR (opens_at IS NOT NULL AND closes_at IS NOT NULL)",
            name="planned_has_times",
        ),
        CheckConstraint(STAGES_KNOWN, name="stage_of_kind"),
        CheckConstraint(
            f"kind <> '{Kind.INFORMATION}' OR (level IS NOT NULL AND level = '{Kind.INFORMATION}')",
            name="level_of_information",
        ),
        Index("ix_dialogue_stage", "stage", "closes_at", "id"),
        Index("ix_dialogue_opens", "stage", "opens_at"),
        Index("ix_dialogue_kind", "kind", "stage", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), default=Kind.CITIZEN_DIALOGUE)
    stage: Mapped[str] = mapped_column(String(20), default=Stage.IDEA)
    level: Mapped[str | None] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(80))  # short, for lists and addresses: Drottninggatan
    question: Mapped[str] = mapped_column(String(200), default="")  # Hur ska Drottninggatan se ut?
    summary: Mapped[str] = mapped_column(Text, default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    promise: Mapped[str] = mapped_column(Text, default="")  # what the body will do with the result
    affected: Mapped[str] = mapped_column(String(300), default="")  # whom it concerns
    body_key: Mapped[str | None] = mapped_column(String(60))
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    decision_on: Mapped[date | None]  # the body's meeting that decides the matter
    feedback_by: Mapped[date | None]  # when those who took part are told, at the latest
    pause_reason: Mapped[str] = mapped_column(Text, default="")
    # When its things take something in, where that is not as long as the dialogue: key of the thing → from, until. Made
    # of the phases and the things' own times (app.dialogues.phases) whenever those change, so that no rule reads them.
    windows: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told

    @property
    def dialogue_id(self) -> int:
        """Lets rules ask any subject for its dialogue."""
        return self.id


class ScopeItem(Base):
    """One thing that is open, or fixed and why."""

    __tablename__ = "scope_item"
    __table_args__ = (
        CheckConstraint("is_open OR why <> ''", name="fixed_says_why"),
        Index("ix_scope_item_order", "dialogue_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    position: Mapped[int]
    is_open: Mapped[bool]
    text: Mapped[str] = mapped_column(String(300))
    why: Mapped[str] = mapped_column(String(300), default="")


class Assessment(Base):
    """The four criteria, answered once. A new assessment is a new row; the latest one counts."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class AssessedUnder(Base):
    """The version of the guideline that binds a dialogue from its first assessment on. Another version changes nothing.

    Without a version: it was assessed before there was one.
    """

    __tablename__ = "assessed_under"
    __table_args__ = ({"info": APPEND_ONLY},)

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    guideline_id: Mapped[int | None] = mapped_column(ForeignKey("guideline.id"))


class CriterionAnswer(Base):
    """Yes, no or doubtful to one criterion, and why. Doubtful blocks as no does."""

    __tablename__ = "criterion_answer"
    __table_args__ = (
        CheckConstraint("answer IN ('yes', 'no', 'doubtful')", name="answer"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(30), primary_key=True)
    answer: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)


class Matter(StrEnum):
    """What a body decided about: that a dialogue be held, that it be changed or closed early, or called off; then the
    matter itself, and what the body decided in it later.
    """

    HOLD = "hold"
    CHANGE = "change"
    CLOSE = "close"
    CANCEL = "cancel"
    FINAL = "final"
    LATER = "later"


class Ruling(StrEnum):
    """What it decided. `none`: the body has made no decision in the matter and says why."""

    APPROVED = "approved"
    REJECTED = "rejected"
    NONE = "none"


MATTERS = ", ".join(f"'{matter}'" for matter in Matter)
SAYS_WHY = "'cancel', 'close', 'later'"  # what everyone reads a reason for, even where it was approved
# A body decides once about each of these; what was mistyped is mended by a record that supersedes.
ONCE = text("supersedes_id IS NULL AND matter IN ('hold', 'cancel', 'close', 'final')")


class DecisionRecord(Base):
    """What a body decided. A mistake is mended by a record that supersedes this one, with its reason."""

    __tablename__ = "decision_record"
    __table_args__ = (
        CheckConstraint(f"matter IN ({MATTERS})", name="matter"),
        CheckConstraint("outcome IN ('approved', 'rejected', 'none')", name="outcome"),
        CheckConstraint(f"(outcome = 'approved' AND matter NOT IN ({SAYS_WHY})) OR reason <> ''", name="says_why"),
        CheckConstraint("supersedes_id IS NULL OR supersede_reason <> ''", name="mending_says_why"),
        CheckConstraint(
            "minutes_url = '' OR lower(substr(minutes_url, 1, 7)) = 'http://' "
            "OR lower(substr(minutes_url, 1, 8)) = 'https://'",
            name="minutes_on_the_web",
        ),
        UniqueConstraint("supersedes_id"),
        Index("ix_decision_record_dialogue", "dialogue_id", "matter", "id"),
        Index(
            "uq_decision_record_once", "dialogue_id", "matter", unique=True, sqlite_where=ONCE, postgresql_where=ONCE
        ),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    matter: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(10))
    body_key: Mapped[str] = mapped_column(String(60))
    body_name: Mapped[str] = mapped_column(String(120))  # as it was called then
    decided_on: Mapped[date]
    section_no: Mapped[str] = mapped_column(String(20))  # § in the minutes
    case_number: Mapped[str] = mapped_column(String(60))
    minutes_url: Mapped[str] = mapped_column(String(500), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("decision_record.id"))
    supersede_reason: Mapped[str] = mapped_column(Text, default="")


class Move(Base):
    """One step from stage to stage. Append-only."""

    __tablename__ = "dialogue_move"
    __table_args__ = (
        Index("ix_dialogue_move_dialogue", "dialogue_id", "id"),
        Index("ix_dialogue_move_reached", "to_stage", "at", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    from_stage: Mapped[str] = mapped_column(String(20))
    to_stage: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty: the clock
    note: Mapped[str] = mapped_column(Text, default="")
    guards: Mapped[dict[str, Any]] = mapped_column(JSON)  # what each guard saw, and under which "guideline" (its id)


class Outcome(Base):
    """What became of it: the body's answer to those who took part."""

    __tablename__ = "outcome"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    heading: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[Markup] = mapped_column(CleanHtml)
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Card(Base):
    """What the dialogue page and lists show of one thing that a method offers; the method keeps it up to date."""

    __tablename__ = "card"
    __table_args__ = (Index("ix_card_dialogue", "dialogue_id", "position"),)

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)  # "survey:3"
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    method: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(160))
    sentence: Mapped[str] = mapped_column(String(400), default="")
    endpoint: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    result_endpoint: Mapped[str | None] = mapped_column(String(80))  # takes the same values; empty: shows no result
    responses: Mapped[int | None]  # how much has come in, from the latest snapshot
    minutes: Mapped[int | None]  # about how long it takes
    held_at: Mapped[datetime | None]  # when it takes place, where it has a time of its own
    is_input: Mapped[bool]  # one can do something there; else one reads
    position: Mapped[int] = mapped_column(default=0)

    @property
    def thing_key(self) -> str:
        """Lets rules ask any subject for the thing whose times bind it."""
        return self.subject


class AppendOnly(RuntimeError):
    """Something tried to change or take away a row that is kept as it was written."""


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise AppendOnly(type(row).__name__)


for _kept in (AssessedUnder, Assessment, CriterionAnswer, DecisionRecord, Move):
    event.listen(_kept, "before_update", _refuse)
    event.listen(_kept, "before_delete", _refuse)
