"""Every page in every state, found by walking: links are followed as each role, and each distinct form is sent empty
and filled in, as deep as it leads. A state can then be reached again in any language.

A page is kept where it shows something that no page of its kind has shown before: an element in a place where there
was none. So a list of fifty dialogues counts once, and a notice that only one of them carries counts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from flask import Flask
from sqlalchemy import Connection

from app import jobs
from tests.mailbox import Mailbox
from tests.town import GUEST, ROLES, crawl, endpoint_of, visitor_as
from tests.visitor import Page, Visitor, X

FORMS_IN_A_ROW = 12  # a survey has fewer pages
TOO_OFTEN = 40
EACH = {"handlaggare": 16}  # the role that sees most is followed to every dialogue
LOOKED_AT = ("sv", "ar")  # languages whose pages say what there is to see; the other two show nothing else
TYPED = {"email": "ny@example.com", "password": "en-lang-mening-om-raps", "date": "2026-03-02", "tel": "0512 310 00",
         "datetime-local": "2030-05-02T12:00", "number": "3", "url": "https://example.org/a"}  # fmt: skip
MISSING = ("/finns-inte", "/dialoger/999999-finns-inte", "/lank/" + "a" * 43)
KNOWN = "invanare@demo.example"
PLACES = ("class", "role", "type", "aria-current", "aria-invalid", "aria-disabled", "lang", "open", "disabled", "dir")


@dataclass(frozen=True)
class Step:
    """Something done with the page that is open: a form of it sent, or what is due done, or the newest mail opened."""

    do: str  # "empty", "filled", "bare" (without its token), "again" (until it is too much), "jobs", "mail", "open"
    form: tuple[str, ...] = ()  # where it goes and what it holds; none: the first form in main; for "open": a link
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Way:
    """How a state is reached: as whom, from which page, and what is done there."""

    role: str
    path: str
    steps: tuple[Step, ...] = ()

    def then(self, *steps: Step) -> Way:
        return replace(self, steps=(*self.steps, *steps))

    def __str__(self) -> str:
        done = (" ".join([step.do, *step.form[:1], *(name for name, _ in step.fields)]) for step in self.steps)
        return " ".join([self.role, self.path, *(f"[{one}]" for one in done)])


@dataclass
class Walk:
    """The states of one municipality. `connection` holds its open transaction; what forms do is undone each time."""

    app: Flask
    connection: Connection
    ways: list[Way] = field(default_factory=list)
    _seen: set[tuple[str, ...]] = field(default_factory=set)
    _alike: set[tuple[object, ...]] = field(default_factory=set)  # the same page for another role
    _forms: set[tuple[str, ...]] = field(default_factory=set)

    def find(self, roles: tuple[str, ...] = ROLES) -> list[Way]:
        """The ways to every state, in the order they were met."""
        met = [
            (Way(role, found.path), visitor.page)
            for role in roles
            for found, visitor in crawl(self.app, role, each=EACH.get(role, 2))
        ]
        for way, page in met:
            self._look(way, page)
        crawled = {str(endpoint_of(self.app, way.path)) for way, _ in met}
        for way, page in met:
            self._send(way, page, crawled)
        for way in (*(Way(GUEST, path) for path in MISSING), *_by_mail(), *_too_much()):
            with self.reached(way) as page:
                self._look(way, page)
                ahead = page
            self._send(way, ahead, crawled)
        return self.ways

    @contextmanager
    def reached(self, way: Way, language: str = "sv") -> Iterator[Page]:
        """The page at the end of the way, in this language; what was done to get there is undone afterwards."""
        there = self.connection.begin_nested()
        try:
            visitor = visitor_as(self.app, way.role)
            visitor.get(PREFIX[language] + way.path)
            for step in way.steps:
                if not _take(visitor, step):  # in this language the way ends here: the survey is not offered in it
                    break
            assert visitor.page is not None
            yield visitor.page
        finally:
            there.rollback()

    def _look(self, way: Way, page: Page) -> bool:
        """Keep the way where its page shows something new in some language."""
        again = (way.path, way.steps, frozenset(places(page.find_all("body")[0])))
        if again in self._alike:
            return False
        self._alike.add(again)
        fresh = self._shows(way, page)
        for language in LOOKED_AT[1:]:
            with self.reached(way, language) as other:
                fresh = self._shows(way, other) or fresh
        if fresh:
            self.ways.append(way)
        return fresh

    def _shows(self, way: Way, page: Page) -> bool:
        kind = str(page.status) if page.status in (403, 404) else f"{endpoint_of(self.app, page.path)} {page.status}"
        main = page.find_all("main")[0]
        # What stands round every page is alike on all of them.
        shown = {(kind, *place) for place in places(main)} | places(page.find_all("body")[0], but=main)
        shown -= self._seen
        self._seen |= shown
        return bool(shown)

    def _send(self, way: Way, page: Page, crawled: set[str]) -> None:
        """Send each form of the page that has not been sent yet, empty and filled in, and go on from where it leads."""
        for form in page.find_all("form"):
            if (form.get("method") or "get").lower() != "post" or self._is_known(way, page, form):
                continue
            buttons = [((e.get("name", ""), e.get("value", "")),) for e in form.iter(X + "button") if e.get("name")]
            for do, fields in (("empty", ()), ("filled", ()), *(("filled", button) for button in buttons)):
                onward = way.then(Step(do, mark(page, form), fields))
                with self.reached(onward) as reached:
                    answer = reached
                if answer.status == 200 and answer.tree is None:
                    continue  # a file, such as the sealed ballots
                if answer.status >= 500 or not answer.text.startswith("<!doctype"):
                    raise AssertionError(f"{onward}: {answer.status}")
                if any(e.get("data-poll") for e in answer.tree.iter()):
                    self._look(onward.then(Step("jobs")), self._page(onward.then(Step("jobs"))))
                self._look(onward, answer)
                if answer.status < 400 and len(onward.steps) < FORMS_IN_A_ROW and self._leads_on(page, answer, crawled):
                    self._send(onward, answer, crawled)
                    self._open(onward, answer, crawled)

    def _open(self, way: Way, page: Page, crawled: set[str]) -> None:
        """Follow the links of a page that no link led to, where they lead to a kind of page that was not met."""
        for link in page.links():
            endpoint = endpoint_of(self.app, link) if link.startswith("/") else None
            if endpoint not in (None, "static", *crawled):
                crawled.add(str(endpoint))
                onward = way.then(Step("open", (link,)))
                with self.reached(onward) as reached:
                    answer = reached
                self._look(onward, answer)
                self._send(onward, answer, crawled)

    def _leads_on(self, page: Page, answer: Page, crawled: set[str]) -> bool:
        """Whether a form led to a page that links do not lead to: the next of a row, or one of a kind of its own."""
        before, after = endpoint_of(self.app, page.path), endpoint_of(self.app, answer.path)
        return after not in crawled or (after == before and page.path != answer.path)

    def _page(self, way: Way) -> Page:
        with self.reached(way) as page:
            return page

    def _is_known(self, way: Way, page: Page, form: ET.Element) -> bool:
        action, *named = mark(page, form)
        # Forms further on are told apart by their address: page 3 of a survey may ask just as page 1 did.
        where = action if way.steps else _endpoint_of_post(self.app, action)
        known = (where, *(re.sub(r"\d+", "#", name) for name in named))
        if known in self._forms:
            return True
        self._forms.add(known)
        return False


PREFIX = {"sv": "", "en": "/en", "ar": "/ar", "sv-simple": "/lattlast"}


def places(e: ET.Element, but: ET.Element | None = None) -> set[tuple[str, ...]]:
    """Which elements there are below this one, each as itself in what holds it."""
    found = {(*_looks(e), *_looks(inner)) for inner in e}
    return found.union(*(places(inner, but) for inner in e if inner is not but))


def _looks(e: ET.Element) -> tuple[str, ...]:
    if not isinstance(e.tag, str):
        return ("comment",)
    return (e.tag.removeprefix(X), *(f"{name}={e.get(name)}" for name in PLACES if e.get(name) is not None))


def mark(page: Page, form: ET.Element) -> tuple[str, ...]:
    """What tells a form from the others of its page in every language: where it goes, and what it holds."""
    named = {f"{e.get('name')} {e.get('type', '')}" for e in form.iter() if e.get("name")}
    goes_to = re.sub(r"[\w-]{40,}", "…", without_prefix(form.get("action") or page.path))  # a new token each time
    return (goes_to, *sorted(named))


def without_prefix(path: str) -> str:
    return re.sub(r"^/(en|ar|lattlast)(?=/|$)", "", path)


def _endpoint_of_post(app: Flask, action: str) -> str:
    path = action.partition("?")[0].replace("…", "a" * 43)
    endpoint, values = app.url_map.bind("localhost").match(path, method="POST")
    return f"{endpoint} {sorted(value for value in values.values() if isinstance(value, str))}"


def _take(visitor: Visitor, step: Step) -> bool:
    """Do this with the page that is open; False where it has no such form."""
    page = visitor.page
    assert page is not None
    if step.do == "open":
        visitor.get(page.path.removesuffix(without_prefix(page.path)) + step.form[0])
    elif step.do == "jobs":
        with visitor.app.app_context():
            jobs.run_due()
        visitor.get(page.path)
    elif step.do == "mail":
        visitor.get(Mailbox(visitor.app).link(dict(step.fields).get("to", TYPED["email"])))
    else:
        forms = [form for form in page.find_all("form") if step.form in ((), mark(page, form))]
        inside = [form for form in forms if step.form or form in list(page.find_all("main")[0].iter())]
        if not inside:
            return False
        _send_form(visitor, page, inside[0], step)
    return True


def _send_form(visitor: Visitor, page: Page, form: ET.Element, step: Step) -> None:
    data = sent(form, fill=step.do in ("filled", "again")) | dict(step.fields)
    if step.do == "bare":
        data.pop("csrf_token", None)
    kind = "multipart/form-data" if form.get("enctype") == "multipart/form-data" else None
    for _ in range(TOO_OFTEN if step.do == "again" else 1):
        if visitor.post(form.get("action") or page.path, dict(data), content_type=kind).status == 429:
            break


def sent(form: ET.Element, *, fill: bool) -> dict[str, object]:
    """What a browser sends where nothing was chosen or written, or where everything was."""
    data: dict[str, object] = {}
    for e in form.iter():
        name, tag, kind = e.get("name"), e.tag.removeprefix(X), e.get("type", "text")
        if not name or "disabled" in e.attrib:
            continue
        if tag == "input" and kind == "hidden":
            data[name] = e.get("value", "")
        elif tag == "select":
            data[name] = list(e.iter(X + "option"))[-1].get("value", "") if fill else ""
        elif tag == "input" and kind in ("radio", "checkbox"):
            if fill:
                data.setdefault(name, e.get("value", "on"))
        elif tag == "textarea" or (tag == "input" and kind not in ("file", "submit")):
            digits = fill and e.get("inputmode") in ("numeric", "decimal")
            data[name] = ("3" if digits else TYPED.get(kind, "Fler träd vid torget.")) if fill else ""
    return data


def _by_mail() -> Iterator[Way]:
    """The pages that one-time links lead to."""
    yield Way(GUEST, "/skapa-konto", (Step("filled"), Step("mail")))
    for path in ("/logga-in/lank", "/glomt-losenord"):
        yield Way(GUEST, path, (Step("filled", fields=(("email", KNOWN),)), Step("mail", fields=(("to", KNOWN),))))


def _too_much() -> Iterator[Way]:
    """A form without its token, and one sent until it is too much."""
    yield Way(GUEST, "/logga-in", (Step("bare"),))
    yield Way(GUEST, "/logga-in", (Step("again"),))
