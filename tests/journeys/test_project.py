"""A joint project from its frame to its end, through the pages: two milestones and four tasks, a follower on a phone
without JavaScript, and a member who joins in Arabic, takes a task on, brings it along and tells how it goes.

Each act is a function; what it leaves for the next ones is in `Story`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import clock
from app.permissions import Role
from tests.journeys import story_officials as officials
from tests.journeys.conftest import findings
from tests.journeys.story_people import PHONE, House, Visit, number_in, staff_come
from tests.journeys.story_residents import said

STAFF = {Role.OFFICIAL: "Anna Ek", Role.SECRETARY: "Sara Holm"}
FRAME = {
    "title": "Tätortsvandringarna i Larv",
    "lead": "Bänkar och belysning där de saknas längs Storgatan.",
    "scope": "Var bänkarna ska stå. Järnvägens läge är bestämt av staten.",
    "money": "120 000 kronor.",
    "timing": "Klart före vintern.",
}
MILESTONES = ("Den första vandringen är gjord", "Bänkarna är på plats")
TASKS = ("Bjuda in till vandringen", "Prova tre sorters bänkar", "Rita en karta", "Ta in pris på stolpar")
MINE = TASKS[1]
NEWS = "جرّبنا ثلاثة مقاعد، والمقعد ذو المساند هو الأفضل."
CONCLUSION = "Fjorton bänkar står på plats. Stolparna sätts upp av kommunen i vår."


@dataclass
class Story:
    """What has come about so far."""

    house: House
    now: datetime
    staff: dict[Role, Visit] = field(default_factory=dict)
    follower: Visit | None = None
    member: Visit | None = None
    dialogue: int = 0
    project: int = 0

    @property
    def page(self) -> str:
        return f"/dialoger/{self.dialogue}-larv/projekt/{self.project}"

    @property
    def desk(self) -> str:
        return f"{officials.DESK}/{self.dialogue}/projekt/{self.project}"


@pytest.fixture
def story(the_app, own_database, chromium, catalogues) -> Iterator[Story]:
    house = House(the_app, chromium)
    try:
        yield Story(house, house.now().replace(second=0, microsecond=0))
    finally:
        house.close()


@pytest.mark.browser
@pytest.mark.slow
def test_a_joint_project(story: Story, tmp_path: Path):
    story.staff = staff_come(story.house, STAFF)
    a_project_is_planned(story)
    a_resident_follows_on_a_phone(story)
    another_joins_in_arabic(story)
    a_task_is_taken_on_and_told_of(story)
    it_is_done(story)
    all_of_it_leaves(story, tmp_path)


def a_project_is_planned(story: Story) -> None:
    """The dialogue, its project, two milestones and four tasks, one of them the municipality's."""
    official, secretary = story.staff[Role.OFFICIAL], story.staff[Role.SECRETARY]
    story.dialogue = officials.begin(official, "Larv", "Hur blir Larv en by att gå i?")
    officials.draft(official, story.dialogue, story.now, level="influence")
    official.open(f"{officials.DESK}/{story.dialogue}/projekt")
    official.follow("Start a project")
    official.send({"title": FRAME["title"]}, refused=True)
    official.send(FRAME)
    story.project = number_in(official.page.url, "projekt/")
    due = clock.local(story.now) + timedelta(days=30)
    for title in MILESTONES:
        official.follow("Plan a milestone")
        official.send({"title": title, "due_on": f"{due:%Y-%m-%d}"})
    for title in TASKS:
        official.follow("Plan a task")
        whose = "municipality" if title == TASKS[-1] else "nobody"
        official.send({"title": title, "due_on": f"{due:%Y-%m-%d}", "whose": whose})
    assert findings(official.page) == []
    officials.move(official, story.dialogue, "prepared")
    officials.record(secretary, story.dialogue, "halla", {"outcome": "approved", "section_no": "81"}, story.now)
    officials.move(official, story.dialogue, "announced")
    story.house.wait_until(story.now + officials.OPENS)


def a_resident_follows_on_a_phone(story: Story) -> None:
    """Reading sets no cookie; following is one button, without JavaScript."""
    visit = story.house.someone("Vera Lund", "vera@example.se", **PHONE, java_script_enabled=False)
    visit.open(story.page)
    assert visit.context.cookies() == []
    assert all(words in visit.words for words in (*MILESTONES, *TASKS, FRAME["money"]))
    visit.sign_up()
    visit.open(story.page)
    visit.press(said("sv", "Follow the project"))
    assert said("sv", "You follow the project, and get an e-mail when there is news of it.") in visit.words
    story.follower = visit


def another_joins_in_arabic(story: Story) -> None:
    noor = story.house.someone("نور", "noor@example.se", language="ar")
    story.member = noor
    noor.sign_up()
    noor.open(story.page)
    assert findings(noor.page) == []
    noor.follow(said("ar", "Ask to join"))
    assert findings(noor.page) == []
    noor.send({"name": "نور علي", "message": "أستطيع التحدث مع العائلات."})
    assert said("ar", "You have asked to join") in noor.words
    official = story.staff[Role.OFFICIAL]
    assert f"/projekt/{story.project}/deltagare" in story.house.mailbox.to(official.email)[-1]
    official.sign_in()
    official.open(f"{story.desk}/deltagare")
    assert "أستطيع التحدث مع العائلات." in official.words
    assert findings(official.page) == []
    with official.page.expect_navigation():
        official.main.get_by_role("button", name="Let them in").click()
    assert story.page.rpartition("/")[2] in story.house.mailbox.to(noor.email)[-1]


def a_task_is_taken_on_and_told_of(story: Story) -> None:
    """Taken on, half done, and told: everyone sees it, and the follower gets it by e-mail."""
    noor, vera = story.member, story.follower
    assert noor is not None
    assert vera is not None
    noor.open(story.page)
    noor.follow(MINE)
    noor.press(said("ar", "I take this on"))
    noor.send({"progress": "under_way", "percent": "mycket"}, refused=True)
    assert findings(noor.page) == []
    noor.send({"progress": "under_way", "percent": "50"})
    noor.open(f"{story.page}/nytt")
    story.house.mailbox.empty()
    noor.send({"text": NEWS})
    assert findings(noor.page) == []
    (mail,) = story.house.mailbox.to(vera.email)
    assert NEWS in mail
    assert "نور علي" in mail
    assert story.house.mailbox.to(noor.email) == []
    vera.open(story.page)
    assert NEWS in vera.words
    assert "50" in vera.main.locator("li", has_text=MINE).inner_text()
    assert vera.page.locator("article p[lang=ar]").inner_text() == NEWS


def it_is_done(story: Story) -> None:
    """After the closing those who are in go on; then the last milestone is reached and the project ends."""
    noor, vera, official = story.member, story.follower, story.staff[Role.OFFICIAL]
    assert noor is not None
    assert vera is not None
    story.house.wait_until(story.now + officials.CLOSES)
    noor.sign_in()
    noor.open(story.page)
    assert noor.main.get_by_role("link", name=said("ar", "Write a task")).count() == 0
    noor.follow(MINE)
    noor.send({"progress": "done"})
    story.house.mailbox.empty()
    official.sign_in()
    official.open(story.desk)
    with official.page.expect_navigation():
        official.main.get_by_role("button", name="It is reached " + MILESTONES[1]).click()
    official.follow("End the project")
    official.send({"conclusion": CONCLUSION})
    milestone, ended = story.house.mailbox.to(vera.email)
    assert MILESTONES[1] in milestone
    assert FRAME["title"] in ended
    vera.open(story.page)
    assert CONCLUSION in vera.words
    assert vera.main.get_by_role("button", name=said("sv", "Follow the project")).count() == 0
    guest = story.house.someone(viewport={"width": 320, "height": 640})
    guest.open(story.page)
    assert findings(guest.page) == []
    guest.leave()


def all_of_it_leaves(story: Story, folder: Path) -> None:
    """The files hold the project, and nobody's name; with the right to them, the names too."""
    number, plain, whole = str(story.dialogue), folder / "plain.json", folder / "whole.json"
    story.house.command("export", number, "--format", "json", "--out", str(plain))
    story.house.command("export", number, "--format", "json", "--out", str(whole), "--personal-data")
    text = plain.read_text(encoding="utf-8")
    for words in (FRAME["title"], *MILESTONES, *TASKS, NEWS, CONCLUSION):
        assert json.dumps(words, ensure_ascii=False)[1:-1] in text
    assert "noor@example.se" not in text
    assert "نور علي" not in text
    assert "noor@example.se" in whole.read_text(encoding="utf-8")
