"""A workshop, its three steps, the cards on its board, the dots on the cards, and the proposals that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Container, Contribution
from app.db import Base
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l

PAPER_GRACE = timedelta(days=7)  # what was written in time may be entered for so long after the closing
MOST_DOTS = 10  # that one person may have in a step
UNSORTED = 2**31 - 1  # the place of cards without a theme: after all others


class Step(StrEnum):
    """The steps of a future workshop, in their order."""

    CRITIQUE = "critique"
    VISION = "vision"
    ACTION = "action"


STEPS = tuple(Step)
STEP_NAMES: Mapping[Step, LazyText] = {
    Step.CRITIQUE: lazy_p("workshop step", "Critique"),
    Step.VISION: lazy_p("workshop step", "Vision"),
    Step.ACTION: lazy_p("workshop step", "Action"),
}
STEP_QUESTIONS: Mapping[Step, LazyText] = {
    Step.CRITIQUE: _l("What does not work today?"),
    Step.VISION: _l("How would it be if everything were possible?"),
    Step.ACTION: _l("What can we do, and who does it?"),
}


class Workshop(Base):
    """A question to work on in three steps. `step` is where it is now, or was when it was closed.

    `dots` is how many each person has in each step; `one_a_card`: never two of them on the same card. `reads_first`:
    residents' cards are shown when a moderator has read them, else at once. `cards` and `people` (those with an account
    who took part) are of the latest count, made by a job.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint("step IN ('critique', 'vision', 'action')", name="step"),
        CheckConstraint(f"dots BETWEEN 0 AND {MOST_DOTS}", name="dots"),
        Index("ix_workshop_dialogue", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(400))
    step: Mapped[str] = mapped_column(String(10), default=Step.CRITIQUE)
    dots: Mapped[int] = mapped_column(default=3)
    one_a_card: Mapped[bool] = mapped_column(default=False)
    reads_first: Mapped[bool] = mapped_column(default=False)
    cards: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    proposals: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class WorkshopStep(Base):
    """One step of a workshop: the container of its cards, whose number is its own. `cards` and `dots`: latest count."""

    __tablename__ = "workshop_step"
    __table_args__ = (
        UniqueConstraint("workshop_id", "step"),
        UniqueConstraint("id", "workshop_id"),
        CheckConstraint("step IN ('critique', 'vision', 'action')", name="step"),
    )

    id: Mapped[int] = mapped_column(ForeignKey(Container.id), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey(Workshop.id))
    step: Mapped[str] = mapped_column(String(10))
    cards: Mapped[int] = mapped_column(default=0)
    dots: Mapped[int] = mapped_column(default=0)

    container: Mapped[Container] = relationship(lazy="raise")


class WorkshopTheme(Base):
    """A heading under which cards of all three steps stand."""

    __tablename__ = "workshop_theme"
    __table_args__ = (UniqueConstraint("id", "workshop_id"), Index("ix_workshop_theme_workshop", "workshop_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey(Workshop.id))
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class WorkshopCard(Base):
    """Where a contribution stands on the board: its step, and its theme once it is sorted.

    Sorted by `place` and then `id`, each theme is followed by its cards, and those without one come last.
    """

    __tablename__ = "workshop_card"
    __table_args__ = (
        UniqueConstraint("id", "step_id"),
        UniqueConstraint("id", "workshop_id"),
        ForeignKeyConstraint(["step_id", "id"], ["contribution.container_id", "contribution.id"]),
        ForeignKeyConstraint(["step_id", "workshop_id"], ["workshop_step.id", "workshop_step.workshop_id"]),
        ForeignKeyConstraint(["theme_id", "workshop_id"], ["workshop_theme.id", "workshop_theme.workshop_id"]),
        Index("ix_workshop_card_board", "step_id", "place", "id"),
        Index("ix_workshop_card_theme", "theme_id"),
    )

    id: Mapped[int] = mapped_column(ForeignKey(Contribution.id), primary_key=True, autoincrement=False)
    step_id: Mapped[int]
    workshop_id: Mapped[int] = mapped_column(ForeignKey(Workshop.id))
    theme_id: Mapped[int | None]
    place: Mapped[int] = mapped_column(Computed(f"coalesce(theme_id, {UNSORTED})", persisted=True))

    workshop: Mapped[Workshop] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    step: Mapped[WorkshopStep] = relationship(
        lazy="joined",
        innerjoin=True,
        viewonly=True,
        primaryjoin="foreign(WorkshopCard.step_id) == remote(WorkshopStep.id)",
    )


class WorkshopDot(Base):
    """One of a person's dots in a step, and the card that it is on.

    `slot` numbers the dots that a person has in the step, `layer` those of them on the same card: the constraints see
    to it that nobody has more than there are slots, and a button that is pressed twice counts once.
    """

    __tablename__ = "workshop_dot"
    __table_args__ = (
        UniqueConstraint("step_id", "person_id", "slot"),
        UniqueConstraint("card_id", "person_id", "layer"),
        ForeignKeyConstraint(["card_id", "step_id"], ["workshop_card.id", "workshop_card.step_id"]),
        CheckConstraint(f"slot BETWEEN 1 AND {MOST_DOTS}", name="slot"),
        CheckConstraint(f"layer BETWEEN 1 AND {MOST_DOTS}", name="layer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int]
    step_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    slot: Mapped[int]
    layer: Mapped[int]
    given_at: Mapped[datetime]


class WorkshopProposal(Base):
    """What came of cards: a proposal that the officials take further."""

    __tablename__ = "workshop_proposal"
    __table_args__ = (
        UniqueConstraint("id", "workshop_id"),
        Index("ix_workshop_proposal_workshop", "workshop_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey(Workshop.id))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    workshop: Mapped[Workshop] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class WorkshopSource(Base):
    """A card that a proposal came from, and since when it says so."""

    __tablename__ = "workshop_source"
    __table_args__ = (
        ForeignKeyConstraint(["proposal_id", "workshop_id"], ["workshop_proposal.id", "workshop_proposal.workshop_id"]),
        ForeignKeyConstraint(["card_id", "workshop_id"], ["workshop_card.id", "workshop_card.workshop_id"]),
        Index("ix_workshop_source_card", "card_id"),
    )

    proposal_id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int]
    added_at: Mapped[datetime]
