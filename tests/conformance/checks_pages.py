"""Pages: they show nothing that the rule refuses, escape what people write, and cost the same however much there is."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import delete, event

from app import db
from app.accounts.models import Person
from app.dialogues.models import Card
from app.ladder import Method
from app.permissions import GUEST, Role
from app.reviews.models import State
from tests.conformance import moments, pages, people, samples, texts
from tests.conformance.people import Who
from tests.visitor import Visitor

READING, WORKING = 8, 12  # statements of a page for residents, and of one for staff
MORE = 12  # times as much as the demo municipality holds: from some five rows of a kind to sixty
MOST = 3  # complaints of one sort


# ------------------------------------------------------------------ nothing that the rule refuses


def check_secrets(method: Method, app: Flask) -> list[str]:
    """Whatever an address answers with, page, list, feed or API, holds no text that its reader may not read."""
    return samples.first(_secrets(method, app), MOST)


def _secrets(method: Method, app: Flask) -> Generator[str, None, None]:
    with kept_town():
        with app.app_context(), db.unit():
            texts.plant(method)
            resident = Who("a resident", people.actor_of(people.residents()[0]))
        starts = pages.addresses(method, app, everywhere=True)
        guest = Reader(method, app, Who("a guest", GUEST), Visitor(app))
        for reader in (guest, signed_in(method, app, resident), signed_in(method, app, pages.elsewhere(app))):
            yield from reader.shown(reader.starts(starts))
        plain, worth = set(guest.secrets()), list(guest.met)
        for words, change in changes(method, app):
            with kept_town():
                with app.app_context(), db.unit():
                    change()
                if set(guest.secrets()) - plain:
                    yield from (f"{one} ({words})" for one in guest.shown(worth))


@dataclass
class Reader:
    """Someone with a browser, and the pages on which they have met the method."""

    method: Method
    app: Flask
    who: Who
    visitor: Visitor
    met: dict[str, None] = field(default_factory=dict)

    def starts(self, paths: list[str]) -> list[str]:
        """Those of the pages that are meant for them."""
        return paths if self.who.actor.is_staff else pages.open_to_all(self.app, paths)

    def secrets(self) -> dict[tuple[str, str, int], str]:
        """The texts that the rules keep from them now."""
        with self.app.app_context(), samples.undone():
            return texts.secrets(self.method, self.who.actor)

    def shown(self, starts: list[str]) -> Iterator[str]:
        """What they are shown against the rule, on these pages and the method's that they lead to."""
        secrets = self.secrets()
        for met in pages.walk(self.method, self.app, self.visitor, starts):
            found = texts.found_in([met.text])
            if met.status == 200 and (found or pages.of_method(self.method, met.endpoint)):
                self.met[met.path] = None
            if met.status == 500:
                yield f"{met.endpoint} breaks for {self.who.words}"
            for one in sorted(found & set(secrets)):
                yield f"{met.endpoint} shows {self.who.words} the {one[1]} of a {secrets[one]}, which the rule refuses"


def changes(method: Method, app: Flask) -> Iterator[tuple[str, Callable[[], None]]]:
    """What takes a row out of sight: its dialogue is not public, a switch is turned, a moderator has hidden it.

    Cards are the method's to take away when that happens, and are looked at elsewhere; here they go.
    """
    moment = moments.Moment(moments.CLOSED_TO_ALL)
    yield f"dialogues {moment.words}", lambda: moments.put(moment)
    for subject in method.subjects:
        for column in moments.switches(subject):
            yield f"{column} changed", lambda s=subject, c=column: (moments.flip(s, c), _drop_cards(method))
        with app.app_context(), samples.undone():
            judged = samples.is_judged(subject)
        if judged:
            for state in (State.WAITING, State.HIDDEN):
                yield f"everything {state}", lambda s=subject, to=state: moments.judge(s, to)


def _drop_cards(method: Method) -> None:
    db.session().execute(delete(Card).where(Card.method == method.key))


class kept_town:  # noqa: N801  # reads as a sentence
    """A savepoint on the pinned connection, so that what requests see can be taken back."""

    def __enter__(self) -> None:
        connection = db._state.pinned
        assert connection is not None
        self.point = connection.begin_nested()

    def __exit__(self, *_problem: object) -> None:
        self.point.rollback()


def signed_in(method: Method, app: Flask, who: Who) -> Reader:
    with db.reading() as session:
        person = session.get_one(Person, who.actor.person_id)
    return Reader(method, app, who, Visitor(app).sign_in_as(person))


# ------------------------------------------------------------------ nothing unescaped


def check_escaping(method: Method, app: Flask) -> list[str]:
    """Hostile names and texts stand on the pages as they were written, and never as HTML."""
    found: dict[str, None] = {}
    met_any = False
    with kept_town():
        with app.app_context(), db.unit():
            texts.plant(method)
        starts = pages.addresses(method, app, each=pages.FEW)
        for reader in _readers(method, app):
            for met in pages.walk(method, app, reader.visitor, reader.starts(starts)):
                met_any = met_any or bool(texts.found_in([met.text]))
                if texts.RAW in met.text and met.kind == "text/html":  # a calendar's file is no HTML
                    found[f"{met.endpoint} writes a text unescaped"] = None
    if not met_any:
        found["none of its pages shows a planted text, so nothing is proved"] = None
    return list(found)


def _readers(method: Method, app: Flask) -> list[Reader]:
    """One for each door: the residents', the officials' and the moderators'. Their browsers are new."""
    with app.app_context(), samples.undone():
        held = people.holders()
        staff = [Who(str(role), people.actor_of(held[role])) for role in (Role.OFFICIAL, Role.MODERATOR)]
    guest = Reader(method, app, Who("a guest", GUEST), Visitor(app))
    return [guest, *(signed_in(method, app, who) for who in staff)]


# ------------------------------------------------------------------ costs


def check_costs(method: Method, app: Flask) -> list[str]:
    """As many statements with twelve times the rows as with a few, and never more than the house allows."""
    found: dict[str, None] = {}
    with kept_town():
        starts = pages.addresses(method, app, each=pages.FEW)
        few = [dict(_spent(method, app, reader.visitor, reader.starts(starts))) for reader in _readers(method, app)]
        with app.app_context(), db.unit():
            for time in range(MORE - 1):
                method.demo(samples.town(seed=time))
        for reader, before in zip(_readers(method, app), few, strict=True):
            for (path, endpoint), many in _spent(method, app, reader.visitor, [path for path, _ in before]):
                most = WORKING if pages.is_staff(app, endpoint) else READING
                earlier = before.get((path, endpoint))
                if many > most:
                    found[f"{endpoint} asks the database {many} times; {most} are allowed"] = None
                if earlier is not None and many > earlier:
                    found[f"{endpoint} asks {earlier} times with few rows and {many} times with many"] = None
    return list(found)


def _spent(method: Method, app: Flask, visitor: Visitor, starts: list[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """(address, endpoint) → statements, for the pages that open."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        for met in pages.walk(method, app, visitor, starts):
            if met.status == 200:
                yield (met.path, met.endpoint), len(seen)
            seen.clear()
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)
