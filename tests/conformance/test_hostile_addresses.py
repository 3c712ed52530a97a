"""Whatever stands in an address, the answer is a page or a refusal: every route, every parameter, every query name."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlencode

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.routing.exceptions import RequestRedirect

from app.web import PUBLIC
from tests.harvest import Met, Whole, address_of, rules
from tests.hostile import Answer, Errors, Sender, encoded, errors_logged, in_path, values
from tests.town import GUEST

EVERY, FEWER, FEW = 200, 40, 12  # values for each parameter: the aim, on the slower database, and by whom it is refused
BODIES = (
    (b"", "application/x-www-form-urlencoded"), (b"a=%ff%00&=&&&=", "application/x-www-form-urlencoded"),
    (b"{}", "application/json"), (b"{" * 900, "application/json"), (b"\x00\xff" * 50, "text/plain"),
    (b"--x\r\n", "multipart/form-data; boundary=x"), (b"nothing", "multipart/form-data"),
    (b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nabc\r\n--x--', "multipart/form-data; boundary=x"),
    (b"a=1", "application/x-www-form-urlencoded; charset=utf-16"), (b"a=1", "nonsense"), (b"a=1", ""),
)  # fmt: skip


REFUSED = {400, 403, 404, 409, 410, 413, 422, 429}  # 422: the form again, with what was written and a new token


class Crew:
    """A browser for each role, made when it is needed."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.senders: dict[str, Sender] = {}
        self.faults: list[str] = []

    def __getitem__(self, role: str) -> Sender:
        if role not in self.senders:
            self.senders[role] = Sender(self.app, role)
        return self.senders[role]

    @property
    def sent(self) -> int:
        return sum(sender.sent for sender in self.senders.values())

    def note(self, what: str, answer: Answer, errors: Errors) -> None:
        """Judge an answer: no failure, nothing given back as markup, nobody led elsewhere."""
        problem = ""
        if answer.status == 500 or errors.lines:  # 503 is also how /health/ready says that it is not; a failure logs
            problem = f"{answer.status} " + "\n".join(errors.lines)
        elif b"<script>alert" in answer.data or b"<img src=x" in answer.data or b"<svg/onload" in answer.data:
            problem = "given back as markup"
        elif not re.match(r"(http://localhost)?/(?![/\\])|$", answer.headers.get("Location", "")):
            problem = f"leads to {answer.headers['Location']}"
        elif any(cookie.startswith("a=") for cookie in answer.headers.getlist("Set-Cookie")):
            problem = "a header was smuggled in"
        if problem:
            self.faults.append(f"{what}: {problem}"[:2500])
        errors.lines.clear()


def with_value(rule: Rule, met: Met, name: str, value: bytes) -> str:
    """The address with this value in the place of one parameter."""
    given = dict(met.values)
    path = ""
    for is_dynamic, part in rule._trace:
        if not is_dynamic:
            path += part.lstrip("|")
        else:
            path += in_path(value) if part == name else in_path(str(given.get(part, "x")).encode())
    return path


def by_turns(app: Flask, rule: Rule, met: Met, key: str, count: int) -> Iterator[tuple[str, bytes]]:
    """Every value by whoever gets furthest; a few by a guest, a resident and an administrator (or all, if public)."""
    near = str(dict(met.values).get(key.rpartition(" ")[2], ""))
    for value in values(key, count, near):
        yield met.role, value
    is_public = app.view_functions[rule.endpoint].access is PUBLIC if rule.endpoint != "static" else True
    for role in {GUEST, "invanare", "admin"} - {met.role}:
        many = min(count, FEWER) if is_public and role == GUEST else min(count, FEW)
        for value in values(f"{key} {role}", many, near):
            yield role, value


def probe_paths(app: Flask, whole: Whole, method: str, count: int, *, spare: bool) -> tuple[Crew, int]:
    """Send every value in every parameter of every rule with this method.

    What no rule takes is answered alike, by the one page for what is not there, before any view: to `spare` time,
    one in ten of those is sent.
    """
    crew, parameters = Crew(app), 0
    with errors_logged() as errors:
        for rule, one in rules(app):
            if one != method:
                continue
            met = address_of(app, whole.found, rule, method)
            also_read = method != "GET" and "GET" in (rule.methods or ())
            for name in rule._converters:
                parameters += 1
                key = f"{method} {rule.rule} {name}"
                for place, (role, value) in enumerate(by_turns(app, rule, met, key, FEW if also_read else count)):
                    path = with_value(rule, met, name, value)
                    if spare and place % 10 and not reaches_a_view(app, path, method):
                        continue
                    crew.note(f"{method} {path} as {role}", sent(crew[role], method, path, place), errors)
            if not rule._converters:
                crew.note(f"{method} {rule.rule}", sent(crew[met.role], method, rule.rule, 0), errors)
    return crew, parameters


def reaches_a_view(app: Flask, path: str, method: str) -> bool:
    """Whether some rule takes this path, or sends it on."""
    try:
        app.url_map.bind("localhost").match(unquote_to_bytes(path).decode("utf-8", "replace"), method=method)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def sent(sender: Sender, method: str, path: str, place: int) -> Answer:
    """By GET; or by POST with a token, so that the view is reached."""
    if method == "GET":
        return sender.get(path)
    return sender.post(path, encoded([sender.with_token, ("x", b"\xff")] if place % 2 else [sender.with_token]))


def many_of(whole: Whole) -> int:
    return EVERY if whole.is_sqlite else FEWER


def judge(crew: Crew, parameters: int, least: int) -> None:
    """So many were tried, and all was well."""
    assert parameters >= least
    assert not crew.faults, f"{len(crew.faults)} of {crew.sent}:\n" + "\n\n".join(crew.faults[:15])


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_value_in_an_address_breaks_a_page(the_app, whole, method):
    judge(*probe_paths(the_app, whole, method, many_of(whole), spare=True), least=60)


@pytest.mark.audit
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_value_in_an_address_breaks_a_page_in_full(the_app, whole, method):
    judge(*probe_paths(the_app, whole, method, EVERY, spare=False), least=60)


@pytest.mark.slow
def test_no_method_but_the_declared_ones_is_taken(the_app, whole):
    crew = Crew(the_app)
    with errors_logged() as errors:
        for rule, method in rules(the_app):
            met = address_of(the_app, whole.found, rule, method)
            for odd in ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "X" * 300, "\xff"):
                answer = crew[met.role].post(met.path, b"", REQUEST_METHOD=odd)
                crew.note(f"{odd[:9]} {met.path}", answer, errors)
    judge(crew, len(crew.senders), least=3)


@pytest.mark.slow
def test_no_body_without_a_token_is_more_than_refused(the_app, whole):
    crew, routes = Crew(the_app), 0
    with errors_logged() as errors:
        for rule, method in rules(the_app):
            if method != "POST":
                continue
            routes += 1
            met = address_of(the_app, whole.found, rule, method)
            for role in {met.role, GUEST, "admin"}:
                for body, kind in BODIES:
                    answer = crew[role].post(met.path, body, kind)
                    crew.note(f"POST {met.path} {kind} as {role}", answer, errors)
                    if answer.status not in REFUSED:
                        crew.faults.append(f"POST {met.path} {kind} {body[:20]!r} as {role}: {answer.status}")
    judge(crew, routes, least=40)


class Noted(ImmutableMultiDict):
    """A query string that remembers which names were asked for."""

    asked: set[str]

    def get(self, key, *rest, **named):
        self.asked.add(key)
        return super().get(key, *rest, **named)

    def getlist(self, key, *rest, **named):
        self.asked.add(key)
        return super().getlist(key, *rest, **named)

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


@pytest.fixture
def names_asked(the_app, monkeypatch) -> dict[str, set[str]]:
    """Which query names each endpoint reads, noted while it works."""
    asked: dict[str, set[str]] = {}

    class Noting(the_app.request_class):
        @cached_property
        def args(self):
            noted = Noted(list(super().args.items(multi=True)))
            noted.asked = asked.setdefault(self.endpoint or "", set())
            return noted

    monkeypatch.setattr(the_app, "request_class", Noting)
    return asked


def names_written(module: str) -> set[str]:
    """The query names that stand in the code of a module."""
    code = Path(sys.modules[module].__file__ or "").read_text(encoding="utf-8")
    return set(re.findall(r"request\.args\.get(?:list)?\(\"(\w+)\"", code)) | set(
        re.findall(r"\"(\w+)\" in request\.args", code)
    )


def query_names(app: Flask, whole: Whole, asked: dict[str, set[str]]) -> dict[str, set[str]]:
    """The names each endpoint reads: noted while its page is made, or met in a link or form that leads to it.

    A name that is read only beside another is noted once the others hold what a link or form gives them.
    """
    crew = Crew(app)
    for rule, method in rules(app):
        met = address_of(app, whole.found, rule, method)
        for query in ("x=1", urlencode(whole.found.queries.get(rule.endpoint, {}))):
            sent(crew[met.role], method, f"{met.path}?{query}", 0)
    names = {endpoint: set(found) for endpoint, found in asked.items()}
    for endpoint, found in whole.found.queries.items():
        names.setdefault(endpoint, set()).update(found)
    return {endpoint: found for endpoint, found in names.items() if found}


def probe_queries(app: Flask, whole: Whole, names: dict[str, set[str]], count: int) -> tuple[Crew, int]:
    crew, parameters = Crew(app), 0
    with errors_logged() as errors:
        for rule, method in rules(app):
            met = address_of(app, whole.found, rule, method)
            for name in sorted(names.get(rule.endpoint, ())):
                parameters += 1
                turns = by_turns(app, rule, met, f"{method} {rule.rule} ?{name}", count)
                for place, (role, value) in enumerate(turns):
                    again = f"&{name}=1&{name}={in_path(value)}" if place % 9 == 0 else ""
                    others = {n: v for n, v in whole.found.queries.get(rule.endpoint, {}).items() if n != name}
                    beside = f"&{urlencode(others)}" if others and place % 2 else ""
                    path = f"{met.path}?{name}={in_path(value)}{again}{beside}"
                    crew.note(f"{method} {path} as {role}", sent(crew[role], method, path, 0), errors)
    return crew, parameters


def test_every_query_name_in_the_code_is_found(the_app, whole, names_asked):
    names = set().union(*query_names(the_app, whole, names_asked).values())
    views = {view.__module__ for view in the_app.view_functions.values() if view.__module__.startswith("app.")}
    written = set().union(*map(names_written, views))
    assert len(written) >= 8
    assert written <= names


@pytest.mark.slow
def test_no_value_of_a_query_breaks_a_page(the_app, whole, names_asked):
    names = query_names(the_app, whole, names_asked)
    judge(*probe_queries(the_app, whole, names, many_of(whole)), least=20)


@pytest.mark.audit
def test_no_value_of_a_query_breaks_a_page_in_full(the_app, whole, names_asked):
    names = query_names(the_app, whole, names_asked)
    judge(*probe_queries(the_app, whole, names, EVERY), least=20)
