"""The demo municipality's votes: one that is open, one announced, and one at each step from closing to certified.

Ballots are sealed with a key that nobody keeps, so those of the open vote can never be read.
"""

from __future__ import annotations

import random
import secrets
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import insert, select

from app import db, subjects
from app.accounts.models import Person
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.core import opening
from app.ballots.models import BallotBox, BoxState, Channel, Envelope, PaperCount, RollEntry
from app.ballots.service.protocols import dated
from app.dialogues import demo_rows
from app.dialogues.demo import Town
from app.dialogues.models import Dialogue
from app.levels.codecision.votes import service
from app.levels.codecision.votes.models import Kind, Vote, VoteOption
from app.levels.codecision.votes.queries.texts import VOTE_FIELDS
from app.levels.codecision.votes.service.closing import paper_of
from app.permissions import SYSTEM, Actor, Role

TEXTS = Path(__file__).with_name("demo_votes.toml")
HOLDERS = ("Sara Holm", "Rolf Revén", "Olga Opphed")
DAY = timedelta(days=1)
CONNECTIONS = ("lives", "lives", "lives", "stays", "works")

Entry = Mapping[str, Any]  # a table of demo_votes.toml


def fill(town: Town) -> None:
    """Add the votes and what came in to them, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["vote"]:
        dialogue = town.dialogues[entry["dialogue"]]
        row, key = _vote(entry, dialogue)
        own = {subjects.key("vote", row.id), *(subjects.key("vote_option", one.id) for one in row.options)}
        demo_rows.translate(entry, dialogue.id, dialogue.created_at, town.staff, only=own)
        _roll(row.box, entry.get("codes", 0))
        opens, closes = dialogue.opens_at or town.now, dialogue.closes_at or town.now
        with dated(min(opens - 30 * DAY, town.now - DAY)):
            engine.freeze(row.box, _as(town.official), paper_of(row))
        _ballots(town, entry, row)
        if "state" in entry:
            _count(town, entry, row, key, closes)
        service.keep(row)


def _vote(entry: Entry, dialogue: Dialogue) -> tuple[Vote, X25519PrivateKey]:
    key = X25519PrivateKey.generate()
    box = engine.make_box(allow_change=True, min_publish=20)
    file = {"format": "ballot-key/1", "public_key": key.public_key().public_bytes_raw().hex(), "holders": HOLDERS}
    engine.register_key(box, opening.written(file).encode())
    for trial in boxes.trials(box):
        trial.passed = True
    row = Vote(
        dialogue_id=dialogue.id,
        box_id=box.id,
        kind=entry["kind"],
        most=entry.get("most", 1),
        audience=entry["audience"],
        connections=entry.get("connections", []),
        tie=entry["tie"],
        created_at=dialogue.created_at,
        **{field: entry[field]["sv"] for field in VOTE_FIELDS},
    )
    row.box = box
    session = db.session()
    session.add(row)
    session.flush()
    options = enumerate(entry.get("option", ()), start=1)
    session.add_all(VoteOption(vote_id=row.id, position=at, text=one["text"]["sv"]) for at, one in options)
    session.flush()
    session.refresh(row, ["options"])
    return row, key


def _as(person: Person) -> Actor:
    return Actor(person.id, person.name, person.email)


def _roll(box: BallotBox, codes: int) -> None:
    if codes:
        engine.make_codes(box, codes)


def _ballots(town: Town, entry: Entry, row: Vote) -> None:
    """Envelopes of as many as have voted; those who declare a connection come on the roll with them."""
    ids = list(_voters(town, entry, row))
    paper, public = row.box.paper, bytes.fromhex(row.box.public_key or "")
    assert paper is not None  # noqa: S101  # it is frozen
    envelopes = []
    for roll_id, choice in zip(ids, _choices(town.rng, entry, row, len(ids)), strict=True):
        sealed = opening.seal(public, paper, (choice,))
        envelopes.append(
            {"roll_id": roll_id, "box_id": row.box.id, "ciphertext": sealed, "receipt": opening.receipt_of(sealed),
             "token_hash": secrets.token_hex(32)}
        )  # fmt: skip
    if envelopes:
        db.session().execute(insert(Envelope), envelopes)


def _voters(town: Town, entry: Entry, row: Vote) -> Iterator[str]:
    session, number = db.session(), entry["ballots"]
    if row.audience == "codes":
        held = session.scalars(select(RollEntry).where(RollEntry.box_id == row.box_id).order_by(RollEntry.id)).all()
        on_paper = sum(sum(counts) for counts in entry.get("paper", {}).values())
        for place, one in enumerate(held[: number + on_paper]):
            one.channel = Channel.WEB if place < number else Channel.PAPER
        session.flush()
        yield from (one.id for one in held[:number])
        return
    for person in town.rng.sample(town.residents[1:], min(number, len(town.residents) - 1)):  # the first one signs in
        made = RollEntry(
            id=secrets.token_hex(16),
            box_id=row.box_id,
            person_id=person.id,
            connection=town.rng.choice(CONNECTIONS),
            channel=Channel.WEB,
        )
        session.add(made)
        session.flush()
        yield made.id


def _choices(rng: random.Random, entry: Entry, row: Vote, number: int) -> list[str]:
    keys = boxes.keys_of(row.box)
    if row.kind == Kind.YES_NO:
        chosen = [key for key, count in zip(keys, entry["weights"], strict=True) for _ in range(count)]
        rng.shuffle(chosen)
        return chosen[:number]
    return rng.choices(keys, [one.get("weight", 1) for one in entry["option"]], k=number)


def _count(town: Town, entry: Entry, row: Vote, key: X25519PrivateKey, closed: datetime) -> None:
    """Closed, and then mixed, opened and certified as far as the file says, with paper from the polling places."""
    box, lead = row.box, _as(town.official)
    with dated(closed):
        engine.close(box, SYSTEM)
    if entry["state"] == BoxState.CLOSED:
        return
    with dated(closed + DAY):
        engine.seal(box, lead)
    if entry["state"] == BoxState.SEALED:
        return
    result = {**opening.open_all(key, boxes.sealed_file(box)), "opened_by": HOLDERS[:2]}
    with dated(min(closed + 3 * DAY, town.now)):
        engine.take_in(box, lead, opening.written(result).encode())
    if entry["state"] == BoxState.OPENED:
        return
    first, second = town.official.id, town.staff[Role.CONTACT_CENTRE].id
    rows = [
        {"box_id": box.id, "station": station, "choice": choice, "count": count, "entered_by_id": first,
         "confirmed_by_id": second}
        for station, counts in entry["paper"].items()
        for choice, count in zip([*boxes.keys_of(box), boxes.BLANK, boxes.INVALID], counts, strict=True)
    ]  # fmt: skip
    db.session().execute(insert(PaperCount), rows)
    with dated(min(closed + 4 * DAY, town.now)):
        engine.certify(box, _as(town.staff[Role.SECRETARY]))
