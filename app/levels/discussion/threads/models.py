"""A thread of a dialogue: a question that people discuss."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Container, Contribution
from app.db import Base
from app.richtext import CleanHtml


class Starts(StrEnum):
    """Who starts threads in a forum."""

    LEADS = "leads"  # where nothing else is said
    READ_FIRST = "read_first"  # residents too; a moderator reads what they want to start
    AT_ONCE = "at_once"  # residents too, shown at once


class ForumRule(Base):
    """What a lead has said of the forum of a dialogue, and when; what was said last holds."""

    __tablename__ = "forum_rule"
    __table_args__ = (
        CheckConstraint(f"starts IN {tuple(map(str, Starts))!r}", name="starts"),
        Index("ix_forum_rule_dialogue", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    starts: Mapped[str] = mapped_column(String(10))
    said_at: Mapped[datetime]


class Topic(Base):
    """A thread that a resident wants to start: its heading, and what they write first, which are judged as one.

    Its number is that of the container that the post stands in and, once it is shown, of the thread.
    """

    __tablename__ = "thread_topic"
    __table_args__ = (UniqueConstraint("dialogue_id", "form_hash"),)

    id: Mapped[int] = mapped_column(ForeignKey(Container.id), primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey(Contribution.id), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    reads_first: Mapped[bool]  # of the posts in the thread, as the forum's rule was then
    form_hash: Mapped[str] = mapped_column(String(64))  # of the form that it was sent with: sent twice is once


class Thread(Base):
    """A question, and what is said about it: the contributions of its container, whose number is its own.

    `reads_first`: residents' posts are shown when a moderator has read them, else at once. `posts`, `authors` and
    `latest_at` are of the latest count, made by a job.
    """

    __tablename__ = "thread"
    __table_args__ = (
        CheckConstraint("locked_at IS NULL OR lock_reason <> ''", name="lock_says_why"),
        CheckConstraint("concluded_at IS NULL OR conclusion <> ''", name="conclusion_has_words"),
        Index("ix_thread_dialogue", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(ForeignKey(Container.id), primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(400))
    reads_first: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    lock_reason: Mapped[str] = mapped_column(String(300), default="")
    conclusion: Mapped[str] = mapped_column(Text, default="")  # Markdown, as written
    conclusion_html: Mapped[Markup | None] = mapped_column(CleanHtml)
    concluded_at: Mapped[datetime | None]
    posts: Mapped[int] = mapped_column(default=0)
    authors: Mapped[int] = mapped_column(default=0)
    latest_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    container: Mapped[Container] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told
