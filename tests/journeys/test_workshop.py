"""A workshop evening: 25 paper notes and 20 cards from the web, themes, dots, two proposals, and those who are told.

Everything goes through the pages: residents in browsers of their own (a phone, Arabic, no JavaScript), the others with
nothing but HTML. Each act is a function; what it leaves for the next ones is in `Story`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from app.permissions import Role
from tests.journeys import story_officials as officials
from tests.journeys.conftest import findings
from tests.journeys.story_people import PASSWORD, PHONE, House, Visit, number_in, staff_come
from tests.journeys.story_residents import said
from tests.visitor import Visitor

STAFF = {Role.OFFICIAL: "Anna Ek", Role.SECRETARY: "Sara Holm"}
ON_THE_WEB = 20
PAPER = [f"Lapp nummer {number}: det saknas något på gatan." for number in range(1, 26)]
FIRST = "Bänkar med armstöd."
ARABIC = "أريد أشجارًا أكثر."


@dataclass
class Story:
    """What has come about so far."""

    house: House
    now: datetime
    staff: dict[Role, Visit] = field(default_factory=dict)
    residents: list[Visit] = field(default_factory=list)
    dialogue: int = 0
    workshop: int = 0

    @property
    def page(self) -> str:
        return f"/dialoger/{self.dialogue}-gatan/verkstad/{self.workshop}"

    @property
    def desk(self) -> str:
        return f"{officials.DESK}/{self.dialogue}/verkstad/{self.workshop}"


@pytest.fixture
def story(the_app, own_database, chromium, catalogues) -> Iterator[Story]:
    house = House(the_app, chromium)
    try:
        yield Story(house, house.now().replace(second=0, microsecond=0))
    finally:
        house.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_workshop_evening(story: Story):
    story.staff = staff_come(story.house, STAFF)
    a_workshop_opens(story)
    paper_is_entered(story)
    twenty_write(story)
    dots_are_put(story)
    cards_are_sorted(story)
    two_proposals_come_of_it(story)
    it_goes_on_and_ends(story)


def a_workshop_opens(story: Story) -> None:
    official, secretary = story.staff[Role.OFFICIAL], story.staff[Role.SECRETARY]
    story.dialogue = officials.begin(official, "Gatan", "Hur ska gatan se ut?")
    officials.draft(official, story.dialogue, story.now, level="influence")
    official.open(f"{officials.DESK}/{story.dialogue}/verkstad")
    official.follow("Plan a workshop")
    official.send({"title": "Framtidsverkstad om gatan", "lead": "En kväll i biblioteket.", "dots": "2"})
    story.workshop = number_in(official.page.url, "verkstad/")
    officials.move(official, story.dialogue, "prepared")
    officials.record(secretary, story.dialogue, "halla", {"outcome": "approved", "section_no": "112"}, story.now)
    officials.move(official, story.dialogue, "announced")
    guest = story.house.someone()
    guest.open(story.page)
    assert findings(guest.page) == []
    story.house.wait_until(story.now + officials.OPENS)
    guest.open(story.page)
    assert said("sv", "Sign in and take part") in guest.words
    assert guest.context.cookies() == []
    guest.leave()


def paper_is_entered(story: Story) -> None:
    official = story.staff[Role.OFFICIAL]
    official.sign_in()
    official.open(f"{story.desk}/papper")
    official.send({"notes": "\n".join([*PAPER[:-1], "x" * 301])}, refused=True)
    assert "Line 25 has 301 characters." in official.words
    official.send({"notes": "\n".join(PAPER)})
    assert "Are these 25 notes right?" in official.words
    assert findings(official.page) == []
    official.press("Save 25 notes")
    assert "25 notes are on the board." in official.words
    guest = story.house.someone()
    guest.open(story.page)
    assert PAPER[0] in guest.words
    assert "Anna Ek" not in guest.words
    guest.leave()


def twenty_write(story: Story) -> None:
    house = story.house
    for number, how in enumerate((PHONE, {"java_script_enabled": False})):
        visit = house.someone(f"Vera {number}", f"vera{number}@example.se", **how)
        story.residents.append(visit)
        visit.sign_up()
        visit.open(story.page)
        visit.send({"text": FIRST if number == 0 else "Cykelställ vid stationen."})
        assert said("sv", "Thank you. Your card is on the board.") in visit.words
        if how.get("java_script_enabled", True):
            assert findings(visit.page) == []
    noor = house.someone("نور", "noor@example.se", language="ar")
    story.residents.append(noor)
    noor.sign_up()
    noor.open(story.page)
    noor.send({"text": ARABIC})
    assert noor.page.locator("article p[lang=ar]").inner_text() == ARABIC
    assert findings(noor.page) == []
    for number in range(len(story.residents), ON_THE_WEB):
        write_with_html_alone(story, number)


def write_with_html_alone(story: Story, number: int) -> None:
    visitor, address = Visitor(story.house.app), f"person{number}@example.se"
    visitor.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"  # people live in homes of their own
    visitor.get("/skapa-konto")
    visitor.submit({"email": address, "name": f"Person {number}"}, holding="email")
    visitor.get(story.house.mailbox.link(address))
    visitor.submit({"name": f"Person {number}", "password": PASSWORD}, holding="password")
    visitor.get(story.page)
    page = visitor.submit({"text": f"Kort nummer {number} från webben."}, holding="text")
    assert page.status == 200
    assert f"Kort nummer {number} från" in page.words


def dots_are_put(story: Story) -> None:
    """Each has two, on the phone, without JavaScript, in Arabic; a third is not offered."""
    for visit in story.residents:
        visit.open(story.page)
        for turn in range(2):
            button = visit.page.locator("article button", has_text=said(visit.language, "Put a dot")).nth(turn)
            with visit.page.expect_navigation():
                button.click()
        assert visit.page.locator("article button", has_text=said(visit.language, "Put a dot")).count() == 0
        assert visit.page.locator('article form[action*="/tillbaka"]').count() == 2
    phone = story.residents[0]
    phone.follow(said("sv", "See where your dots are"))
    assert findings(phone.page) == []
    phone.main.locator("li button").first.click()
    phone.page.wait_for_load_state()
    assert said("sv", "You have %(left)s of %(total)s dots left in this step.") % {"left": 1, "total": 2} in phone.words


def cards_are_sorted(story: Story) -> None:
    official = story.staff[Role.OFFICIAL]
    for name in ("Sitta", "Grönt"):
        official.open(f"{story.desk}/teman")
        official.send({"name": name})
    for name, texts in (("Sitta", [FIRST, PAPER[0], PAPER[1]]), ("Grönt", [ARABIC, PAPER[2]])):
        tick(story, texts, name)
        assert f"{len(texts)} cards are sorted." in official.words
    assert findings(official.page) == []


def tick(story: Story, texts: list[str], label: str) -> None:
    """Choose these cards and send them there."""
    official = story.staff[Role.OFFICIAL]
    official.open(f"{story.desk}/sortera/critique")
    for text in texts:
        official.main.locator("label.choice", has_text=text).first.locator("input").check()
    official.main.locator("[name=to]").select_option(label=label)
    official.press("Move the chosen cards")


def two_proposals_come_of_it(story: Story) -> None:
    official, phone, noor = story.staff[Role.OFFICIAL], story.residents[0], story.residents[2]
    story.house.mailbox.empty()
    for title, texts in (("Bänkar var femtionde meter", [FIRST, PAPER[0]]), ("Trettio lindar", [ARABIC, PAPER[2]])):
        tick(story, texts, "A new proposal")
        official.send({"title": title, "text": "Det här vill vi göra."})
        assert "The proposal is published." in official.words
    story.house.work()
    assert "Bänkar var femtionde meter" in story.house.mailbox.to(phone.email)[-1]
    assert "Trettio lindar" in story.house.mailbox.to(noor.email)[-1]
    guest = story.house.someone(**PHONE)
    guest.open(f"{story.page}/forslag")
    guest.follow("Bänkar var femtionde meter")
    assert FIRST in guest.words
    assert PAPER[0] in guest.words
    assert findings(guest.page) == []
    with guest.page.expect_navigation():
        guest.main.locator('a[href*="/kort/"]').first.click()
    assert guest.page.locator("article:target").count() == 1
    guest.leave()


def it_goes_on_and_ends(story: Story) -> None:
    official, phone = story.staff[Role.OFFICIAL], story.residents[0]
    story.house.mailbox.empty()
    official.open(f"{story.desk}/steg/vision")
    official.send({})
    story.house.work()
    assert len(story.house.mailbox.to(phone.email)) == 1
    phone.open(story.page)
    assert said("sv", "How would it be if everything were possible?") in phone.words
    official.open(f"{story.desk}/stang")
    official.send({})
    phone.open(story.page)
    assert said("sv", "This workshop is finished.") in phone.words
    assert "Trettio lindar" in phone.words
    assert phone.page.locator("form").count() <= 1  # signing out
    assert findings(phone.page) == []
