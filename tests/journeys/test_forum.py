"""An elected representative and forty residents discuss; one insults, is reported, hidden and told why; it ends well.

Everything goes through the pages: six residents in browsers of their own (a phone, Arabic, no JavaScript), the others
with nothing but HTML. Each act is a function; what it leaves for the next ones is in `Story`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from app.permissions import Role
from tests.journeys import story_officials as officials
from tests.journeys.conftest import findings
from tests.journeys.story_people import PASSWORD, PHONE, House, Visit, number_in, staff_come
from tests.journeys.story_residents import said
from tests.visitor import Visitor

STAFF = {
    Role.OFFICIAL: "Anna Ek",
    Role.SECRETARY: "Sara Holm",
    Role.MODERATOR: "Maja Lind",
    Role.ELECTED: "Erik Sand",
}
RESIDENTS = 40
SMALL = {"viewport": {"width": 320, "height": 640}}
DARK = {"color_scheme": "dark"}
INSULT = "Du är dum i huvudet, Vera."
FIRST = "Torget behöver träd och bänkar."
CONCLUSION = "### Det här sades\n\nDe flesta vill ha **träd** och ljus.\n\n- För: skugga\n- Emot: löv"


@dataclass
class Story:
    """What has come about so far."""

    house: House
    now: datetime
    staff: dict[Role, Visit] = field(default_factory=dict)
    residents: list[Visit] = field(default_factory=list)
    dialogue: int = 0
    thread: int = 0
    insult: int = 0

    @property
    def page(self) -> str:
        return f"/dialoger/{self.dialogue}-torget/forum/{self.thread}"


@pytest.fixture
def story(the_app, own_database, chromium, catalogues) -> Iterator[Story]:
    house = House(the_app, chromium)
    try:
        yield Story(house, house.now().replace(second=0, microsecond=0))
    finally:
        house.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_forum(story: Story):
    story.staff = staff_come(story.house, STAFF)
    a_thread_opens(story)
    forty_write(story)
    one_insults(story)
    an_elected_representative_answers(story)
    a_reader_reports_and_a_moderator_hides(story)
    it_closes_with_a_conclusion(story)


def a_thread_opens(story: Story) -> None:
    official, secretary = story.staff[Role.OFFICIAL], story.staff[Role.SECRETARY]
    story.dialogue = officials.begin(official, "Torget", "Hur ska torget se ut?")
    officials.draft(official, story.dialogue, story.now, level="discussion")
    official.open(f"{officials.DESK}/{story.dialogue}/forum")
    official.follow("Start a thread")
    official.send({"title": "Vad saknas på torget?", "lead": "Tänk på alla årstider."})
    story.thread = number_in(official.page.url, "forum/")
    officials.move(official, story.dialogue, "prepared")
    officials.record(secretary, story.dialogue, "halla", {"outcome": "approved", "section_no": "112"}, story.now)
    officials.move(official, story.dialogue, "announced")
    guest = story.house.someone()
    guest.open(story.page)
    assert findings(guest.page) == []
    story.house.wait_until(story.now + officials.OPENS)
    guest.open(story.page)
    assert said("sv", "Sign in and write") in guest.words
    assert guest.context.cookies() == []
    guest.leave()


def forty_write(story: Story) -> None:
    """Each browser is a little different; all of them get there."""
    house = story.house
    ways = (PHONE, {}, {"java_script_enabled": False}, SMALL, DARK)
    for number, how in enumerate(ways):
        visit = house.someone(f"Vera {number}", f"vera{number}@example.se", **how)
        story.residents.append(visit)
        visit.sign_up()
        visit.open(story.page)
        if how.get("java_script_enabled", True):
            assert findings(visit.page) == []
        visit.send({"text": FIRST if number == 0 else f"Jag är nummer {number} och vill ha ljus."})
        assert said("sv", "Thank you. Your post is shown below.") in visit.words
    noor = house.someone("نور", "noor@example.se", language="ar")
    story.residents.append(noor)
    noor.sign_up()
    noor.open(story.page)
    noor.send({"text": "أريد أشجارًا أكثر."})
    mine = noor.page.locator("article p[lang=ar]")
    assert mine.inner_text() == "أريد أشجارًا أكثر."
    assert findings(noor.page) == []
    for number in range(len(story.residents), RESIDENTS):
        write_with_html_alone(story, number)


def write_with_html_alone(story: Story, number: int) -> None:
    visitor, address = Visitor(story.house.app), f"person{number}@example.se"
    visitor.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"  # people live in homes of their own
    visitor.get("/skapa-konto")
    visitor.submit({"email": address, "name": f"Person {number}"}, holding="email")
    visitor.get(story.house.mailbox.link(address))
    visitor.submit({"name": f"Person {number}", "password": PASSWORD}, holding="password")
    visitor.get(story.page)
    page = visitor.submit({"text": f"Inlägg nummer {number} av dem som bor här."}, holding="text")
    assert page.status == 200
    assert f"Inlägg nummer {number} av" in page.words  # on whichever page it stands


def one_insults(story: Story) -> None:
    """As an answer to the first post; somebody answers it."""
    bo, other = story.residents[1], story.residents[3]
    bo.open(story.page)
    _answer(bo, FIRST)
    bo.send({"text": INSULT, "quotes": True})
    story.insult = number_in(bo.page.url, "inlagg-")
    assert "Vera 1" in story.house.mailbox.to(story.residents[0].email)[-1]
    other.open(story.page)
    _answer(other, INSULT)
    assert findings(other.page) == []
    other.send({"text": "Så skriver vi inte till varandra."})


def _answer(visit: Visit, text: str) -> None:
    post = visit.page.locator("article", has_text=text).first
    with visit.page.expect_navigation():
        post.locator('a[href*="/svara/"]').click()


def an_elected_representative_answers(story: Story) -> None:
    erik = story.staff[Role.ELECTED]
    erik.sign_in()
    erik.open(story.page)
    _answer(erik, FIRST)
    erik.send({"text": "Tack. Jag tar med mig träden till nämnden."})
    guest = story.house.someone()
    guest.open(story.page)
    mine = guest.page.locator("article", has_text="Jag tar med mig träden")
    assert said("sv", "Elected representative") in mine.inner_text()
    guest.leave()


def a_reader_reports_and_a_moderator_hides(story: Story) -> None:
    guest, moderator, bo = story.house.someone(), story.staff[Role.MODERATOR], story.residents[1]
    guest.open(f"{story.page}/inlagg/{story.insult}")
    post = guest.page.locator(f"#inlagg-{story.insult}")
    with guest.page.expect_navigation():
        post.locator('a[href*="/anmal/"]').click()
    guest.send({"ground": "insult"})
    moderator.sign_in()
    officials.hide(moderator, INSULT, "insult", "Skriv gärna igen utan okvädinsord.")
    mail = story.house.mailbox.to(bo.email)[-1]
    assert said("sv", "A text must not insult anyone, or attack a group of people for who they are.") in mail
    assert "Skriv gärna igen utan okvädinsord." in mail
    for path in (story.page, f"{story.page}/inlagg/{story.insult}", f"/ar{story.page}"):
        guest.open(path)
        assert INSULT not in guest.page.content()
        assert "Så skriver vi inte till varandra." in guest.words
        assert findings(guest.page) == []
    guest.leave()


def it_closes_with_a_conclusion(story: Story) -> None:
    """A form that was open when it closed is refused; the conclusion stands on top, and forty are told."""
    house, late, official = story.house, story.residents[2], story.staff[Role.OFFICIAL]
    closes = story.now + officials.CLOSES
    house.wait_until(closes - timedelta(minutes=5))
    late.sign_in()
    late.open(story.page)
    late.main.locator("[name=text]").fill("För sent")
    house.wait_until(closes)
    late.press(said("sv", "Send the post"))
    assert late.page.locator("article", has_text="För sent").count() == 0
    house.mailbox.empty()
    official.sign_in()
    official.open(f"{officials.DESK}/{story.dialogue}/forum/{story.thread}/slutsats")
    official.send({"conclusion": CONCLUSION})
    told = [message["To"] for message in house.mailbox.all()]
    assert len(told) == len(set(told)) == RESIDENTS + 1
    guest = house.someone(**SMALL)
    guest.open(story.page)
    assert "De flesta vill ha träd och ljus." in guest.words
    assert guest.words.index("De flesta vill ha träd") < guest.words.index(FIRST)
    assert guest.page.locator("form").count() == 0
    assert findings(guest.page) == []
    guest.leave()
