"""What residents write for others to read, where it stands, and how it read before it was changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base
from app.i18n import LANGUAGES, SOURCE, Language, LazyText
from app.permissions import ROLE_NAMES, Role
from app.reviews.models import Reviewable, State

CHANNELS = ("web", "paper", "phone", "meeting")


class Container(Base):
    """Where contributions stand: a thread, a box, a step of a workshop. Its owner points at it by a foreign key.

    `kind` is the kind of what stands in it, as it is registered with `app.subjects` ("post").
    """

    __tablename__ = "container"
    __table_args__ = (Index("ix_container_dialogue", "dialogue_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"))


class Contribution(Base):
    """One text by one author.

    `parent_id` is the one that it answers, `root_id` the one at whose foot it stands; both are empty for one that
    answers nothing. Sorted by `position` and then `id`, each root is followed by all that stands at its foot: one index
    serves a page in reading order, another (container and id) the newest first.

    Without an account `person_id` is empty. What staff enter for somebody has its channel and who entered it, and that
    person is never its author. `name` is as it was shown when it was written, empty where the author shows none; `role`
    is the role that it was written in. `text` is none once the author has taken it away; how it read is kept in
    `ContributionVersion`. `shown_at` is when everyone could first read it.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("container_id", "id"),
        UniqueConstraint("container_id", "form_hash"),
        ForeignKeyConstraint(["container_id", "parent_id"], ["contribution.container_id", "contribution.id"]),
        ForeignKeyConstraint(["container_id", "root_id"], ["contribution.container_id", "contribution.id"]),
        CheckConstraint("(parent_id IS NULL) = (root_id IS NULL)", name="answers_at_the_foot"),
        CheckConstraint("NOT quotes_parent OR parent_id IS NOT NULL", name="quotes_something"),
        CheckConstraint(f"channel IN {CHANNELS!r}", name="channel"),
        CheckConstraint("(channel = 'web') = (registered_by IS NULL)", name="entered_by"),
        CheckConstraint("registered_by IS NULL OR person_id IS NULL", name="staff_is_not_the_author"),
        CheckConstraint("(removed_at IS NULL) = (text IS NOT NULL)", name="taken_away_has_no_text"),
        CheckConstraint("text <> ''", name="says_something"),
        Index("ix_contribution_order", "container_id", "position", "id"),
        Index("ix_contribution_person", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    container_id: Mapped[int] = mapped_column(ForeignKey("container.id"))
    parent_id: Mapped[int | None]
    root_id: Mapped[int | None]
    position: Mapped[int] = mapped_column(Computed("coalesce(root_id, id)", persisted=True))
    quotes_parent: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(80), default="")
    role: Mapped[str] = mapped_column(String(30), default="")
    text: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(10), default="web")
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("reviewable.id"), unique=True)
    form_hash: Mapped[str | None] = mapped_column(String(64))  # of the form that it was sent with: sent twice is once
    written_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    review: Mapped[Reviewable] = relationship(lazy="joined", innerjoin=True)
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=person_id, viewonly=True)
    parent: Mapped[Contribution | None] = relationship(
        lazy="raise",
        primaryjoin="foreign(Contribution.parent_id) == remote(Contribution.id)",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two browsers at once: the second is told

    @property
    def dialogue_id(self) -> int | None:
        """Lets rules ask any subject for its dialogue."""
        return self.review.dialogue_id

    @property
    def kind(self) -> str:
        return self.review.subject_kind

    @property
    def spoken_in(self) -> Language:
        """The language that it is written in."""
        return LANGUAGES.get(self.language, SOURCE)

    @property
    def mark(self) -> LazyText | None:
        """What tells readers that it was written in a role; None for residents."""
        return ROLE_NAMES[Role(self.role)] if self.role else None

    @property
    def is_root(self) -> bool:
        return self.root_id is None

    @property
    def is_waiting(self) -> bool:
        return self.review.state == State.WAITING

    @property
    def is_hidden(self) -> bool:
        return self.review.state == State.HIDDEN

    @property
    def is_public(self) -> bool:
        """Everyone who may read where it stands may read it."""
        return self.review.is_shown and self.removed_at is None


class ContributionVersion(Base):
    """How a contribution read until it was changed or taken away. Append-only; for moderators and the record."""

    __tablename__ = "contribution_version"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    until: Mapped[datetime]


class VersionChanged(RuntimeError):
    """Something tried to change or remove how a contribution once read."""


@event.listens_for(ContributionVersion, "before_update")
@event.listens_for(ContributionVersion, "before_delete")
def _append_only(_mapper: object, _connection: object, row: ContributionVersion) -> None:
    raise VersionChanged(f"contribution {row.contribution_id}")
