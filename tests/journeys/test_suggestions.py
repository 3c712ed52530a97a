"""A resident without an account reports a broken bench with a photo, on a phone without JavaScript; it ends well.

The photo says where it was taken when it is sent, and nothing says so afterwards. Everything goes through the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image

from tests.factories.pictures import SECRET, photo_with_position
from tests.journeys.conftest import findings
from tests.journeys.story_people import PASSWORD, PHONE, House, Visit
from tests.journeys.story_residents import said

OFFICIAL, SENDER = "anna@vara.example", "ida@example.se"
DESK = "/arbetsyta/battre-vara"
TEXT = "Bänken vid fontänen är trasig. Två brädor är av och en skruv sticker upp."
ALT = "En bänk där två brädor är av"
ANSWER = "Tack! Bänken är lagad på fredag."


@dataclass
class Story:
    """What has come about so far."""

    house: House
    anna: Visit
    code: str = ""
    number: int = 0

    @property
    def page(self) -> str:
        return f"/battre-vara/{self.number}"


@pytest.fixture
def story(the_app, own_database, chromium, catalogues) -> Iterator[Story]:
    house = House(the_app, chromium)
    try:
        yield Story(house, house.someone("Anna Ek", OFFICIAL))
    finally:
        house.close()


@pytest.mark.browser
@pytest.mark.slow
def test_a_broken_bench(story: Story):
    the_box_is_opened(story)
    ida = somebody_reports_a_bench(story)
    only_she_can_follow_it(story, ida)
    an_official_answers_and_releases_it(story)
    others_find_and_support_it(story)
    she_reads_the_answer(story, ida)


def the_box_is_opened(story: Story) -> None:
    house, anna = story.house, story.anna
    house.command("people", "add", OFFICIAL, "--role", "official", "--language", "sv")
    anna.open(house.mailbox.link(OFFICIAL))
    anna.send({"name": anna.name, "password": PASSWORD})
    anna.open(DESK)
    anna.follow(said("sv", "Ask for suggestions"))
    anna.send({"title": "Bättre Vara", "lead": "Berätta vad som kan bli bättre. Du får alltid ett svar."})


def somebody_reports_a_bench(story: Story) -> Visit:
    """Step by step on a phone, with HTML alone; something is forgotten on the way, and nothing is lost."""
    ida = story.house.someone(**PHONE, java_script_enabled=False)
    ida.open("/")
    ida.follow(said("sv", "Leave a suggestion in %(box)s") % {"box": "Bättre Vara"})
    assert ida.context.cookies() == []
    ida.follow(said("sv", "Leave a suggestion"))
    ida.send({"matter": "parker"})
    ida.send({"place": "Stora torget", "text": "Bänk"}, refused=True)
    assert ida.page.locator("[name=place]").input_value() == "Stora torget"
    ida.send({"text": TEXT})
    photo = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo_with_position()}
    ida.page.locator("[name=picture]").set_input_files([photo])  # type: ignore[list-item]
    ida.press(said("sv", "Add the picture"))
    ida.press(said("sv", "Continue"))
    assert ida.page.locator(".errors").count() == 1  # what it shows is asked for
    ida.page.locator("[name^=alt_]").fill(ALT)
    ida.press(said("sv", "Continue"))
    ida.send({"shows_name": "no", "wants": "mail", "email": SENDER})
    assert TEXT in ida.words
    assert ALT in ida.words
    ida.press(said("sv", "Send the suggestion"))
    found = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", ida.words)
    assert found
    story.code = found[0]
    assert story.code in story.house.mailbox.to(SENDER)[-1]
    return ida


def only_she_can_follow_it(story: Story, ida: Visit) -> None:
    ida.open("/arende")
    ida.send({"kod": story.code.lower()})
    assert said("sv", "Not public yet") in ida.words
    source = ida.page.locator("main img").first.get_attribute("src")
    assert source
    data = ida.context.request.get(story.house.served.base + source).body()
    assert SECRET.encode() not in data
    assert not Image.open(BytesIO(data)).getexif()
    guest = story.house.someone()
    guest.open("/battre-vara")
    assert "fontänen" not in guest.words
    guest.open("/arende/22222-22222", status=404)
    assert findings(guest.page) == []
    guest.leave()


def an_official_answers_and_releases_it(story: Story) -> None:
    anna = story.anna
    anna.open(DESK)
    assert findings(anna.page) == []
    anna.follow("Bänken vid fontänen är trasig")
    story.number = int(anna.page.url.rpartition("/")[2])
    anna.press(said("sv", "I take this case"))
    anna.send({"note": "Ring vaktmästaren."})
    anna.send({"status": "answered", "answer": ""}, refused=True)
    anna.send({"status": "answered", "answer": ANSWER})
    story.house.someone().open(story.page, status=404)
    anna.press(said("sv", "Let everyone read it"))
    assert findings(anna.page) == []


def others_find_and_support_it(story: Story) -> None:
    """One of them in Arabic; each once."""
    for number, (language, how) in enumerate((("ar", {}), ("sv", PHONE), ("sv", {"java_script_enabled": False})), 1):
        guest = story.house.someone(language=language, **how)
        guest.open("/battre-vara?q=bank")  # å, ä and ö are letters: this is another word
        assert guest.page.locator("h3").count() == 0
        guest.open("/battre-vara?q=bänken")
        with guest.page.expect_navigation():
            guest.page.locator("h3 a").click()
        assert guest.context.cookies() == []
        if how.get("java_script_enabled", True):
            assert findings(guest.page) == []
        guest.follow(said(language, "Support this suggestion"))
        guest.press(said(language, "I support this"))
        assert said(language, "You are one of them.") in guest.words
        assert ANSWER in guest.words
        assert "vaktmästaren" not in guest.words
        assert SENDER not in guest.page.content()
        source = guest.page.locator("main img").first.get_attribute("src")
        assert SECRET.encode() not in guest.context.request.get(story.house.served.base + str(source)).body()
        assert number
        guest.leave()
    guest = story.house.someone()
    guest.open(story.page)
    assert re.search(r"\b3\b", guest.page.locator(".cluster b").inner_text())
    guest.leave()


def she_reads_the_answer(story: Story, ida: Visit) -> None:
    mails = story.house.mailbox.to(SENDER)
    assert any(ANSWER in mail for mail in mails)
    assert not any("fontänen" in mail for mail in mails)  # nobody's own words come back to an address that was typed
    ida.open(f"/arende/{story.code}")
    assert ANSWER in ida.words
    assert said("sv", "Not public yet") not in ida.words
