"""What of the kinds leaves with a dialogue: key, name and rows of each table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, or_, select

from app.dialogues.kinds.models import KindChoice, KnownDecision, OwnProcess, Redirection, UserService
from app.i18n import LazyText, lazy_p

Wanted = Callable[[int], Select[*tuple[Any, ...]]]  # dialogue id → its rows
CHOICE = ("one_group", "experience", "decided", "statutory", "proposed", "chosen", "reason", "made_by", "made_at")
DECISION = ("body_key", "body_name", "decided_on", "section_no", "url", "reason", "made_by", "made_at")


def _choice(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    return select(*(getattr(KindChoice, name) for name in CHOICE)).where(KindChoice.dialogue_id == dialogue_id)


def _redirections(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    """Where it was sent, and what was sent to it."""
    rows = select(Redirection.from_id, Redirection.to_id, Redirection.reason, Redirection.made_by, Redirection.made_at)
    here = or_(Redirection.from_id == dialogue_id, Redirection.to_id == dialogue_id)
    return rows.where(here).order_by(Redirection.id)


def _decisions(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    """Every row, the first one first; the latest counts."""
    rows = select(*(getattr(KnownDecision, name) for name in DECISION))
    return rows.where(KnownDecision.dialogue_id == dialogue_id).order_by(KnownDecision.id)


def _unit(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    return select(UserService.unit).where(UserService.dialogue_id == dialogue_id)


def _process(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    return select(OwnProcess.law, OwnProcess.url).where(OwnProcess.dialogue_id == dialogue_id)


TABLES: tuple[tuple[str, LazyText, Wanted], ...] = (
    ("kind_choice", lazy_p("export", "First questions"), _choice),
    ("redirections", lazy_p("export", "Where it was sent"), _redirections),
    ("known_decisions", lazy_p("export", "The decision that is told of"), _decisions),
    ("user_service", lazy_p("export", "Service or unit"), _unit),
    ("own_process", lazy_p("export", "Where the consultation is held"), _process),
)
