"""A vote in a real browser: with nothing but a keyboard, with the script and without, in Swedish and in Arabic."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app import db
from app.ballots import service as engine
from app.cli import demo
from app.dialogues.stages import Stage
from app.levels.codecision.votes.service.closing import paper_of
from app.permissions import SYSTEM
from tests.factories.dialogues import make_dialogue
from tests.factories.votes import make_vote
from tests.journeys.conftest import Served, findings
from tests.journeys.test_keyboard import Keys

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def place(the_app, tmp_path_factory) -> Iterator[tuple[str, str, list[str], str]]:
    """Where it is served, a vote by codes with its codes, and the demo password."""
    engine_ = db.connect(f"sqlite:///{tmp_path_factory.mktemp('votes') / 'town.db'}")
    db.Base.metadata.create_all(engine_)
    with the_app.app_context():
        accounts = demo.load_if_empty(seed=1)
    assert accounts is not None
    with the_app.test_request_context(), db.unit():
        row = make_vote(make_dialogue(Stage.OPEN, level="codecision"), "codes", "approval")
        codes = engine.make_codes(row.box, 8)
        engine.freeze(row.box, SYSTEM, paper_of(row))
        path = f"/dialoger/{row.dialogue_id}-drottninggatan/omrostning/{row.id}"
    served = Served(the_app)
    yield served.base, path, codes, accounts.password
    served.stop()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("prefix", "width"), [("", 1280), ("/ar", 320)])
def test_one_votes_with_a_code_and_a_keyboard(chromium, place, script, prefix, width):
    base, path, codes, _ = place
    code = codes[(2 if script else 0) + (1 if prefix else 0)]
    context = chromium.new_context(java_script_enabled=script, viewport={"width": width, "height": 800})
    keys = Keys(context.new_page())
    keys.page.goto(base + prefix + path)
    keys.enter(f"main a[href='{prefix}{path}/rosta']")
    keys.tab_to("#code")
    keys.page.keyboard.type(code.lower())
    keys.press_enter()
    for _ in range(3):
        keys.tab_to("input[name=choice]")
        keys.page.keyboard.press("Space")
    keys.enter("main button[type=submit]")
    assert keys.page.locator(".errors").is_visible(), "three are one too many"
    keys.tab_to("#choice-2")
    keys.page.keyboard.press("Space")
    keys.enter("main button[type=submit]")
    assert keys.page.url.endswith("/kontrollera")
    keys.enter("main button[type=submit]")
    assert keys.page.url == base + prefix + path + "/kvitto"
    assert len(keys.page.locator(".panel .code").inner_text()) == 19
    context.close()


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_every_state_of_voting_is_clean(chromium, place, prefix):
    """What axe finds, and sideways scroll at 320 px, from the frames to the receipt and the audit."""
    base, path, codes, _ = place
    context = chromium.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page, found = context.new_page(), []

    def look(state):
        found.extend(f"{state}: {one}" for one in findings(page))

    def send():
        page.locator("main form button[type=submit]").first.click()

    page.goto(base + prefix + path)
    look("start")
    page.goto(base + prefix + path + "/rosta")
    send()
    look("code missing")
    page.locator("#code").fill(codes[4 if prefix else 5])
    send()
    look("ballot")
    for place_ in (0, 1, 2):
        page.locator("input[name=choice]").nth(place_).check()
    send()
    look("too many")
    page.locator("input[name=choice]").nth(0).uncheck()
    send()
    look("check")
    send()
    look("receipt")
    for tail in ("", "/granska", "/resultat"):
        page.goto(base + prefix + path + tail)
        look("after" + tail)
    context.close()
    assert found == []
