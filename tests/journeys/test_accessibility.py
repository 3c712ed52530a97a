"""Every page in every state, in a real browser: nothing found by axe, and no sideways scroll, in any combination of
language, colours, width, size of text, and with the script or without. `make test` pairs the combinations, so that
each state meets each value and each value meets each other; `make audit` runs them all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from playwright.sync_api import Page

from app import db
from app.cli import demo
from tests import speaking
from tests.journeys.conftest import Served, findings
from tests.journeys.states import PREFIX, Walk, Way

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCHEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
LANGUAGES, WIDTHS, TEXTS, SCRIPTS = tuple(PREFIX), (1280, 375, 320), (16, 32), (True, False)
HEIGHT = 900
SCRIPT = re.compile(rb"<script[^>]*></script>")
HEADERS = ("Content-Type", "Content-Security-Policy")


@dataclass(frozen=True)
class View:
    """One way to look at a page; `text` is the browser's own size of text in px, of which 16 is usual."""

    language: str
    scheme: str
    width: int
    text: int
    script: bool


EVERY = [View(*values) for values in itertools.product(LANGUAGES, SCHEMES, WIDTHS, TEXTS, SCRIPTS)]


def paired(number: int) -> list[View]:
    """Four views of state `number`, one in each language."""
    return [
        View(
            language,
            list(SCHEMES)[(number + at) % 3],
            WIDTHS[(number // 3 + at) % 3],
            TEXTS[(number // 9 + at) % 2],
            SCRIPTS[(number // 18 + at // 2) % 2],
        )
        for at, language in enumerate(LANGUAGES)
    ]


def test_the_pairs_are_all_there():
    values = [set(column) for column in zip(*(vars(view).values() for view in EVERY), strict=True)]
    for number in range(36):
        for column, wanted in zip(zip(*(vars(v).values() for v in paired(number)), strict=True), values, strict=True):
            assert set(column) == wanted, "a state does not meet every value"
    rows = [tuple(vars(view).values()) for number in range(36) for view in paired(number)]
    for one, other in itertools.combinations(range(5), 2):
        assert {(row[one], row[other]) for row in rows} == set(itertools.product(values[one], values[other]))


class Shelf:
    """Serves recorded pages at their addresses, with `recorded=` added, and the files that they ask for."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app
        self.pages: list[tuple[list[tuple[str, str]], bytes]] = []

    def put(self, page: Any) -> str:
        """Keep a page; returns its address, for a reader with the script."""
        kept = [(name, page.headers[name]) for name in HEADERS if name in page.headers]
        self.pages.append((kept, page.text.encode()))
        return f"{page.path}?recorded={len(self.pages) - 1}"

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        asked = re.fullmatch(r"recorded=(\d+)(&plain)?", environ.get("QUERY_STRING", ""))
        if asked is None:
            if re.match(r"(/\w+)?/(static/|filer/|brand\.css)", environ["PATH_INFO"]):
                return self.app(environ, start)
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b""]
        headers, body = self.pages[int(asked[1])]
        start("200 OK", headers)
        return [SCRIPT.sub(b"", body) if asked[2] else body]


@dataclass
class Recorded:
    """The states of the demo municipality, each in every language, and where they are served."""

    base: str
    states: list[tuple[str, dict[str, str]]]  # what it is called, and language → address


@pytest.fixture(scope="module")
def recorded(the_app, tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Iterator[Recorded]:
    shelf, states = Shelf(the_app), list[tuple[str, dict[str, str]]]()
    before = db.engine().url.render_as_string(hide_password=False)
    engine = db.connect(f"sqlite:///{tmp_path_factory.mktemp('town') / 'town.db'}")
    db.Base.metadata.create_all(engine)
    with the_app.app_context():
        demo.load_if_empty(seed=1)
    with speaking.in_every_language(the_app, compiled), engine.connect() as connection:
        outer = connection.begin()
        db.pin(connection)
        try:
            walk = Walk(the_app, connection)
            states = [(str(way), _in_every_language(walk, way, shelf)) for way in walk.find()]
        finally:
            db.pin(None)
            outer.rollback()
    served = Served(shelf)
    yield Recorded(served.base, states)
    served.stop()
    db.connect(before)


def _in_every_language(walk: Walk, way: Way, shelf: Shelf) -> dict[str, str]:
    addresses = {}
    for language in LANGUAGES:
        with walk.reached(way, language) as page:
            addresses[language] = shelf.put(page)
    return addresses


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


class Looker:
    """Turns one browser tab from view to view and says what is wrong in each."""

    def __init__(self, page: Page, recorded: Recorded) -> None:
        self.page, self.recorded = page, recorded
        self.browser = page.context.new_cdp_session(page)
        self.wrong: dict[str, list[str]] = {}

    def look(self, name: str, addresses: dict[str, str], view: View) -> None:
        self.page.emulate_media(**SCHEMES[view.scheme])
        self.page.set_viewport_size({"width": view.width, "height": HEIGHT})
        self.browser.send("Page.setFontSizes", {"fontSizes": {"standard": view.text}})
        self.page.goto(self.recorded.base + addresses[view.language] + ("" if view.script else "&plain"))
        text = self.page.evaluate("getComputedStyle(document.documentElement).fontSize")
        assert text == f"{view.text}px", f"the browser's text is {text}"
        for one in findings(self.page):
            self.wrong.setdefault(one, []).append(f"{name} {view}")

    def verdict(self) -> str:
        """Each finding once, with the first places."""
        return "\n".join(f"{one}\n   {len(at)} times: {'; '.join(at[:3])}" for one, at in self.wrong.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_accessible(recorded, page, language):
    looker = Looker(page, recorded)
    for number, (name, addresses) in enumerate(recorded.states):
        for view in paired(number):
            if view.language == language:
                looker.look(name, addresses, view)
    assert not looker.wrong, looker.verdict()


@pytest.mark.audit
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_accessible_in_every_combination(recorded, page, language):
    looker = Looker(page, recorded)
    for name, addresses in recorded.states:
        for view in EVERY:
            if view.language == language:
                looker.look(name, addresses, view)
    assert not looker.wrong, looker.verdict()
