"""What comes after a dialogue has closed: themes, the report to the body, considerations, who was told, follow-ups."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.models import only_added
from app.richtext import CleanHtml

HASH = 64  # hex digits of SHA-256


class Compilation(Base):
    """What was found, on the whole, and how. `edition` grows with every change of what residents read of it.

    `read_in_all`: how many answers and contributions were read; `other_count`: those that are in no theme. A second
    reader confirms an edition, and a change after that waits for a second reader anew. `published_at`: when the result
    was opened to all.
    """

    __tablename__ = "compilation"
    __table_args__ = (
        CheckConstraint("read_in_all IS NULL OR read_in_all >= 0", name="read"),
        CheckConstraint("other_count >= 0", name="other"),
        CheckConstraint("coalesce(lives, 0) >= 0 AND coalesce(stays, 0) >= 0 AND coalesce(works, 0) >= 0", name="who"),
        CheckConstraint("confirmed_edition IS NULL OR confirmed_at IS NOT NULL", name="confirmed_some_time"),
    )

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    finding: Mapped[str] = mapped_column(String(160), default="")  # what is most important, in a sentence
    read_in_all: Mapped[int | None]
    other_count: Mapped[int] = mapped_column(default=0)
    other: Mapped[str] = mapped_column(String(400), default="")
    who: Mapped[str] = mapped_column(Text, default="")  # who took part, and who is missing
    lives: Mapped[int | None]  # how many of those who took part live, stay and work there, where it was asked
    stays: Mapped[int | None]
    works: Mapped[int | None]
    method_note: Mapped[str] = mapped_column(Text, default="")
    limits: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(default=1)
    offline_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # says: nothing on paper is left to enter
    offline_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_edition: Mapped[int | None]
    published_at: Mapped[datetime | None]
    whole_version: Mapped[int] = mapped_column(default=0)  # of what is said of all themes together: grows when saved
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told

    @property
    def is_confirmed(self) -> bool:
        """Whether a second reader has read it as it stands now."""
        return self.confirmed_edition == self.edition


class CompilationWriter(Base):
    """Somebody who has written in a compilation, and so is not its second reader."""

    __tablename__ = "compilation_writer"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("compilation.dialogue_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class Theme(Base):
    """What many said: its name, what they said, and about how many answers and contributions said it."""

    __tablename__ = "theme"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count"),
        UniqueConstraint("id", "dialogue_id"),
        Index("ix_theme_order", "dialogue_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("compilation.dialogue_id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    said: Mapped[str] = mapped_column(Text)
    html: Mapped[Markup] = mapped_column(CleanHtml)
    count: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class ResultReport(Base):
    """The result as it was handed over to a body for one of its meetings. `content` is canonical JSON, never changed.

    One report of each edition: of two who press at once, one makes it. `hash` is the SHA-256 of `content` as UTF-8.
    """

    __tablename__ = "result_report"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        UniqueConstraint("dialogue_id", "edition"),
        CheckConstraint("papers_by < meeting_on", name="papers_before_meeting"),
        CheckConstraint(f"length(hash) = {HASH}", name="hash"),
        CheckConstraint("number = 1 OR note <> ''", name="later_says_why"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    number: Mapped[int]
    edition: Mapped[int]
    body_key: Mapped[str] = mapped_column(String(60))
    body_name: Mapped[str] = mapped_column(String(120))  # as it was called then
    meeting_on: Mapped[date]
    papers_by: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")  # what is new since the one before
    content: Mapped[str] = mapped_column(Text, deferred=True)  # long: lists do without
    hash: Mapped[str] = mapped_column(String(HASH))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class Stance(StrEnum):
    """What became of a theme in the decision."""

    FOLLOWED = "followed"
    PARTLY = "partly"
    NOT_FOLLOWED = "not_followed"


class Consideration(Base):
    """How the decision took a theme into account, and why. `decision_id` is the record that it was written to."""

    __tablename__ = "consideration"
    __table_args__ = (
        CheckConstraint("stance IN ('followed', 'partly', 'not_followed')", name="stance"),
        CheckConstraint("why <> ''", name="says_why"),
    )

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    stance: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision_record.id"))
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class About(StrEnum):
    """What those who took part are told: that the result is out, and what became of it."""

    RESULT = "result"
    FEEDBACK = "feedback"


class Telling(Base):
    """Those who took part are told something, once in each dialogue."""

    __tablename__ = "telling"
    __table_args__ = (
        CheckConstraint("about IN ('result', 'feedback')", name="about"),
        UniqueConstraint("dialogue_id", "about"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    about: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime]


class Arrival(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    BOUNCED = "bounced"


class Delivery(Base):
    """One mail of a telling. Whom to is kept as a digest alone, which tells nothing to those who read the log."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'sent', 'bounced')", name="state"),
        UniqueConstraint("telling_id", "key_hash"),
        Index("ix_delivery_state", "telling_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    telling_id: Mapped[int] = mapped_column(ForeignKey("telling.id"))
    key_hash: Mapped[str] = mapped_column(String(HASH))
    state: Mapped[str] = mapped_column(String(10), default=Arrival.PLANNED)
    changed_at: Mapped[datetime]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty: the mail server said so


class Way(StrEnum):
    """How those are told who left no address; or that nobody can reach them."""

    PAPER = "paper"
    MEETING = "meeting"
    ELSEWHERE = "elsewhere"
    UNREACHABLE = "unreachable"
    EVERYONE = "everyone"  # nobody else took part: all of them got a mail


class ToldOtherwise(Base):
    """So many were told in another way than by mail, or cannot be reached. A mistake is struck out, with its reason."""

    __tablename__ = "told_otherwise"
    __table_args__ = (
        CheckConstraint("way IN ('paper', 'meeting', 'elsewhere', 'unreachable', 'everyone')", name="way"),
        CheckConstraint("count >= 0 AND (count = 0 OR way <> 'everyone')", name="count"),
        CheckConstraint("struck_at IS NULL OR struck_why <> ''", name="striking_says_why"),
        Index("ix_told_otherwise_telling", "telling_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    telling_id: Mapped[int] = mapped_column(ForeignKey("telling.id"))
    way: Mapped[str] = mapped_column(String(15))
    count: Mapped[int]
    note: Mapped[str] = mapped_column(String(300), default="")
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    struck_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    struck_at: Mapped[datetime | None]
    struck_why: Mapped[str] = mapped_column(String(300), default="")


class Progress(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_DONE = "not_done"


class FollowUp(Base):
    """Something that the municipality said it would do: by whom, by when, and how far it has come."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("progress IN ('planned', 'under_way', 'done', 'not_done')", name="progress"),
        CheckConstraint("progress <> 'not_done' OR why <> ''", name="not_done_says_why"),
        Index("ix_follow_up_dialogue", "dialogue_id", "due_on", "id"),
        Index("ix_follow_up_due", "progress", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    text: Mapped[str] = mapped_column(String(300))
    unit: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date]
    progress: Mapped[str] = mapped_column(String(15), default=Progress.PLANNED)
    why: Mapped[str] = mapped_column(String(400), default="")  # a word about how far it has come
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class FollowUpChange(Base):
    """How far a follow-up had come on a day."""

    __tablename__ = "follow_up_change"
    __table_args__ = (Index("ix_follow_up_change_of", "follow_up_id", "id"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"))
    progress: Mapped[str] = mapped_column(String(15))
    due_on: Mapped[date]
    why: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


only_added(ResultReport, FollowUpChange)
