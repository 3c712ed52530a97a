"""Boxes for suggestions, the case that each suggestion is, and suggestions that are being written."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Computed, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Container, Contribution
from app.db import Base
from app.files.models import StoredFile
from app.i18n import lazy_p


class Status(StrEnum):
    """How far a case has come."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    DECLINED = "declined"
    OUTSIDE = "outside"  # our remit
    CARRIED_OUT = "carried_out"


STATUS_NAMES = {
    Status.RECEIVED: lazy_p("suggestion", "Received"),
    Status.IN_PROGRESS: lazy_p("suggestion", "In progress"),
    Status.ANSWERED: lazy_p("suggestion", "Answered"),
    Status.DECLINED: lazy_p("suggestion", "Declined"),
    Status.OUTSIDE: lazy_p("suggestion", "Outside our remit"),
    Status.CARRIED_OUT: lazy_p("suggestion", "Carried out"),
}
STATUS_TONES = {Status.RECEIVED: "now", Status.IN_PROGRESS: "now", Status.ANSWERED: "open", Status.CARRIED_OUT: "open"}
CLOSING = (Status.ANSWERED, Status.DECLINED, Status.OUTSIDE, Status.CARRIED_OUT)
_ALL, _CLOSED = (tuple(str(one) for one in some) for some in (Status, CLOSING))


class SuggestionBox(Base):
    """Where suggestions are put: the standing box of the site, which is one, or a call for suggestions in a dialogue.

    `suggestions` is of the latest count, made by a job: those that everyone may read.
    """

    __tablename__ = "suggestion_box"
    __table_args__ = (
        UniqueConstraint("slot"),
        CheckConstraint("shut_at IS NULL OR shut_because <> ''", name="shut_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(ForeignKey(Container.id), primary_key=True)
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"))
    slot: Mapped[int] = mapped_column(Computed("coalesce(dialogue_id, 0)", persisted=True))  # 0: the standing box
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(400))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    shut_at: Mapped[datetime | None]
    shut_because: Mapped[str] = mapped_column(String(300), default="")
    suggestions: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    container: Mapped[Container] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class Suggestion(Base):
    """The case that a contribution in a box is. Its id is the contribution's.

    `receipt` is the case code: by chance, it lets whoever has it follow this case alone. `email` and `phone` are for
    the answer to somebody without an account, and are forgotten some time after the case has been closed.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint(f"status IN {_ALL!r}", name="status"),
        CheckConstraint(f"(closed_at IS NOT NULL) = (status IN {_CLOSED!r})", name="closed_with_a_status"),
        CheckConstraint("wants IN ('mail', 'page', 'phone')", name="wants"),
        Index("ix_suggestion_public", "box_id", "id"),
        Index("ix_suggestion_matter", "box_id", "matter", "id"),
        Index("ix_suggestion_status", "box_id", "status", "id"),
        Index("ix_suggestion_locality", "box_id", "locality", "id"),
        Index("ix_suggestion_due", "box_id", "due_on", "id"),
        Index("ix_suggestion_assigned", "assigned_to", "due_on"),
    )

    id: Mapped[int] = mapped_column(ForeignKey(Contribution.id), primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey(SuggestionBox.id))
    matter: Mapped[str] = mapped_column(String(40))  # a key of core.matters
    locality: Mapped[str] = mapped_column(String(60), default="")
    place: Mapped[str] = mapped_column(String(200), default="")  # in words
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[str] = mapped_column(String(20), default=Status.RECEIVED)
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    wants: Mapped[str] = mapped_column(String(10), default="page")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    told_in: Mapped[str] = mapped_column(String(12))  # the language in which its sender is written to
    version: Mapped[int] = mapped_column(default=1)

    box: Mapped[SuggestionBox] = relationship(lazy="raise")
    pictures: Mapped[list[SuggestionPicture]] = relationship(
        lazy="raise", viewonly=True, order_by="SuggestionPicture.id"
    )
    contribution: Mapped[Contribution] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two officials at once: the second is told

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def status_name(self) -> Any:
        return STATUS_NAMES[Status(self.status)]

    @property
    def tone(self) -> str:
        """Of the tag macro."""
        return STATUS_TONES.get(Status(self.status), "")


class SuggestionStep(Base):
    """A status that a case was given, and what was said with it. Append-only: what is wrong is said anew."""

    __tablename__ = "suggestion_step"
    __table_args__ = (
        CheckConstraint(f"status IN {_ALL!r}", name="status"),
        CheckConstraint(f"status NOT IN {_CLOSED!r} OR text <> ''", name="closing_says_why"),
        Index("ix_suggestion_step_case", "suggestion_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey(Suggestion.id))
    status: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    @property
    def status_name(self) -> Any:
        return STATUS_NAMES[Status(self.status)]

    @property
    def closes(self) -> bool:
        return self.status in CLOSING


class SuggestionNote(Base):
    """What officials write to each other about a case. Nobody else reads it."""

    __tablename__ = "suggestion_note"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        Index("ix_note_case", "suggestion_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey(Suggestion.id))
    text: Mapped[str] = mapped_column(String(2000))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class SuggestionDraft(Base):
    """A suggestion that is being written, step by step, in one browser. Forgotten a week after the last step."""

    __tablename__ = "suggestion_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey(SuggestionBox.id))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)  # of the browser's own key
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # field → value, of service.Draft
    touched_at: Mapped[datetime]


class SuggestionPicture(Base):
    """A picture of a suggestion, or of one that is being written."""

    __tablename__ = "suggestion_picture"
    __table_args__ = (
        UniqueConstraint("file_id"),
        CheckConstraint("(suggestion_id IS NULL) <> (draft_id IS NULL)", name="of_one"),
        Index("ix_suggestion_picture_case", "suggestion_id", "id"),
        Index("ix_suggestion_picture_draft", "draft_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey(Suggestion.id))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey(SuggestionDraft.id))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    alt: Mapped[str] = mapped_column(String(300), default="")  # what it shows, in words

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class StepChanged(RuntimeError):
    """Something tried to change or remove what was said in a case."""


@event.listens_for(SuggestionStep, "before_update")
@event.listens_for(SuggestionStep, "before_delete")
def _append_only(_mapper: object, _connection: object, row: SuggestionStep) -> None:
    raise StepChanged(f"suggestion {row.suggestion_id}")
