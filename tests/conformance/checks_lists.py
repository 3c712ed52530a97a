"""Lists: `visible_to(actor)` gives exactly the rows of which the rule says that the actor may read them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from flask import Flask

from app import db
from app.dialogues.stages import Stage
from app.ladder import Method
from app.permissions import can
from app.reviews.models import State
from app.subjects import Subject
from tests.conformance import moments, people, samples

MOST = 3  # complaints about one kind; the rest would say the same
SEEN_AT = (moments.Moment(Stage.OPEN), moments.Moment(Stage.COMPILED), moments.Moment(moments.CLOSED_TO_ALL))
AS_IS = "as the demo municipality has it"


def check(method: Method, app: Flask) -> list[str]:
    """For every role and a guest, at every stage, and with every switch of a row turned."""
    return check_kinds(method.subjects, app)


def check_kinds(kinds: Iterable[Subject], app: Flask) -> list[str]:
    found: list[str] = []
    with app.app_context(), samples.undone():
        for subject in kinds:
            found += samples.first(_of_kind(subject), MOST)
    return found


def _of_kind(subject: Subject) -> Generator[str, None, None]:
    rows = samples.rows_of(subject)
    if not rows:
        yield f"{subject.kind}: the demo municipality holds none, so nothing is proved"
        return
    homes = [number for row in rows.values() if (number := samples.dialogue_of(row)) is not None]
    here = list(dict.fromkeys(homes))[:1]
    crowd = people.everyone(here, people.owners_of(subject, rows.values()))
    yield from _compare(subject, crowd, AS_IS)
    for moment in moments.MOMENTS:
        with samples.changed():
            moments.put(moment)
            yield from _compare(subject, crowd, moment.words)
    for moment in SEEN_AT:
        for words, change in changes_of(subject):
            with samples.changed():
                moments.put(moment)
                change()
                yield from _compare(subject, crowd, f"{moment.words}, {words}")


def changes_of(subject: Subject) -> Iterator[tuple[str, Any]]:
    for column in moments.switches(subject):
        yield f"{column} changed", lambda column=column: moments.flip(subject, column)
    if samples.is_judged(subject):
        for state in State:
            yield f"everything {state}", lambda state=state: moments.judge(subject, state)


def _compare(subject: Subject, crowd: list[people.Who], words: str) -> Iterator[str]:
    db.session().flush()
    held = samples.dialogues()  # so that no rule has to fetch its dialogue
    rows = samples.rows_of(subject)
    for who in crowd:
        listed = {row.id for row in db.session().scalars(subject.visible_to(who.actor)).unique()}
        readable = {number for number, row in rows.items() if can(who.actor, subject.read, row)}
        if listed - readable:
            yield f"{subject.kind}: the list shows {who.words} what the rule refuses ({words})"
        if readable - listed:
            yield f"{subject.kind}: the list keeps from {who.words} what the rule allows ({words})"
    del held
