"""The story that proves the house: a question with a decision behind it, thirty answers, and what becomes of them.

Everything goes through the pages, by people who signed up through them; only the first administrator comes by the
command line. Each act is a function; what it leaves for the next ones is in `Story`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.permissions import Role
from tests.journeys import story_exports as exports
from tests.journeys import story_officials as officials
from tests.journeys import story_residents as residents
from tests.journeys import story_truth as truth
from tests.journeys.story_people import House, Visit, number_in, staff_come

STAFF = {
    Role.OFFICIAL: "Anna Ek",
    Role.SECRETARY: "Sara Holm",
    Role.TRANSLATOR: "Omar Haddad",
    Role.COMMUNICATIONS: "Kim Öberg",
    Role.MODERATOR: "Maja Lind",
}
WHY_HIDDEN = "Skriv gärna igen utan okvädinsord."
MINUTE = timedelta(minutes=1)


@dataclass
class Story:
    """What has come about so far."""

    house: House
    now: datetime  # when the story begins
    staff: dict[Role, Visit] = field(default_factory=dict)
    members: list[Visit] = field(default_factory=list)
    dialogue: int = 0
    survey: int = 0
    account_survey: int = 0

    @property
    def page(self) -> str:
        return f"/dialoger/{self.dialogue}-torget-i-travad"

    def at(self, survey: int) -> str:
        return f"{self.page}/enkat/{survey}"


@pytest.fixture
def story(the_app, own_database, chromium, catalogues) -> Iterator[Story]:
    house = House(the_app, chromium)
    try:
        yield Story(house, house.now().replace(second=0, microsecond=0))
    finally:
        house.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_story(story: Story, tmp_path: Path):
    story.staff = staff_come(story.house, STAFF)
    a_doubt_is_kept(story)
    a_dialogue_is_prepared(story)
    the_body_decides(story)
    two_people_translate(story)
    it_is_announced_and_opens_by_the_clock(story)
    thirty_answer(story)
    members_answer(story)
    nobody_answers_twice(story)
    a_moderator_hides_an_insult(story)
    it_closes_by_the_clock(story)
    the_result_is_shown(story)
    a_reader_reports(story)
    every_file_holds_what_they_typed(story, tmp_path)
    they_are_told_what_became_of_it(story)


def a_doubt_is_kept(story: Story) -> None:
    """One “doubtful” closes the gate; the reason stays on record and the question is not public."""
    official, guest = story.staff[Role.OFFICIAL], story.house.someone()
    refused = officials.begin(official, "Ny bro", "Ska vi bygga en bro?", doubt=officials.DOUBT)
    assert "This is not a question for a dialogue now" in official.words
    assert officials.DOUBT in official.words
    official.open(f"{officials.DESK}/{refused}/flytta/prepared")
    assert "All four criteria must be answered with yes." in official.words
    assert not official.main.locator("form").count()
    officials.move(official, refused, "unsuitable", "Vi frågar när ritningen är klar.")
    story.staff[Role.SECRETARY].open(f"/beslut/{refused}")
    assert officials.DOUBT in story.staff[Role.SECRETARY].words
    guest.open(f"/dialoger/{refused}-ny-bro", status=404)
    guest.leave()


def a_dialogue_is_prepared(story: Story) -> None:
    official = story.staff[Role.OFFICIAL]
    story.dialogue = officials.begin(official, truth.TITLE, truth.QUESTION)
    assert "The question is suitable for a dialogue" in official.words
    officials.draft(official, story.dialogue, story.now)
    questions = truth.OPEN_QUESTIONS
    story.survey = officials.survey(
        official, story.dialogue, truth.OPEN_SURVEY, "anyone", truth.OPEN_INTRO, questions
    )  # fmt: skip
    story.account_survey = officials.survey(
        official, story.dialogue, truth.ACCOUNT_SURVEY, "account", truth.ACCOUNT_INTRO, truth.ACCOUNT_QUESTIONS
    )  # fmt: skip
    officials.move(official, story.dialogue, "prepared")


def the_body_decides(story: Story) -> None:
    """Its secretary records body, day, § and case number; the official cannot, and cannot announce before it."""
    official, secretary = story.staff[Role.OFFICIAL], story.staff[Role.SECRETARY]
    official.open(f"/beslut/{story.dialogue}/halla", status=403)
    decision = {"outcome": "approved", "section_no": "112"}
    officials.record(secretary, story.dialogue, "halla", decision, story.now)
    assert "§ 112" in secretary.words
    assert "KS 2026/77" in secretary.words


def two_people_translate(story: Story) -> None:
    """One writes, another reviews: who wrote it cannot."""
    writer, reviewer = story.staff[Role.TRANSLATOR], story.staff[Role.COMMUNICATIONS]
    officials.translate(writer, story.dialogue)
    with writer.page.expect_navigation():
        writer.main.locator("ul.tasks a").first.click()
    assert "You wrote this translation." in writer.words
    officials.review(reviewer, story.dialogue)
    reviewer.open(f"/oversattning/dialoger/{story.dialogue}/ar?kvar=1")
    assert "Nothing remains here." in reviewer.words


def it_is_announced_and_opens_by_the_clock(story: Story) -> None:
    guest = story.house.someone(java_script_enabled=False)
    officials.move(story.staff[Role.OFFICIAL], story.dialogue, "announced")
    guest.open(story.at(story.survey))
    assert not guest.main.get_by_role("link", name=residents.said("sv", "Answer the survey")).count()
    story.house.wait_until(story.now + officials.OPENS)
    guest.open(story.at(story.survey))
    assert guest.main.get_by_role("link", name=residents.said("sv", "Answer the survey")).count()
    guest.open("/dialoger")
    guest.follow(truth.TITLE)
    assert truth.PROMISE in guest.words
    guest.leave()


def thirty_answer(story: Story) -> None:
    """Those in MEMBERS are signed in, the others have no account. Quick ones share a browser that forgets each."""
    house, quick = story.house, None
    signed_in = {member.resident: member for member in truth.MEMBERS}
    for place, one in enumerate(truth.RESIDENTS):
        visit = quick if one.way == "quick" and quick else residents.browser_of(house, one)
        if place in signed_in:
            visit.name, visit.email = signed_in[place].name, signed_in[place].email
            visit.sign_up()
            story.members.append(visit)
        residents.answer(visit, story.at(story.survey), one)
        if one.way == "quick":
            quick = visit
            visit.context.clear_cookies()
        elif place not in signed_in and one.language == "ar":
            assert visit.page.locator("html").get_attribute("dir") == "rtl"
            visit.leave()


def members_answer(story: Story) -> None:
    guest = story.house.someone()
    guest.open(story.at(story.account_survey))
    assert residents.said("sv", "Create an account") in guest.words
    guest.leave()
    for visit, member in zip(story.members, truth.MEMBERS, strict=True):
        residents.answer_as_member(visit, story.at(story.account_survey), member)


def nobody_answers_twice(story: Story) -> None:
    """Who comes back is told that the answer is in, with its receipt: with an account from any browser."""
    member = story.members[0]
    for survey in (story.survey, story.account_survey):
        member.open(story.at(survey))
        assert residents.said("sv", "You have answered this survey.") in member.words
        member.open(f"{story.at(survey)}/fraga/1")
        assert "/kvitto/" in member.page.url
    elsewhere = story.house.someone(member.name, member.email, java_script_enabled=False)
    elsewhere.sign_in()
    elsewhere.open(f"{story.at(story.account_survey)}/fraga/1")
    assert "/kvitto/" in elsewhere.page.url
    elsewhere.leave()


def a_moderator_hides_an_insult(story: Story) -> None:
    """With a ground and a word, which the author reads in a mail."""
    moderator, bo = story.staff[Role.MODERATOR], truth.MEMBERS[1]
    moderator.sign_in()
    officials.hide(moderator, truth.INSULT, "insult", WHY_HIDDEN)
    mail = story.house.mailbox.to(bo.email)[-1]
    assert residents.said("sv", "A text must not insult anyone, or attack a group of people for who they are.") in mail
    assert WHY_HIDDEN in mail
    officials.show_the_rest(moderator)


def it_closes_by_the_clock(story: Story) -> None:
    """Somebody is in the middle of it, and is told; what they wrote so far is not kept."""
    house, late = story.house, story.house.someone(java_script_enabled=False)
    house.wait_until(story.now + officials.CLOSES - 5 * MINUTE)
    late.open(story.at(story.survey))
    late.follow(residents.said("sv", "Answer the survey"))
    late.main.get_by_label(truth.CALLED).fill(truth.LATE)
    house.wait_until(story.now + officials.CLOSES)
    late.press(residents.said("sv", "Continue"))
    assert "har inte sparats" in late.words
    late.leave()


def the_result_is_shown(story: Story) -> None:
    """To guests, without JavaScript, as tables with bars; hidden texts are nowhere."""
    guest, official = story.house.someone(java_script_enabled=False), story.staff[Role.OFFICIAL]
    guest.open(story.at(story.survey) + "/resultat")
    assert not guest.main.locator("table.result").count()
    official.sign_in()
    officials.put_together(official, story.staff[Role.COMMUNICATIONS], story.dialogue, read=100)
    story.house.work()
    guest.open(story.page + "/resultat")
    assert truth.FINDING in guest.words
    assert truth.THEME in guest.words
    guest.open(story.at(story.survey) + "/resultat")
    assert guest.main.locator("table.result").count() == 3
    assert guest.main.locator("svg.bar").count() > 5
    lekplats = sum("Lekplats" in one.wishes for one in truth.RESIDENTS)
    row = guest.main.locator("tr", has_text="Lekplats")
    assert row.locator("td").first.inner_text() == str(lekplats)
    assert _texts(guest, story, truth.WHY) == [one.why.strip() for one in truth.RESIDENTS if one.why.strip()][::-1]
    assert truth.INSULT not in _texts(guest, story, truth.SECRET, survey=story.account_survey)
    guest.leave()


def _texts(guest: Visit, story: Story, question: str, *, survey: int | None = None) -> list[str]:
    """Every text that is shown of a question, newest first."""
    guest.open(story.at(survey or story.survey) + "/resultat")
    section = guest.main.locator("section", has_text=question)
    with guest.page.expect_navigation():
        section.locator("a[href*='/resultat/']").click()
    found = []
    while True:
        found += [one.text_content() or "" for one in guest.main.locator("li.post p.lines").all()]
        older = guest.main.locator("a[href*='aldre=']")
        if not older.count():
            return found
        with guest.page.expect_navigation():
            older.first.click()


def a_reader_reports(story: Story) -> None:
    """A guest reports a text that accuses somebody; the moderator hides it, and it is gone from the result."""
    guest, moderator = story.house.someone(java_script_enabled=False), story.staff[Role.MODERATOR]
    assert truth.REPORTED in _texts(guest, story, truth.WHY)
    guest.page.go_back()
    with guest.page.expect_navigation():
        guest.main.locator("li.post", has_text=truth.REPORTED).get_by_role("link").click()
    guest.send({"ground": "personal_data", "note": "Kjell är min granne."})
    moderator.sign_in()
    officials.hide(moderator, truth.REPORTED, "personal_data", "")
    assert truth.REPORTED not in _texts(guest, story, truth.WHY)
    guest.leave()


def every_file_holds_what_they_typed(story: Story, folder: Path) -> None:
    """Both ways, every format, with and without personal data, cell by cell."""
    official = story.staff[Role.OFFICIAL]
    official.sign_in()
    for personal in (False, True):
        hidden = (truth.INSULT, truth.REPORTED)
        rows = exports.expected(truth.RESIDENTS, truth.MEMBERS, hidden, personal=personal)
        for format_ in exports.FORMATS:
            fetched = exports.by_browser(official, story.dialogue, format_, folder, personal=personal)
            written = exports.by_command(story.house, story.dialogue, format_, folder, personal=personal)
            true = exports.as_written(rows, format_)
            for path in (fetched, written):
                tables = exports.read(path, format_)
                for found, wanted in zip(exports.responses(tables), true, strict=True):
                    assert found == wanted, f"{format_}, personal={personal}"
                if not personal:
                    _holds_no_person(tables)


def _holds_no_person(tables: dict[str, list[list[str]]]) -> None:
    words = "\n".join(cell for table in tables.values() for row in table for cell in row)
    for member in truth.MEMBERS:
        assert member.email not in words
    for secret in (truth.INSULT, truth.REPORTED, "anna.ek@vara.example"):
        assert secret not in words


def they_are_told_what_became_of_it(story: Story) -> None:
    """The body decides in the matter; communications write the answer, which everyone reads and members hear of."""
    house, official, secretary = story.house, story.staff[Role.OFFICIAL], story.staff[Role.SECRETARY]
    kim, guest = story.staff[Role.COMMUNICATIONS], house.someone(java_script_enabled=False)
    officials.hand_over(official, secretary, story.dialogue, story.now)
    guest.open(story.page + "/resultat/rapport/1")
    assert truth.FINDING in guest.words
    house.wait_until(story.now + timedelta(days=21))
    secretary.sign_in()
    officials.record(
        secretary, story.dialogue, "arendet", {"outcome": "approved", "section_no": "9"}, story.now + timedelta(days=20)
    )
    kim.sign_in()
    officials.consider(kim, story.dialogue, "Sju träd planteras på södra sidan.")
    kim.open(f"{officials.DESK}/{story.dialogue}/aterkoppling")
    kim.send({"heading": "Torget får träd", "lead": "Ni ville ha skugga.", "body": "Lekplatsen byggs **i vår**."})
    officials.move(kim, story.dialogue, "fed_back")
    guest.open(story.page + "/aterkoppling")
    assert "Torget får träd" in guest.words
    assert "§ 9" in guest.words
    assert "Sju träd planteras på södra sidan." in guest.words
    mails = house.mailbox.to(truth.MEMBERS[0].email)
    assert any("Torget får träd" in mail for mail in mails)
    assert number_in(guest.page.url, "dialoger/") == story.dialogue
