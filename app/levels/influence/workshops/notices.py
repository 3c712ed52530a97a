"""Who hears of what happens in a workshop: all who took part of the next step and of the end, and those whose cards
became a proposal.

That a card was hidden, on which ground, is told by moderation to the one who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import subjects
from app.dialogues.addresses import slug
from app.dialogues.queries import dialogue as dialogue_of
from app.events import Event
from app.ladder import Notice, Recipient, nobody
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.events import EVENTS, CardsTakenUp, WorkshopClosed, WorkshopMoved
from app.levels.influence.workshops.models import Step, Workshop


def _number(event: Event) -> int:
    return subjects.number(event.subject)


def took_part(event: Event) -> Iterable[Recipient]:
    """Everyone who has written a card or put a dot in the workshop."""
    return queries.participants_in(_number(event))


def taken_up(event: CardsTakenUp) -> Iterable[Recipient]:
    """Those whose cards the proposal now names, and did not before."""
    return queries.authors_taken_up(_number(event), event.since)


def moved(event: WorkshopMoved) -> Mapping[str, Any]:
    """What the mail about the next step says; the step's name and question are said in the reader's language."""
    step = Step(event.step) if event.step in set(Step) else Step.CRITIQUE
    return {**_workshop(queries.workshop(_number(event))), "step": step.value}


def closed(event: WorkshopClosed) -> Mapping[str, Any]:
    return _workshop(queries.workshop(_number(event)), "/forslag")


def proposal(event: CardsTakenUp) -> Mapping[str, Any]:
    """What the mail about a proposal says. One line each, so that nothing in it looks like a part of the mail."""
    row = queries.proposal(_number(event))
    if row is None:
        return {**_workshop(None), "proposal": ""}
    return {**_workshop(row.workshop, f"/forslag/{row.id}"), "proposal": " ".join(row.title.split())}


def _workshop(row: Workshop | None, page: str = "") -> Mapping[str, Any]:
    if row is None:
        return {"workshop": "", "path": ""}
    dialogue = dialogue_of(row.dialogue_id)
    name = slug(dialogue.title) if dialogue else ""
    path = f"/dialoger/{row.dialogue_id}-{name}/verkstad/{row.id}{page}"
    return {"workshop": " ".join(row.title.split()), "path": path}


TOLD = (
    Notice(WorkshopMoved, "workshops_step", took_part, moved),
    Notice(WorkshopClosed, "workshops_closed", took_part, closed),
    Notice(CardsTakenUp, "workshops_taken_up", taken_up, proposal),
)
_told = {one.event for one in TOLD}
NOTICES = (*TOLD, *(Notice(one, None, nobody) for one in EVENTS if one not in _told))
