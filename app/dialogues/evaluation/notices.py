"""Who is told that there is something to evaluate. Those who took part read of it in the notices of the moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import clock, ladder
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.duties.duties import LEAD, MODERATION, RECORDS
from app.dialogues.duties.queries import whom_to_tell
from app.dialogues.evaluation import queries
from app.dialogues.evaluation.events import EVENTS, EvaluationOpened
from app.dialogues.evaluation.standard import Circle
from app.dialogues.stages import Stage
from app.ladder import Notice, Recipient, nobody

ASKED = (LEAD, MODERATION, RECORDS)
PAGES = {Circle.PARTICIPANTS: "svara", Circle.TOLD: "aterkopplingen"}
TOLD_OF = {Stage.FED_BACK: Circle.TOLD}  # which questions the notice of a move leads to; the others: how it was


def invitation(dialogue_id: int, path: str, to_stage: str) -> dict[str, str]:
    """Facts of the notice of a move: where those who are told can say how it was, and until when; else empty."""
    circle = TOLD_OF.get(Stage(to_stage), Circle.PARTICIPANTS) if to_stage in set(Stage) else Circle.PARTICIPANTS
    row = queries.inquiry(dialogue_id, circle)
    if row is None or row.closes_at is None or row.closes_at <= clock.now():
        return {"evaluation_path": "", "evaluation_until": ""}
    return {
        "evaluation_path": f"{path}/utvardering/{PAGES[circle]}",
        "evaluation_until": clock.local(row.closes_at).date().isoformat(),
    }


def _staff(event: EvaluationOpened) -> Iterable[Recipient]:
    """Whoever has a duty in the dialogue, once each. Elected representatives may answer without being asked."""
    if event.circle != Circle.STAFF or event.dialogue_id is None:
        return []
    people = [one for duty in ASKED for one in whom_to_tell(event.dialogue_id, duty)]
    return [Recipient(one.email, one.language, one.id) for one in {one.id: one for one in people}.values()]


def _by_hand(event: EvaluationOpened) -> Iterable[Recipient]:
    """Those who took part, where an official asks and no move tells them."""
    if not event.by_hand or event.circle == Circle.STAFF or event.dialogue_id is None:
        return
    for method in ladder.methods():
        yield from method.participants(event.dialogue_id)


def _facts(event: EvaluationOpened) -> Mapping[str, Any]:
    row = dialogues.dialogue(event.dialogue_id or 0)
    if row is None:
        return {}
    path = f"/dialoger/{row.id}-{slug(row.title)}"
    until = clock.local(event.closes_at).date().isoformat() if event.closes_at else ""
    page = PAGES.get(Circle(event.circle), "")
    return {
        "dialogue": row.title,
        "evaluation_path": f"{path}/utvardering/{page}",
        "evaluation_until": until,
        "desk_path": f"/arbetsyta/dialoger/{row.id}/utvardering",
    }


NOTICES = (
    Notice(EvaluationOpened, "evaluation_staff", _staff, _facts),
    Notice(EvaluationOpened, "evaluation_invited", _by_hand, _facts),
    *(Notice(event, None, nobody) for event in EVENTS if event is not EvaluationOpened),
)
