"""The methods with nothing but a keyboard, with the script and without: a suggestion, a card and a dot, a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app import db
from app.cli import demo
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.levels.discussion.threads.models import Thread
from app.levels.influence.workshops.models import Step, Workshop
from tests.journeys.conftest import Served
from tests.journeys.test_keyboard import Keys

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("script", [True, False])]
ON = "main form button:not([name])"


@pytest.fixture(scope="module")
def place(the_app, tmp_path_factory) -> Iterator[tuple[str, str]]:
    """Where the demo municipality is served, and the demo password."""
    before = db.engine().url.render_as_string(hide_password=False)
    engine = db.connect(f"sqlite:///{tmp_path_factory.mktemp('methods') / 'town.db'}")
    db.Base.metadata.create_all(engine)
    with the_app.app_context():
        accounts = demo.load_if_empty(seed=1)
    assert accounts is not None
    served = Served(the_app)
    yield served.base, accounts.password
    served.stop()
    db.connect(before)


@pytest.fixture
def keys(chromium, script) -> Iterator[Keys]:
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 800})
    yield Keys(context.new_page())
    context.close()


def sign_in(keys: Keys, base: str, password: str) -> None:
    """As a resident."""
    keys.page.goto(base + "/logga-in")
    keys.tab_to("#email")
    keys.page.keyboard.type("invanare@demo.example")
    keys.tab_to("#password")
    keys.page.keyboard.type(password)
    keys.enter("main button[type=submit]")


def in_an_open_dialogue(kind: type, *wanted: object) -> tuple[int, int]:
    """One of these in a dialogue that is open: the dialogue's id and its own."""
    rows = select(Dialogue.id, kind.id).join(kind, kind.dialogue_id == Dialogue.id)
    with db.reading() as session:
        found = session.execute(rows.where(Dialogue.stage == Stage.OPEN, *wanted).order_by(kind.id)).first()
    assert found is not None
    return found[0], found[1]


def test_a_suggestion_is_sent(keys, place):
    base, _ = place
    keys.page.goto(base + "/battre-vara")
    keys.enter("main a[href='/battre-vara/nytt']")
    keys.enter(ON)
    assert keys.page.locator(".errors").is_visible(), "nothing was chosen"
    keys.tab_to("[name=matter]")
    keys.page.keyboard.press("Space")
    keys.enter(ON)
    keys.tab_to("#text")
    keys.page.keyboard.type("Sätt en bänk med armstöd vid dammen.")
    keys.enter(ON)
    keys.enter("main button[name=next]")
    keys.tab_to("[name=wants]")
    keys.page.keyboard.press("Space")
    keys.tab_to("#email")
    keys.page.keyboard.type("noor@example.se")
    keys.enter(ON)
    keys.enter(ON)
    assert re.search(r"\w{5}-\w{5}", keys.page.locator("main").inner_text()), "there is a case code"


def test_a_card_is_put_on_the_board_and_a_dot_on_a_card(keys, place):
    base, password = place
    sign_in(keys, base, password)
    dialogue, workshop = in_an_open_dialogue(Workshop, Workshop.step == Step.CRITIQUE, Workshop.closed_at.is_(None))
    keys.page.goto(f"{base}/dialoger/{dialogue}-x/verkstad/{workshop}")
    keys.tab_to("#text")
    keys.page.keyboard.type("Det finns ingenstans att vara när det regnar.")
    keys.enter("main form:has(#text) button:not([name])")
    assert "ingenstans att vara" in keys.page.locator("main").inner_text()
    keys.page.goto(f"{base}/dialoger/{dialogue}-x/verkstad/{workshop}")
    left = keys.page.locator("#dots b").inner_text()
    keys.enter("form[action*='/prick'] button")
    assert keys.page.locator("#dots b").inner_text() != left


def test_a_post_is_answered(keys, place):
    base, password = place
    sign_in(keys, base, password)
    dialogue, thread = in_an_open_dialogue(Thread, Thread.locked_at.is_(None), Thread.reads_first.is_(False))
    keys.page.goto(f"{base}/dialoger/{dialogue}-x/forum/{thread}")
    keys.enter("main a[href*='/svara/']")
    keys.tab_to("#text")
    keys.page.keyboard.type("Det håller jag med om.")
    keys.enter(ON)
    assert "Det håller jag med om." in keys.page.locator("main").inner_text()
