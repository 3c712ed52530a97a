"""The pages of a method, found from its blueprints, from the addresses of its rows, and by following links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask
from werkzeug.routing import BuildError, Rule

from app.ladder import Method
from app.permissions import Grant, Role
from app.web import PUBLIC, STAFF
from tests.conformance import people, samples
from tests.factories.people import make_person
from tests.town import endpoint_of
from tests.visitor import Visitor

FEW = 4  # pages of one rule: enough to meet its states
FOLLOWED = 3  # pages of one endpoint that are met by following links
LINK = re.compile(r'href="([^"#]*)')


@dataclass(frozen=True)
class Met:
    """One page that was asked for. Its HTML is searched and not parsed: there are many of them."""

    path: str
    endpoint: str
    status: int
    text: str
    kind: str = "text/html"


def of_method(method: Method, endpoint: str) -> bool:
    return endpoint.partition(".")[0] in {blueprint.name for blueprint in method.blueprints}


def is_staff(app: Flask, endpoint: str) -> bool:
    return getattr(app.view_functions[endpoint], "access", None) is STAFF


def addresses(method: Method, app: Flask, *, each: int | None = None, everywhere: bool = False) -> list[str]:
    """Where the rows of the method may show: each of its pages that can be built from the address of a row.

    `each` is how many of one rule, None for all of them; of officials' pages never more than FEW. `everywhere` adds
    the public pages of the whole site that can be built from a row's address or without any: lists, feeds, search, API.
    """
    with app.app_context(), samples.undone():
        values = [dict(place) for subject in method.subjects for place in _places(subject)]
        values += [{"dialogue_id": number} for number in samples.dialogues()]
    found: dict[str, None] = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static" and _wanted(method, app, rule, everywhere):
                most = FEW if is_staff(app, rule.endpoint) else each
                found |= dict.fromkeys(islice(dict.fromkeys(_built(app, rule, values)), most))
    return list(found)


def open_to_all(app: Flask, paths: list[str]) -> list[str]:
    """Those that are not the officials'. That these turn others away is shown elsewhere, for every endpoint."""
    return [path for path in paths if (to := endpoint_of(app, path)) is not None and not is_staff(app, to)]


def _places(subject: Any) -> Iterator[dict[str, Any]]:
    for row in samples.rows_of(subject).values():
        yield subject.address(row)[1]


def _wanted(method: Method, app: Flask, rule: Rule, everywhere: bool) -> bool:
    if of_method(method, rule.endpoint):
        return True
    return everywhere and getattr(app.view_functions[rule.endpoint], "access", None) is PUBLIC


def _built(app: Flask, rule: Rule, places: list[dict[str, Any]]) -> Iterator[str]:
    """The addresses of this rule; a page without parameters is asked for our texts too, should it search."""
    needed = rule.arguments - set(rule.defaults or ())
    if not needed:
        places = [{}]
    for values in places:
        if needed <= set(values):
            try:
                path = str(app.url_map.bind("localhost").build(rule.endpoint, {n: values[n] for n in needed}))
            except BuildError:
                continue
            yield path if needed else f"{path}?q={quote('canary')}"


def walk(method: Method, app: Flask, visitor: Visitor, starts: list[str]) -> Iterator[Met]:
    """Ask for each of these, and follow links to other pages of the method."""
    waiting, seen, followed = list(starts), set(starts), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(app, path)
        if endpoint is None:
            continue
        with visitor.client.get(path) as answer:
            met = Met(path, endpoint, answer.status_code, answer.get_data(as_text=True), answer.mimetype)
        yield met
        for link in LINK.findall(met.text) if answer.mimetype == "text/html" else ():
            bare = unescape(link)
            to = endpoint_of(app, bare) if bare.startswith("/") and _swedish(bare) else None
            if to is None or bare in seen or not of_method(method, to) or followed.get(to, 0) >= FOLLOWED:
                continue
            followed[to] = followed.get(to, 0) + 1
            seen.add(bare)
            waiting.append(bare)


def _swedish(path: str) -> bool:
    return urlsplit(path).path.split("/")[1] not in ("en", "ar", "lattlast", "static")


def elsewhere(app: Flask) -> people.Who:
    """A new dialogue lead, of the newest dialogue alone."""
    with app.app_context(), samples.db.unit():
        last = max(samples.dialogues())
        person = make_person(Role.OFFICIAL, dialogue_id=last)
        return people.Who("a lead of another dialogue", people.actor_of(person.id, Grant(Role.OFFICIAL, last)))
