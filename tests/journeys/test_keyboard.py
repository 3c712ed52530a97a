"""Journeys with nothing but a keyboard, with the script and without: focus is always seen, everything is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from app import db
from app.cli import demo
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.levels.consultation.surveys.models import Survey
from tests.journeys.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("script", [True, False])]
FARTHEST = 90  # presses of Tab; more would be a trap, or a page without order
STANDS_OUT = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const ring = here.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return seen && ring ? '' : `${here.outerHTML.slice(0, 120)} seen: ${seen}, ring: ${ring}`;
}"""


@pytest.fixture(scope="module")
def place(the_app, tmp_path_factory) -> Iterator[tuple[str, str, str]]:
    """Where the demo municipality is served, a dialogue with a survey for anyone, and the demo password."""
    before = db.engine().url.render_as_string(hide_password=False)
    engine = db.connect(f"sqlite:///{tmp_path_factory.mktemp('keys') / 'town.db'}")
    db.Base.metadata.create_all(engine)
    with the_app.app_context():
        accounts = demo.load_if_empty(seed=1)
    assert accounts is not None
    with db.reading() as session:
        open_to_all = select(Dialogue.id).join(Survey, Survey.dialogue_id == Dialogue.id)
        wanted = open_to_all.where(Dialogue.stage == Stage.OPEN, Survey.audience == "anyone")
        dialogue = session.scalars(wanted).first()
    served = Served(the_app)
    yield served.base, f"/dialoger/{dialogue}-", accounts.password
    served.stop()
    db.connect(before)


@pytest.fixture
def keys(chromium, script) -> Iterator[Keys]:
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 800})
    yield Keys(context.new_page())
    context.close()


class Keys:
    """A page and a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def on(self, selector: str) -> bool:
        return bool(self.page.evaluate("selector => document.activeElement.matches(selector)", selector))

    def tab(self) -> None:
        self.page.keyboard.press("Tab")
        assert not self.page.evaluate(STANDS_OUT), self.page.evaluate(STANDS_OUT)

    def tab_to(self, selector: str) -> None:
        """Tab forth until the focus is there."""
        for _ in range(FARTHEST):
            self.tab()
            if self.on(selector):
                return
        raise AssertionError(f"{selector} was not reached on {self.page.url}")

    def enter(self, selector: str) -> None:
        """Go there and press Enter, and wait for where it leads."""
        self.tab_to(selector)
        self.press_enter()

    def press_enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill_in(self, button: str) -> None:
        """Answer everything on the way to the button, and press it."""
        answered = set()
        for _ in range(FARTHEST):
            self.tab()
            if self.on(button):
                return self.press_enter()
            if not self.on("main form :is(input, textarea)"):
                continue
            name = self.page.evaluate("document.activeElement.name")
            if self.on("[type=radio], [type=checkbox]"):
                if name not in answered:
                    self.page.keyboard.press("Space")
            else:
                self.page.keyboard.type("3" if self.on("[inputmode]") else "Fler träd")
            answered.add(name)
        raise AssertionError(f"{button} was not reached on {self.page.url}")


def test_a_survey_is_answered(keys, place, script):
    base, dialogue, _ = place
    keys.page.goto(base + "/")
    keys.tab()
    assert keys.on("a.skip"), "the first stop leads past the menus"
    keys.page.keyboard.press("Enter")
    keys.enter(f"main a[href*='{dialogue}']")
    keys.enter("main a[href*='/enkat/']")
    keys.enter("main a[href$='/fraga/1']")
    keys.enter("main button:not([name])")
    assert keys.page.locator(".errors").is_visible(), "nothing was chosen"
    if script:
        assert keys.on(".errors"), "the summary takes the focus"
    keys.tab_to(".errors a")
    keys.page.keyboard.press("Enter")
    assert re.search(r"/enkat/\d+/fraga/1", keys.page.url)
    keys.page.reload()
    for _ in range(10):
        keys.fill_in("main form button:not([name])")
        if "/kvitto/" in keys.page.url:
            break
    assert "/kvitto/" in keys.page.url
    assert re.search(r"\w{4}-\w{4}-\w{4}", keys.page.locator("main").inner_text()), "there is a receipt"


def test_one_signs_in_and_out(keys, place):
    base, _, password = place
    keys.page.goto(base + "/")
    keys.enter("a[href*='/logga-in']")
    keys.tab_to("#email")
    keys.page.keyboard.type("invanare@demo.example")
    keys.tab_to("#password")
    keys.page.keyboard.type("fel lösenord")
    keys.press_enter()
    assert keys.page.locator(".errors").is_visible()
    keys.tab_to("#password")
    keys.page.keyboard.type(password)
    keys.enter("main button[type=submit]")
    assert keys.page.url == base + "/konto"
    keys.page.goto(base + "/konto")
    keys.enter("form[action='/logga-ut'] button")
    assert keys.page.locator("a[href*='/logga-in']").first.is_visible()
