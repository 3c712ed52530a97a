"""Meetings and who has signed up to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app import subjects
from app.contributions.models import Container
from app.db import Base
from app.richtext import CleanHtml


class Form(StrEnum):
    """How one meets."""

    OPEN_MEETING = "open_meeting"
    DIALOGUE_CAFE = "dialogue_cafe"
    OPEN_SPACE = "open_space"
    FOCUS_GROUP = "focus_group"
    VILLAGE_WALK = "village_walk"
    INFORMATION_MEETING = "information_meeting"  # the only one where nothing is open to influence


class Meeting(Base):
    """A time and a place where people meet. Without a dialogue it is the site's."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("seats IS NULL OR seats > 0", name="seats"),
        CheckConstraint("attended IS NULL OR attended >= 0", name="attended"),
        CheckConstraint("cancelled_at IS NULL OR cancelled_because <> ''", name="cancelled_for_a_reason"),
        Index("ix_meeting_in_order", "starts_at", "id"),
        Index("ix_meeting_dialogue", "dialogue_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"))
    form: Mapped[str] = mapped_column(String(20), default=Form.OPEN_MEETING)
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(400))
    about: Mapped[str] = mapped_column(Text, default="")  # Markdown, as written
    about_html: Mapped[Markup] = mapped_column(CleanHtml, default=Markup())
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    access: Mapped[str] = mapped_column(String(1000))  # how one gets in, hears and takes part there
    takes_sign_ups: Mapped[bool] = mapped_column(default=True)
    seats: Mapped[int | None]  # None: there is room for all who come
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(String(300), default="")
    minutes: Mapped[str] = mapped_column(Text, default="")  # what came of it: Markdown, as written
    minutes_html: Mapped[Markup] = mapped_column(CleanHtml, default=Markup())
    minutes_at: Mapped[datetime | None]
    attended: Mapped[int | None]  # how many came
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told

    @property
    def thing_key(self) -> str:
        """Its key, as its card has it: its own times bind what is taken in."""
        return subjects.key("meeting", self.id)


class MeetingTalk(Base):
    """Where what was said at a meeting stands: the contributions of a container, whose number is its own."""

    __tablename__ = "meeting_talk"

    id: Mapped[int] = mapped_column(ForeignKey(Container.id), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)


class SignUp(Base):
    """One person who wants to come: on a seat, or waiting for one. Forgotten a month after the meeting."""

    __tablename__ = "meeting_sign_up"
    __table_args__ = (
        UniqueConstraint("meeting_id", "seat", name="uq_meeting_sign_up_seat"),  # a seat is given once
        UniqueConstraint("meeting_id", "form_hash", name="uq_meeting_sign_up_form"),  # a form is sent once
        CheckConstraint("channel IN ('web', 'paper', 'phone')", name="channel"),
        CheckConstraint("email <> '' OR phone <> ''", name="can_be_reached"),
        Index("ix_meeting_sign_up_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    seat: Mapped[int | None]  # from 1; None: waiting, the lowest id first
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(20))  # in which they are written to
    wishes: Mapped[list[Any]] = mapped_column(JSON, default=list)  # keys of wording.WISHES
    wishes_more: Mapped[str] = mapped_column(String(500), default="")
    channel: Mapped[str] = mapped_column(String(10), default="web")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the account that signed up
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who wrote down what others said
    form_hash: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    created_at: Mapped[datetime]
