"""Whatever is written is indexed before it is committed, in the same transaction, whoever wrote it.

A new kind is found as soon as it is registered as a subject with an `index_text`; its method does nothing for it. Rows
are noticed as the session sends them to the database; statements that change many rows at once (`update(Model)`) are
not, and must leave what is indexed alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from app import db
from app.multilingual.models import Translation
from app.permissions import GUEST
from app.reviews.models import Reviewable
from app.search import queries, service
from app.subjects import Subject

WRITTEN = "search.written"  # in the info of a session: (model, id) of rows, subject keys of translations


class Entity(NamedTuple):
    """A mapped class, its key, and the kinds of which its rows are; of which one a row is, its review says."""

    model: Any
    key: Any
    kinds: Mapping[str, Subject]

    @property
    def is_judged(self) -> bool:
        return hasattr(self.model, "review")


def entities() -> list[Entity]:
    """Everything that search finds."""
    return _entities(queries.searched())


@lru_cache(maxsize=1)
def _entities(kinds: tuple[Subject, ...]) -> list[Entity]:
    found: dict[Any, dict[str, Subject]] = defaultdict(dict)
    for subject in kinds:
        found[queries.key_of(subject.visible_to(GUEST)).class_][subject.kind] = subject
    return [Entity(model, inspect(model).primary_key[0], kinds) for model, kinds in found.items()]


def listen() -> None:
    """Listen to every session of the house; a second time changes nothing."""
    for name, function in (("after_flush", _notice), ("before_commit", _index), ("after_soft_rollback", _forget)):
        if not event.contains(db.ModeSession, name, function):
            event.listen(db.ModeSession, name, function)


def _notice(session: Session, _context: object) -> None:
    written: set[Any] = session.info.setdefault(WRITTEN, set())
    models = {one.model for one in entities()}
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Translation):
            written.add(row.subject)
        elif type(row) in models and (row not in session.dirty or session.is_modified(row)):
            written.add((type(row), inspect(row).mapper.primary_key_from_instance(row)[0]))


def _index(session: Session) -> None:
    """Index what has been written, when all of it is: addresses and titles may lean on rows that were written later."""
    if session.in_nested_transaction():
        return
    session.flush()
    written: set[Any] = session.info.pop(WRITTEN, set())
    by_model: dict[Any, set[int]] = defaultdict(set)
    for one in written:
        if isinstance(one, tuple):
            by_model[one[0]].add(one[1])
    for entity in entities() if written else ():
        for kind, ids in of_kinds(entity, by_model[entity.model]).items():
            service.index(entity.kinds[kind], ids | _translated(kind, written))


def _translated(kind: str, written: Iterable[Any]) -> set[int]:
    """The things of this kind of which a translation has been written."""
    pairs = (one.partition(":") for one in written if isinstance(one, str))
    return {int(number) for name, _, number in pairs if name == kind and number.isdecimal()}


def of_kinds(entity: Entity, ids: Iterable[int]) -> dict[str, set[int]]:
    """Which of these rows are of which kind; rows that are gone are of all of them, so that all let go of them."""
    wanted = set(ids)
    if not entity.is_judged:
        return {kind: set(wanted) for kind in entity.kinds}
    found: dict[str, set[int]] = {kind: set() for kind in entity.kinds}
    if wanted:
        known = select(entity.key, Reviewable.subject_kind).join(entity.model.review).where(entity.key.in_(wanted))
        for number, kind in db.session().execute(known):
            wanted.discard(number)
            found.get(kind, set()).add(number)
    return {kind: numbers | wanted for kind, numbers in found.items()}


def _forget(session: Session, _previous: object) -> None:
    if not session.in_nested_transaction():
        session.info.pop(WRITTEN, None)
