"""How the residents answer: by what they read on the page, in their language, with the browser that they have."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import Locator, Route

from tests.journeys import story_truth as truth
from tests.journeys.story_people import PHONE, House, Visit
from tests.journeys.story_truth import Member, Resident

CATALOGUES = Path(__file__).parent.parent.parent / "translations"
WAYS: dict[str, dict[str, Any]] = {
    "desk": {},
    "phone": PHONE,
    "plain": {"java_script_enabled": False},
    "quick": {"java_script_enabled": False},
}
RECEIPT = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@cache
def said(language: str, msgid: str) -> str:
    """What the interface calls something in this language."""
    if language == "en":
        return msgid
    with (CATALOGUES / language / "LC_MESSAGES/messages.po").open("rb") as file:
        message = read_po(file).get(msgid)
    assert message is not None, msgid
    return str(message.string)


def asked(language: str, swedish: str) -> str:
    """A text of the survey as this reader meets it."""
    return truth.ARABIC[swedish] if language == "ar" else swedish


def browser_of(house: House, one: Resident) -> Visit:
    """A browser such as this resident has; the quick ones fetch neither style nor script."""
    visit = house.someone(language=one.language, **WAYS[one.way])
    if one.way == "quick":
        visit.context.route(re.compile(r"/static/"), _without)
    return visit


def _without(route: Route) -> None:
    route.abort()


def answer(visit: Visit, address: str, one: Resident) -> str:
    """From the page of the survey to the receipt; its number."""
    visit.open(address)
    visit.follow(said(visit.language, "Answer the survey"))
    _write(visit, truth.CALLED, one.called)
    _write(visit, truth.YEARS, one.years)
    _on(visit)
    if one.uses:
        _choose(visit, truth.USES, one.uses)
    for wish in one.wishes:
        _choose(visit, truth.WISHES, wish)
    _on(visit)
    if one.safe is not None:
        _step(visit, truth.SAFE, one.safe)
    _write(visit, truth.WHY, one.why)
    _on(visit)
    return _send(visit)


def answer_as_member(visit: Visit, address: str, member: Member) -> str:
    """The survey for those with an account."""
    visit.open(address)
    visit.follow(said(visit.language, "Answer the survey"))
    _step(visit, truth.AGAIN, member.important)
    _write(visit, truth.SECRET, member.says)
    _on(visit)
    return _send(visit)


def _on(visit: Visit) -> None:
    visit.press(said(visit.language, "Continue"))
    assert not visit.page.locator(".errors").count(), visit.words[:800]


def _send(visit: Visit) -> str:
    visit.press(said(visit.language, "Send in your answers"))
    found = RECEIPT.search(visit.words)
    assert found is not None, visit.words[:800]
    return found[0]


def _write(visit: Visit, question: str, text: str) -> None:
    if text:
        visit.main.get_by_label(asked(visit.language, question)).fill(text)


def _group(visit: Visit, question: str) -> Locator:
    return visit.main.get_by_role("group", name=asked(visit.language, question))


def _choose(visit: Visit, question: str, option: str) -> None:
    _group(visit, question).get_by_label(asked(visit.language, option), exact=True).check()


def _step(visit: Visit, question: str, step: int) -> None:
    _group(visit, question).get_by_label(re.compile(rf"^\s*{step}\b")).check()
