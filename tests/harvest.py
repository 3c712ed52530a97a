"""Every address and every form that the demo municipality shows to anyone, found by following links as each role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import AnyConverter, Rule
from werkzeug.routing.converters import NumberConverter
from werkzeug.routing.exceptions import RequestRedirect

from app.web import PUBLIC
from tests.hostile import FoundForm, Sender, encoded, read
from tests.town import GUEST, ROLES, _width

OTHER_LANGUAGE = re.compile(r"^/(en|ar|lattlast)(?=/|$)")
Values = dict[str, Any]


@dataclass(frozen=True)
class Met:
    """An address that a page leads to, as this role met it."""

    role: str
    path: str
    values: tuple[tuple[str, Any], ...]


@dataclass
class FormOf:
    """A form, who met it and where, and where it is sent."""

    role: str
    page: str
    action: str
    form: FoundForm


@dataclass
class Harvest:
    """What was found: addresses by rule and method, forms by where they are sent and their fields, query names."""

    addresses: dict[tuple[str, str], Met] = field(default_factory=dict)  # (rule, method) → the first that answered
    forms: dict[tuple[str, str, tuple[str, ...]], FormOf] = field(default_factory=dict)
    queries: dict[str, dict[str, str]] = field(default_factory=dict)  # endpoint → names and values in links and forms
    pages: list[tuple[str, str]] = field(default_factory=list)  # role, path


@dataclass(frozen=True)
class Whole:
    """A filled database and what its pages lead to."""

    url: str
    found: Harvest

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")


def matched(app: Flask, path: str, method: str = "GET") -> tuple[Rule, Values] | None:
    """The rule that answers this path, and its values; None for none."""
    try:
        rule, values = app.url_map.bind("localhost").match(path, method=method, return_rule=True)
    except (RequestRedirect, MethodNotAllowed, HTTPException):
        return None
    return rule, dict(values)


def harvest(app: Flask, *, each: int = 3, more: Iterable[str] = ()) -> Harvest:
    """Walk as every role; `more` are addresses that no page leads to."""
    found = Harvest()
    for role in ROLES:
        for path, text in walk(app, Sender(app, role), each=each, more=more):
            found.pages.append((role, path))
            _note(app, found, role, path, "GET")
            links, forms = read(text)
            for link in links:
                _note(app, found, role, link, "GET")
            for form in forms:
                action = form.action or path
                if form.method == "get":
                    action = f"{action.partition('?')[0]}?{_filled_in(form)}"
                _note(app, found, role, action, form.method.upper())
                names = tuple(sorted((*form.controls, *(f"[{name}]" for name, _ in form.buttons))))
                hit = matched(app, _bare(action), form.method.upper())
                if hit is not None:
                    found.forms.setdefault((form.method, hit[0].rule, names), FormOf(role, path, action, form))
    return found


def walk(
    app: Flask, sender: Sender, *, each: int, prefix: str = "", more: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Each page that is met, with its HTML: path without the language, and text."""

    def most(rule: Rule, path: str) -> int:
        is_everyones = app.view_functions[rule.endpoint].access is PUBLIC
        return 1 if is_everyones and sender.role != GUEST else each * _width(path)

    starts = [*more, *(rule.rule for rule, method in rules(app) if method == "GET" and not rule._converters)]
    waiting, seen, met = list(starts), set(starts), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        hit = matched(app, _bare(path))
        if hit is None or hit[0].endpoint == "static" or met.get(hit[0].rule, 0) >= most(hit[0], path):
            continue
        met[hit[0].rule] = met.get(hit[0].rule, 0) + 1
        answer = sender.get(prefix + path)
        if answer.status in (301, 302, 303, 308):
            links = [answer.headers["Location"]]
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            links = read(answer.text)[0]
            yield path, answer.text
        else:
            links = []
        for link in links:
            bare = OTHER_LANGUAGE.sub("", link).partition("#")[0] if prefix else link.partition("#")[0]
            if bare.startswith("/") and not OTHER_LANGUAGE.match(bare) and bare not in seen:
                seen.add(bare)
                waiting.append(bare)


def _filled_in(form: FoundForm) -> str:
    """A query as the form makes it, with the last of what there is to choose from."""
    chosen = {name: (one.choices or one.values or [""])[-1] for name, one in form.controls.items()}
    return urlencode(chosen)


def _bare(address: str) -> str:
    return OTHER_LANGUAGE.sub("", urlsplit(address).path) or "/"


def _note(app: Flask, found: Harvest, role: str, address: str, method: str) -> None:
    if not address.startswith("/") or OTHER_LANGUAGE.match(address):
        return  # someone else's, or the same page in another language
    hit = matched(app, _bare(address), method)
    if hit is None or hit[0].endpoint == "static":
        return
    rule, values = hit
    found.addresses.setdefault((rule.rule, method), Met(role, _bare(address), tuple(values.items())))
    known = found.queries.setdefault(rule.endpoint, {})
    for name, value in parse_qsl(urlsplit(address).query, keep_blank_values=True):
        known[name] = value or known.get(name, "")


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule with each of its methods that does something."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule, method


def address_of(app: Flask, found: Harvest, rule: Rule, method: str) -> Met:
    """An address of this rule: one that a page leads to, else one made of values that other addresses have."""
    met = found.addresses.get((rule.rule, method)) or found.addresses.get((rule.rule, "GET"))
    if met is not None:
        return met
    known = {name: value for one in found.addresses.values() for name, value in one.values if value is not None}
    values = {
        name: known[name] if _takes(converter, known.get(name)) else _sample(converter)
        for name, converter in rule._converters.items()
    }
    path = app.url_map.bind("localhost").build(rule.endpoint, {**(rule.defaults or {}), **values}, method=method)
    return Met(_who(app, path, method), path, tuple(values.items()))


def _who(app: Flask, path: str, method: str) -> str:
    """Who gets furthest there."""
    for role in ROLES:
        sender = Sender(app, role)
        answer = sender.get(path) if method == "GET" else sender.post(path, encoded([sender.with_token]))
        if answer.status not in (403, 404):
            return role
    return GUEST


def _takes(converter: Any, value: Any) -> bool:
    return value is not None and (not isinstance(converter, AnyConverter) or value in converter.items)


def _sample(converter: Any) -> Any:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, NumberConverter) else "x" * 43
