"""What comes out of a box: paper counts by two persons, the opening that the holders made, and the certificate."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert

from app import db
from app.ballots import queries
from app.ballots.core import opening
from app.ballots.models import BallotBox, BoxState, PaperCount, ResultLine
from app.ballots.problems import NotTaken
from app.ballots.service.boxes import lock
from app.ballots.service.keys import joined_here
from app.ballots.service.protocols import note
from app.i18n import lazy as _l
from app.permissions import Actor

NOT_THIS_BOX = _l("This file is not the opening of this vote. Its number of ballots or its checksum differ.")
NOT_A_RESULT = _l("This is not the result file that the opening tool writes.")


class Entered(StrEnum):
    """What an entry of a station's count came to."""

    FIRST = "first"
    CONFIRMED = "confirmed"
    DIFFERS = "differs"


def enter_count(box: BallotBox, actor: Actor, station: str, counts: Mapping[str, int]) -> Entered:
    """Enter how many paper ballots a station has of each choice; `counts` has a figure for each of them.

    The second person enters the same figures without seeing the first one's. Where they differ both are forgotten,
    and the station is counted again. Raises NotTaken where this person may not enter it now.
    """
    lock(box)
    held = [one for one in queries.paper_lines(box) if one.station == station]
    if not held:
        rows = [
            {"box_id": box.id, "station": station, "choice": choice, "count": count, "entered_by_id": actor.person_id}
            for choice, count in counts.items()
        ]
        db.session().execute(insert(PaperCount), rows)
        return Entered.FIRST
    if held[0].confirmed_by_id is not None:
        raise NotTaken(_l("This station has been counted and confirmed by two persons."), "station")
    if held[0].entered_by_id == actor.person_id:
        raise NotTaken(
            _l("You entered this station the first time. Somebody else must enter it the second."), "station"
        )
    if {one.choice: one.count for one in held} != dict(counts):
        _begin_again(box, station)
        note(box, actor, "paper_differs", station=station)
        return Entered.DIFFERS
    for one in held:
        one.confirmed_by_id = actor.person_id
    db.session().flush()
    note(box, actor, "paper_counted", station=station, counts=dict(counts))
    return Entered.CONFIRMED


def _begin_again(box: BallotBox, station: str) -> None:
    db.session().execute(delete(PaperCount).where(PaperCount.box_id == box.id, PaperCount.station == station))


def take_in(box: BallotBox, actor: Actor, file: bytes) -> None:
    """Take in what the opening tool wrote: figures, and never which ballot held which choice. Raises NotTaken."""
    lock(box)
    found = _read(box, file)
    lines = [{"box_id": box.id, "choice": key, "count": found["options"][key]} for key in sorted(queries.keys_of(box))]
    db.session().execute(insert(ResultLine), lines)
    box.opened = {name: found[name] for name in ("valid", "blank", "invalid")}
    box.opened_by_id = actor.person_id
    box.state = BoxState.OPENED
    db.session().flush()
    note(box, actor, "opened", by=[str(name)[:80] for name in found.get("opened_by", ())], **box.opened)


def open_here(box: BallotBox, actor: Actor, files: Sequence[bytes], passphrases: Sequence[str]) -> None:
    """On level B: open and count on the server, with two holders' files and passphrases. Raises NotTaken."""
    key, _pair = joined_here(box, files, passphrases)
    names = [json.loads(one)["name"] for one in files]
    found = {**opening.open_all(key, queries.sealed_file(box)), "opened_by": names}
    take_in(box, actor, opening.written(found).encode())


def _read(box: BallotBox, file: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file)
        numbers = [found[name] for name in ("valid", "blank", "invalid")]
        options = dict(found["options"])
        bound = (found["format"], found["box"], found["paper_hash"], found["count"], found["root"])
    except (ValueError, KeyError, TypeError) as problem:
        raise NotTaken(NOT_A_RESULT, "file") from problem
    if not all(
        isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in [*numbers, *options.values()]
    ):
        raise NotTaken(NOT_A_RESULT, "file")
    if bound != ("ballot-opening/1", box.uid, box.paper_hash, box.ballots, box.root) or sum(numbers) != box.ballots:
        raise NotTaken(NOT_THIS_BOX, "file")
    if set(options) != set(queries.keys_of(box)) or not _adds_up(box, numbers[0], options):
        raise NotTaken(NOT_THIS_BOX, "file")
    return found


def _adds_up(box: BallotBox, valid: int, options: Mapping[str, int]) -> bool:
    chosen = sum(options.values())
    if (box.paper or {})["kind"] == "approval":
        return chosen >= valid and max(options.values(), default=0) <= valid
    return chosen == valid


def certify(box: BallotBox, actor: Actor) -> None:
    """Let the result stand. Raises NotTaken where paper counts wait for their second person, or do not add up."""
    lock(box)
    lines = queries.paper_lines(box)
    if any(one.confirmed_by_id is None for one in lines):
        raise NotTaken(_l("A count of paper ballots has been entered by one person only."))
    if sum(one.count for one in lines) > (box.roll or {}).get("paper", 0):
        raise NotTaken(_l("There are more paper ballots than people marked as voting on paper. Count them again."))
    shown = box.opened is not None
    box.state = BoxState.CERTIFIED
    note(
        box,
        actor,
        "certified",
        opened=queries.opened_figures(box, queries.web_lines(box)),
        paper_counts=queries.told_paper(lines) if shown else [],
    )
