"""What leaves of what comes after: themes, considerations, reports, how people were told, follow-ups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from app.dialogues.answers.models import (
    Compilation,
    Consideration,
    Delivery,
    FollowUp,
    FollowUpChange,
    ResultReport,
    Telling,
    Theme,
    ToldOtherwise,
)

Rows = Select[*tuple[Any, ...]]
COMPILATION = (
    "finding", "read_in_all", "other_count", "other", "who", "lives", "stays", "works", "method_note", "limits",
    "edition", "offline_by", "offline_at", "confirmed_by", "confirmed_at", "confirmed_edition", "published_at",
)  # fmt: skip
REPORT = (
    "number", "edition", "body_key", "body_name", "meeting_on", "papers_by", "note", "hash", "made_by", "made_at",
    "content",
)  # fmt: skip
NOTED = ("way", "count", "note", "added_by", "added_at", "struck_by", "struck_at", "struck_why")
CHANGE = ("progress", "due_on", "why", "at", "by_id")
PERSONAL = frozenset({"offline_by", "confirmed_by", "made_by", "written_by", "added_by", "struck_by"})


def compilation(dialogue_id: int) -> Rows:
    rows = select(*(getattr(Compilation, name) for name in COMPILATION))
    return rows.where(Compilation.dialogue_id == dialogue_id)


def themes(dialogue_id: int) -> Rows:
    rows = select(Theme.position, Theme.name, Theme.said, Theme.count).where(Theme.dialogue_id == dialogue_id)
    return rows.order_by(Theme.position, Theme.id)


def considerations(dialogue_id: int) -> Rows:
    written = (Consideration.decision_id, Consideration.written_by, Consideration.written_at)
    rows = select(Theme.name.label("theme"), Consideration.stance, Consideration.why, *written)
    rows = rows.join(Consideration, Consideration.theme_id == Theme.id).where(Theme.dialogue_id == dialogue_id)
    return rows.order_by(Theme.position, Theme.id)


def reports(dialogue_id: int) -> Rows:
    rows = select(*(getattr(ResultReport, name) for name in REPORT))
    return rows.where(ResultReport.dialogue_id == dialogue_id).order_by(ResultReport.number)


def deliveries(dialogue_id: int) -> Rows:
    """How many mails about what came how far: whom to is nowhere."""
    rows = select(Telling.about, Telling.made_at, Delivery.state, func.count(Delivery.id).label("mails"))
    rows = rows.join(Delivery, Delivery.telling_id == Telling.id).where(Telling.dialogue_id == dialogue_id)
    return rows.group_by(Telling.id, Telling.about, Telling.made_at, Delivery.state).order_by(
        Telling.id, Delivery.state
    )


def told_otherwise(dialogue_id: int) -> Rows:
    rows = select(Telling.about, *(getattr(ToldOtherwise, name) for name in NOTED))
    rows = rows.join(ToldOtherwise, ToldOtherwise.telling_id == Telling.id).where(Telling.dialogue_id == dialogue_id)
    return rows.order_by(ToldOtherwise.id)


def follow_ups(dialogue_id: int) -> Rows:
    """Every change of every one; the latest of each is how far it has come."""
    rows = select(FollowUp.id, FollowUp.text, FollowUp.unit, *(getattr(FollowUpChange, name) for name in CHANGE))
    rows = rows.join(FollowUpChange, FollowUpChange.follow_up_id == FollowUp.id)
    return rows.where(FollowUp.dialogue_id == dialogue_id).order_by(FollowUp.id, FollowUpChange.id)
