"""A joint project: who is in it, what is to be done by whom and when, and who follows it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Container
from app.db import Base
from app.i18n import LANGUAGES, SOURCE, Language
from app.reviews.models import Reviewable, State


class Progress(StrEnum):
    """How far a task has come."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"


class Standing(StrEnum):
    """A person in a project: they have asked to join, or they are in it."""

    ASKED = "asked"
    MEMBER = "member"


class Project(Base):
    """Something that residents and the municipality do together. Its status texts are the contributions of its
    container, whose number is its own.

    `lead` is the goal; `scope`, `money` and `timing` are the frame. `reads_first`: what residents write is shown when
    a moderator has read it, else at once. It has ended from `ended_at` on, and `conclusion` says what came of it.
    """

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR conclusion <> ''", name="end_says_what_came_of_it"),
        Index("ix_project_dialogue", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(ForeignKey(Container.id), primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(400))
    scope: Mapped[str] = mapped_column(String(2000))
    money: Mapped[str] = mapped_column(String(400))
    timing: Mapped[str] = mapped_column(String(400))
    reads_first: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    conclusion: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    container: Mapped[Container] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class Member(Base):
    """One person in a project, or who asks to be. The row goes when they leave or are told no.

    `name` is what others see, as the person chose it; empty where they show none. `message` is to the officials, and
    is emptied when they have answered.
    """

    __tablename__ = "project_member"
    __table_args__ = (
        CheckConstraint("standing IN ('asked', 'member')", name="standing"),
        CheckConstraint("(standing = 'member') = (joined_at IS NOT NULL)", name="joined_when_in"),
        Index("ix_project_member_person", "person_id"),
        Index("ix_project_member_order", "project_id", "standing", "asked_at", "person_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    standing: Mapped[str] = mapped_column(String(10), default=Standing.ASKED)
    name: Mapped[str] = mapped_column(String(80), default="")
    message: Mapped[str] = mapped_column(String(500), default="")
    asked_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]

    @property
    def is_in(self) -> bool:
        return self.standing == Standing.MEMBER


class Invitation(Base):
    """An e-mail address whose owner may join without being asked anything more. Gone when used, or when it all ends."""

    __tablename__ = "project_invitation"
    __table_args__ = (UniqueConstraint("project_id", "email_key"),)  # asked once, however often the button is pressed

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(12))
    invited_at: Mapped[datetime]


class Follower(Base):
    """A person who is told what happens in a project."""

    __tablename__ = "project_follower"
    __table_args__ = (Index("ix_project_follower_person", "person_id"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    since: Mapped[datetime]


class Milestone(Base):
    """A day by which something is to have been reached."""

    __tablename__ = "project_milestone"
    __table_args__ = (Index("ix_project_milestone_order", "project_id", "due_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str] = mapped_column(String(160))
    due_on: Mapped[date]
    reached_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class Task(Base):
    """Something to be done, by a member (`owner_id`), by the municipality, or by nobody yet.

    Members write tasks too, so each can be judged. `percent` goes with `progress`: 0 before, 100 when done.
    """

    __tablename__ = "project_task"
    __table_args__ = (
        # whoever owns a task is in its project; leaving gives the task back first
        ForeignKeyConstraint(["project_id", "owner_id"], ["project_member.project_id", "project_member.person_id"]),
        CheckConstraint("NOT is_municipal OR owner_id IS NULL", name="one_owner"),
        CheckConstraint(
            "(progress = 'not_begun' AND percent = 0) OR (progress = 'under_way' AND percent BETWEEN 0 AND 99) "
            "OR (progress = 'done' AND percent = 100)",
            name="percent_goes_with_progress",
        ),
        CheckConstraint("(progress = 'done') = (done_at IS NOT NULL)", name="done_when"),
        Index("ix_project_task_order", "project_id", "due_on", "id"),
        Index("ix_project_task_owner", "owner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str] = mapped_column(String(160))
    about: Mapped[str] = mapped_column(String(1000), default="")
    language: Mapped[str] = mapped_column(String(12))
    owner_id: Mapped[int | None]
    is_municipal: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None]
    progress: Mapped[str] = mapped_column(String(10), default=Progress.NOT_BEGUN)
    percent: Mapped[int] = mapped_column(default=0)
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("reviewable.id"), unique=True)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]  # no longer to be done by anybody; kept for the record
    version: Mapped[int] = mapped_column(default=1)

    review: Mapped[Reviewable] = relationship(lazy="joined", innerjoin=True)
    project: Mapped[Project] = relationship(lazy="joined", innerjoin=True)
    owner: Mapped[Member | None] = relationship(lazy="joined", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told

    @property
    def dialogue_id(self) -> int:
        """Lets rules ask any subject for its dialogue."""
        return self.project.dialogue_id

    @property
    def spoken_in(self) -> Language:
        """The language that it is written in."""
        return LANGUAGES.get(self.language, SOURCE)

    @property
    def is_free(self) -> bool:
        """Anyone in the project may take it on."""
        return self.owner_id is None and not self.is_municipal and self.progress != Progress.DONE

    @property
    def is_waiting(self) -> bool:
        return self.review.state == State.WAITING

    @property
    def is_hidden(self) -> bool:
        return self.review.state == State.HIDDEN
