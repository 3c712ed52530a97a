"""The steps of a vote as a task list: what is done, what can be done now and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from app.ballots import queries as boxes
from app.ballots.models import BallotBox, BoxState
from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.levels.codecision.votes import queries
from app.levels.codecision.votes.models import Audience, Vote
from app.levels.codecision.votes.rules import Do
from app.permissions import Actor, Reason, refusal

ORDER = [BoxState.DRAFT, BoxState.FROZEN, BoxState.CLOSED, BoxState.SEALED, BoxState.OPENED, BoxState.CERTIFIED]
ORDER += [BoxState.PURGED, BoxState.VOID]


def steps(row: Vote, dialogue: Dialogue, actor: Actor) -> Sequence[dict[str, Any]]:
    """Items for the task list; a step that this person cannot take now says why."""
    place: dict[str, Any] = {"dialogue_id": dialogue.id, "vote_id": row.id}
    lacking = {
        endpoint for missing in queries.unready(dialogue.id) for endpoint, at in [missing.address] if at == place
    }
    edit = refusal(actor, Do.EDIT, row)

    def task(label: LazyText, endpoint: str, *, done: bool, why: Reason | None) -> dict[str, Any]:
        state = "done" if done else "blocked" if why else "todo"
        href = None if why else url_for(endpoint, **place)
        return {"label": label, "state": state, "href": href, "note": "" if done or why is None else why.sentence}

    def before(label: LazyText, endpoint: str) -> dict[str, Any]:
        return task(label, endpoint, done=endpoint not in lacking, why=edit)

    def after(label: LazyText, endpoint: str, do: Do, state: BoxState) -> dict[str, Any]:
        return task(label, endpoint, done=_passed(row.box, state), why=refusal(actor, do, row))

    prepared = [before(_l("Frames and options"), "vote_desk.change")]
    if row.audience != Audience.DECLARED:
        prepared.append(before(_l("Who can vote"), "vote_desk.electorate"))
    prepared.append(before(_l("Key and trial openings"), "vote_desk.key"))
    return [
        *prepared,
        after(_l("Mark those who vote on paper, while the vote is open"), "vote_desk.mark", Do.MARK_PAPER, CLOSED),
        after(_l("Count the paper ballots, by two persons"), "vote_desk.count", Do.COUNT_PAPER, BoxState.CERTIFIED),
        after(_l("Take the names away and mix the ballots"), "vote_desk.seal", Do.SEAL, BoxState.SEALED),
        after(_l("Let two key holders open the ballots"), "vote_desk.opening", Do.OPEN, BoxState.OPENED),
        after(_l("Certify the result"), "vote_desk.certify", Do.CERTIFY, BoxState.CERTIFIED),
        after(_l("Destroy ballots, roll and key"), "vote_desk.purge", Do.PURGE, BoxState.PURGED),
    ]


CLOSED = BoxState.CLOSED


def _passed(box: BallotBox, state: BoxState) -> bool:
    if state == BoxState.CERTIFIED:
        return box.state in boxes.COUNTED
    return box.state != BoxState.VOID and ORDER.index(BoxState(box.state)) >= ORDER.index(state)
