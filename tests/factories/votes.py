"""Votes with a key whose three holders are known, ballots in the box, and every step up to a certified result."""

from __future__ import annotations

from functools import cache
from typing import Any

from app import clock, db
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.core import opening
from app.dialogues.models import Dialogue
from app.levels.codecision.votes import queries, service
from app.levels.codecision.votes.models import Vote, VoteOption
from app.levels.codecision.votes.rules import Booth
from app.levels.codecision.votes.service.closing import paper_of
from app.permissions import GUEST, SYSTEM, Actor

HOLDERS = ("Sara Holm", "Rolf Revisor", "Olga Opposition")
PASSPHRASES = ("en lång lösenfras 1", "en lång lösenfras 2", "en lång lösenfras 3")
OPTIONS = ("Klätterborg med rutschkana", "Vattenlek och sandlåda", "Stor gungställning")


@cache
def the_key() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One key for all tests: the public file and the three holders' files."""
    return opening.make_keys(HOLDERS, PASSPHRASES)


def public_file() -> bytes:
    return opening.written(the_key()[0]).encode()


@cache
def private_key() -> Any:
    """What two holders have together."""
    files = the_key()[1]
    return opening.joined([files[0], files[2]], [PASSPHRASES[0], PASSPHRASES[2]])


def make_vote(dialogue: Dialogue, audience: str = "declared", kind: str = "single", **fields: Any) -> Vote:
    """A vote with its key and passed trials, not frozen yet."""
    box = engine.make_box(allow_change=fields.pop("allow_change", True), min_publish=fields.pop("min_publish", 10))
    values: dict[str, Any] = {
        "title": "Lekplatsen i Tråvad",
        "question": "Vilken lekplats ska byggas i Tråvad?",
        "background": "Alla tre ryms inom pengarna.",
        "eligible": "Alla som bor, vistas eller verkar i Tråvad",
        "area": "Tråvads tätort",
        "budget": "900 000 kronor",
        "most": 2,
        "connections": ["lives", "works"],
        "tie": "body",
        **fields,
    }
    row = Vote(
        dialogue_id=dialogue.id, box_id=box.id, kind=kind, audience=audience, created_at=clock.now(), **values
    )  # fmt: skip
    row.box = box
    db.session().add(row)
    db.session().flush()
    options = () if kind == "yes_no" else OPTIONS
    db.session().add_all(VoteOption(vote_id=row.id, position=at, text=text) for at, text in enumerate(options, 1))
    db.session().flush()
    db.session().refresh(row, ["options"])
    engine.register_key(box, public_file())
    for trial in boxes.trials(box):
        trial.passed = True
    service.keep(row)
    return row


def freeze(row: Vote) -> Vote:
    """As the announcement does."""
    engine.freeze(row.box, SYSTEM, paper_of(row))
    return row


def make_open_vote(dialogue: Dialogue, audience: str = "declared", kind: str = "single", **fields: Any) -> Vote:
    return freeze(make_vote(dialogue, audience, kind, **fields))


def vote_as(actor: Actor, row: Vote, *choices: str, token: str = "a form", connection: str = "lives") -> str:
    """Cast as somebody with an account; returns the receipt."""
    booth = Booth(row, queries.eligible_rows(row, actor))
    return service.cast(actor, booth, choices, token, connection)


def vote_with(code: str, row: Vote, *choices: str, token: str = "a form") -> str:
    """Cast with a code."""
    entry = boxes.entry_by_code(row.box, code)
    return service.cast(GUEST, Booth(row, [entry] if entry else []), choices, token)


def opened_file(row: Vote) -> bytes:
    """What the tool writes when two holders have opened the sealed file."""
    return opening.written(opening.open_all(private_key(), boxes.sealed_file(row.box))).encode()
