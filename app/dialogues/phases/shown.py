"""The phases of a dialogue as residents see them: what each was, is or will be, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app import clock, i18n, subjects
from app.dialogues.models import Card, Dialogue
from app.dialogues.phases import queries
from app.dialogues.phases.models import Phase
from app.dialogues.phases.queries import Plan
from app.dialogues.times import own_window
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.multilingual.queries import Text


@dataclass(frozen=True)
class ShownPhase:
    """One phase. `state`: done, now or nothing, as in a timeline; `things` are cards as the page shows them."""

    name: Text
    when: str
    starts: str  # ISO, for machines
    state: str
    things: Sequence[dict[str, Any]]
    interim: Text | None
    sentence: LazyText | None = None


def phases(
    plan: Plan, said: Mapping[str, Mapping[str, Text]], things: Sequence[tuple[Card, dict[str, Any]]]
) -> list[ShownPhase]:
    """Every phase in its order. `things` are the cards of the dialogue with what the page shows of each."""
    return [_shown(one, plan, said, things) for one in plan.phases]


def _shown(
    phase: Phase, plan: Plan, said: Mapping[str, Mapping[str, Text]], things: Sequence[tuple[Card, dict[str, Any]]]
) -> ShownPhase:
    now, texts = clock.now(), said[subjects.key("phase", phase.id)]
    state = "done" if phase.closes_at <= now else "now" if phase.opens_at <= now else ""
    told = queries.is_told(phase)
    return ShownPhase(
        name=texts["name"],
        when=f"{i18n.long_datetime(phase.opens_at)} – {i18n.long_datetime(phase.closes_at)}",
        starts=phase.opens_at.isoformat(),
        state=state,
        things=[shown for card, shown in things if plan.phase_of(card.subject) == phase.id],
        interim=texts["interim"] if told else None,
        sentence=None if told else _to_come(state),
    )


def _to_come(state: str) -> LazyText:
    if state == "done":
        return _l("What came of this phase is being written. It is shown here.")
    return _l("What came of this phase is shown here when it has ended.")


def is_open(card: Card, dialogue: Dialogue) -> bool:
    """Whether the thing's own time is now; the dialogue itself is asked elsewhere."""
    window, now = own_window(dialogue, card), clock.now()
    return (window.opens_at is None or window.opens_at <= now) and (window.closes_at is None or now < window.closes_at)


def when_open(card: Card, dialogue: Dialogue) -> list[str]:
    """Opens on …, closes on … or closed on …, where the thing has times of its own."""
    window, now = own_window(dialogue, card), clock.now()
    if window.closes_at is not None and window.closes_at <= now:
        return [str(_l("Closed on %(day)s", day=window.closes_at))]
    if window.opens_at is not None and now < window.opens_at:
        return [str(_l("Opens on %(opens_at)s", opens_at=window.opens_at))]
    if window.closes_at is None or card.held_at is not None:  # what takes place at a time of its own says that one
        return []
    return [str(_l("Closes on %(closes_at)s", closes_at=window.closes_at))]
