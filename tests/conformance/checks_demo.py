"""What a dialogue asks of its methods: what is missing, whom to tell, its cards; and a demo that shows all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from sqlalchemy import func, select

from app import db, ladder, subjects
from app.dialogues.models import Card
from app.dialogues.stages import DRAFT_STAGES, PUBLIC_STAGES, RESULT_STAGES
from app.i18n import LANGUAGES
from app.ladder import Method, Recipient
from app.permissions import GUEST, can
from tests import speaking
from tests.conformance import samples

NOBODYS = 2**31 - 1  # the id of no dialogue


def check_answers(method: Method, app: Flask) -> list[str]:
    """`ready`, `settled` and `participants` answer for every dialogue, and for one that is not there."""
    found: dict[str, None] = {}
    with app.test_request_context(), samples.undone():
        for number, row in {**samples.dialogues(), NOBODYS: None}.items():
            missing, unsettled = method.ready(number), method.settled(number)
            found |= dict.fromkeys(one for lack in (*missing, *unsettled) for one in _of_missing(lack))
            if row is not None and row.stage in RESULT_STAGES and unsettled:
                found[f"a result of the demo municipality is out and not settled: {unsettled[0].sentence}"] = None
            if row is not None and row.stage in PUBLIC_STAGES and missing:
                found[f"a dialogue of the demo municipality is public and not ready: {missing[0].sentence}"] = None
            found |= dict.fromkeys(_of_recipients(list(method.participants(number)), is_there=row is not None))
    return list(found)


def _of_missing(lack: ladder.Missing) -> Iterator[str]:
    yield from (f"what is missing {one}" for one in speaking.complaints(lack.sentence))
    endpoint, values = lack.address
    try:
        url_for(endpoint, **values)
    except Exception as problem:  # whatever an address lacks
        yield f"what is missing leads nowhere: {endpoint} ({problem})"


def _of_recipients(told: list[Recipient], *, is_there: bool) -> Iterator[str]:
    if told and not is_there:
        yield "participants names people for a dialogue that does not exist"
    if len({one.email for one in told}) != len(told):
        yield "participants names somebody twice"
    for one in told:
        if "@" not in one.email or one.language not in LANGUAGES:
            yield "participants names somebody without an address or in a language that there is not"


# ------------------------------------------------------------------ demo


def check_demo(method: Method, app: Flask) -> list[str]:
    """The demo municipality holds every table and kind of the method, and can be filled again."""
    found = []
    with app.app_context(), samples.undone():
        for model in samples.models_of(method):
            if not _count(model):
                found.append(f"the demo leaves no row in {model.__tablename__}")
        found += [f"the demo leaves no {kind.kind}" for kind in method.subjects if not samples.rows_of(kind)]
        before = {model: _count(model) for model in samples.models_of(method)}
        method.demo(samples.town(seed=1))
        db.session().flush()
        found += [
            f"the demo adds nothing to {model.__tablename__}" for model, many in before.items() if _count(model) <= many
        ]
    return list(dict.fromkeys(found))


def _count(model: Any) -> int:
    return db.session().scalars(select(func.count()).select_from(model)).one()


# ------------------------------------------------------------------ cards


def check_cards(method: Method, app: Flask) -> list[str]:
    """Each card leads to a thing of the method that its readers may read, says its title, and none is missing."""
    found: dict[str, None] = {}
    with app.test_request_context(), samples.undone():
        cards = list(db.session().scalars(select(Card).where(Card.method == method.key)))
        if not cards:
            return ["it keeps no card, so no dialogue shows it"]
        for card in cards:
            found |= dict.fromkeys(_of_card(method, card, app))
        kinds = {card.subject.partition(":")[0] for card in cards}
        if any(card.responses is not None for card in cards):
            found |= dict.fromkeys(f"what its cards count {one}" for one in speaking.complaints(_Figure(method)))
        found |= dict.fromkeys(_missing_cards(method, kinds, {card.subject for card in cards}))
    return list(found)


@dataclass(frozen=True)
class _Figure:
    """What a card with two of them says, as a text in the reader's language."""

    method: Method

    def __str__(self) -> str:
        return self.method.figure(2)


def _of_card(method: Method, card: Card, app: Flask) -> Iterator[str]:
    kind, _, number = card.subject.partition(":")
    subject = next((one for one in method.subjects if one.kind == kind), None)
    row = subject.load(int(number)) if subject is not None else None
    if subject is None or row is None:
        yield f"a card stands for {kind}, which is not there"
        return
    dialogue = samples.dialogues()[card.dialogue_id]
    if samples.dialogue_of(row) != card.dialogue_id:
        yield f"the card of a {kind} stands in another dialogue"
    if dialogue.stage in PUBLIC_STAGES and not can(GUEST, subject.read, row):
        yield f"the card of a {kind} that guests may not read stands in a public dialogue; drop it when it goes"
    if card.title != subject.title(row)[:160]:
        yield f"the card of a {kind} has another title than the {kind}; write it again when that changes"
    for endpoint in filter(None, (card.endpoint, card.result_endpoint)):
        if endpoint not in app.view_functions or not url_for(endpoint, **card.values):
            yield f"the card of a {kind} leads nowhere: {endpoint}"


def _missing_cards(method: Method, kinds: Iterable[str], held: set[str]) -> Iterator[str]:
    """Of a kind that has cards, whatever a guest may read in a public dialogue has one."""
    dialogues = samples.dialogues()
    for subject in (one for one in method.subjects if one.kind in kinds):
        for number, row in samples.rows_of(subject).items():
            home = dialogues.get(samples.dialogue_of(row) or 0)
            if home is None or home.stage in DRAFT_STAGES or not can(GUEST, subject.read, row):
                continue
            called_off = getattr(row, "cancelled_at", None) is not None  # nobody is invited to it any longer
            if subjects.key(subject.kind, number) not in held and not called_off:
                yield f"a {subject.kind} that guests may read has no card"
