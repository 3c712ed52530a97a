"""An advisory vote on three options, from its frames to a recount by an outsider who trusts nobody.

Codes come by letter; some vote on the web (a phone, Arabic, no JavaScript), some on paper, one tries both and one
changes the vote; two of three key holders open it with the program that the site serves. Afterwards a search through
the database, the logs and the mails finds no choice.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from app import db
from app.permissions import Role
from tests.journeys import story_officials as officials
from tests.journeys.conftest import findings
from tests.journeys.story_people import PHONE, House, Visit, number_in, staff_come
from tests.journeys.story_residents import said
from tests.visitor import Visitor

STAFF = {
    Role.OFFICIAL: "Anna Ek",
    Role.SECRETARY: "Sara Holm",
    Role.CONTACT_CENTRE: "Lotta Frid",
    Role.COMMUNICATIONS: "Kim Öberg",
}
HOLDERS = ("Sara Holm", "Rolf Revisor", "Olga Opposition")
PASSPHRASES = dict(zip(HOLDERS, ("en lång lösenfras 1", "en lång lösenfras 2", "en lång lösenfras 3"), strict=True))
OPTIONS = ("Klätterborg med rutschkana", "Vattenlek och sandlåda", "Stor gungställning")
FRAMES = {
    "title": "Lekplatsen",
    "question": "Vilken lekplats ska byggas i Tråvad?",
    "kind": "single",
    "options": "\n".join(OPTIONS),
    "audience": "codes",
    "eligible": "Alla hushåll i Tråvad",
    "area": "Parkvägen",
    "budget": "900 000 kronor",
    "tie": "body",
    "level": "A",
    "allow_change": True,
    "min_publish": "10",
}
CODES, ON_THE_WEB, ON_PAPER = 16, 11, 3


@dataclass
class Story:
    """What has come about so far."""

    house: House
    now: datetime
    folder: Path
    staff: dict[Role, Visit] = field(default_factory=dict)
    dialogue: int = 0
    vote: int = 0
    codes: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    tool: ModuleType | None = None

    @property
    def page(self) -> str:
        return f"/dialoger/{self.dialogue}-lekplatsen/omrostning/{self.vote}"

    @property
    def desk(self) -> str:
        return f"{officials.DESK}/{self.dialogue}/omrostning/{self.vote}"

    def at_home(self, number: int) -> Visitor:
        """Somebody with nothing but HTML, at an address of their own."""
        visitor = Visitor(self.house.app)
        visitor.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        return visitor


@pytest.fixture
def story(the_app, own_database, chromium, catalogues, tmp_path) -> Iterator[Story]:
    house = House(the_app, chromium)
    try:
        yield Story(house, house.now().replace(second=0, microsecond=0), tmp_path)
    finally:
        house.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_vote(story: Story, monkeypatch, caplog, capfd):
    story.staff = staff_come(story.house, STAFF)
    a_vote_is_framed_and_keyed(story, monkeypatch)
    the_body_decides_and_it_opens(story)
    before = everything_kept()
    with caplog.at_level(logging.DEBUG):
        people_vote_on_the_web(story)
        one_votes_again(story)
        some_vote_on_paper(story)
    written = caplog.text + "".join(capfd.readouterr())
    no_choice_is_written_down(story, before, written)
    it_closes_and_is_counted(story)
    two_holders_open_it(story, monkeypatch)
    it_is_certified_and_published(story)
    an_outsider_recounts(story)
    no_choice_is_tied_to_anybody(story)


def a_vote_is_framed_and_keyed(story: Story, monkeypatch) -> None:
    """The key is made with the program that the site serves, away from the site; each pair opens its trial."""
    official, folder = story.staff[Role.OFFICIAL], story.folder
    story.dialogue = officials.begin(official, "Lekplatsen", "Vilken lekplats ska byggas i Tråvad?")
    officials.draft(official, story.dialogue, story.now, level="codecision")
    official.open(f"{officials.DESK}/{story.dialogue}/omrostning/ny")
    official.send(FRAMES)
    story.vote = number_in(official.page.url, "omrostning/")
    official.open(story.desk + "/roster")
    letters = official.fetch({"number": str(CODES)}, "Make codes and fetch the file")
    story.codes = [code for _number, code in csv.reader(io.StringIO(letters.decode("utf-8-sig")), delimiter=";")][1:]
    assert len(set(story.codes)) == CODES
    story.tool = served_program(story, "opening")
    run(story, monkeypatch, ["keys", str(folder), *HOLDERS], HOLDERS)
    official.open(story.desk + "/nyckel")
    official.send({"file": folder / "public.json"})
    trial = official.page.context.request.get(official.at(story.desk) + "/nyckel/trial.json")
    assert trial.ok
    (folder / "trial.json").write_bytes(trial.body())
    for pair in combinations((1, 2, 3), 2):
        word = tried(story, monkeypatch, pair)
        official.open(story.desk + "/nyckel")
        official.send({"pair": f"{pair[0]}-{pair[1]}", "word": word})


def served_program(story: Story, name: str) -> ModuleType:
    """A program as anyone downloads it, loaded from the file."""
    answer = story.at_home(1).get(f"/omrostning/program/{name}.py")
    path = story.folder / f"{name}.py"
    path.write_text(answer.text)
    spec = importlib.util.spec_from_file_location(f"downloaded_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def run(story: Story, monkeypatch, words: list[str], holders: Any) -> None:
    """Run the opening program, the holders typing their passphrases."""
    waiting = [PASSPHRASES[holder] for holder in holders]
    assert story.tool is not None
    monkeypatch.setattr(story.tool.getpass, "getpass", lambda _prompt: waiting.pop(0))
    assert story.tool.main(words) == 0


def tried(story: Story, monkeypatch, pair: tuple[int, int]) -> str:
    """The word that this pair of holders reads out."""
    files = [str(story.folder / f"holder-{one}.json") for one in pair]
    with redirect_stdout(io.StringIO()) as heard:
        run(story, monkeypatch, ["try", str(story.folder / "trial.json"), *files], [HOLDERS[one - 1] for one in pair])
    return heard.getvalue().split()[-1]


def the_body_decides_and_it_opens(story: Story) -> None:
    official, secretary = story.staff[Role.OFFICIAL], story.staff[Role.SECRETARY]
    officials.move(official, story.dialogue, "prepared")
    officials.record(secretary, story.dialogue, "halla", {"outcome": "approved", "section_no": "118"}, story.now)
    officials.move(official, story.dialogue, "announced")
    official.open(story.desk + "/ramar", status=403)  # the frames stand
    story.house.wait_until(story.now + officials.OPENS)


def people_vote_on_the_web(story: Story) -> None:
    """Three in browsers of their own, the others with nothing but HTML."""
    ways: tuple[tuple[str, dict[str, Any]], ...] = (("sv", PHONE), ("ar", {}), ("sv", {"java_script_enabled": False}))
    for number, (language, how) in enumerate(ways):
        voter = story.house.someone(language=language, **how)
        voter.open(story.page + "/rosta")
        voter.send({"code": story.codes[number]})
        voter.send({"choice": str(1 + number % 3)})
        assert voter.page.url.endswith("/kontrollera")
        voter.send({})
        if how.get("java_script_enabled", True):
            assert findings(voter.page) == []
        story.receipts.append(voter.page.locator(".panel .code").inner_text())
        voter.leave()
    for number in range(len(ways), ON_THE_WEB):
        story.receipts.append(vote(story, number, 1 + number % 3))


def vote(story: Story, number: int, choice: int) -> str:
    visitor = story.at_home(10 + number)
    visitor.get(story.page + "/rosta")
    visitor.submit({"code": story.codes[number]}, holding="code")
    visitor.submit({"choice": str(choice)}, holding="choice")
    page = visitor.submit(holding=story.page + "/rosta")
    return str(page.find_all("b")[0].find(".//*").text)


def one_votes_again(story: Story) -> None:
    """The last ballot counts, with a receipt of its own."""
    number = ON_THE_WEB - 1
    again = vote(story, number, 3)
    assert again not in story.receipts
    story.receipts[number] = again


def some_vote_on_paper(story: Story) -> None:
    """One of them has voted on the web: paper takes its place, and the web is closed to that letter from then on."""
    centre = story.staff[Role.CONTACT_CENTRE]
    centre.sign_in()
    for code in (story.codes[0], *story.codes[ON_THE_WEB : ON_THE_WEB + ON_PAPER - 1]):
        centre.open(story.desk + "/papper")
        centre.send({"who": code})
    story.receipts.pop(0)
    both = story.at_home(99)
    both.get(story.page + "/rosta")
    page = both.submit({"code": story.codes[0]}, holding="code")
    assert said("sv", "You are marked as having voted on paper. That vote counts.") in page.words


def everything_kept() -> dict[str, int]:
    """How often each option is named in the database, outside the ballot paper."""
    rows = []
    with db.reading() as session:
        for table in db.Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                rows.append({name: value for name, value in row.items() if name not in ("paper", "ciphertext")})
    whole = json.dumps(rows, default=repr, ensure_ascii=False)
    return {option: whole.count(option) for option in OPTIONS}


def no_choice_is_written_down(story: Story, before: dict[str, int], written: str) -> None:
    """The database names each option as often as before the first ballot; logs and mails name none, nor a receipt."""
    assert everything_kept() == before
    mails = "\n".join(str(message) for message in story.house.mailbox.all())
    for secret in (*OPTIONS, *story.receipts, *story.codes):
        assert secret not in written
        assert secret not in mails


def it_closes_and_is_counted(story: Story) -> None:
    """Paper is counted by two people who do not see each other's figures."""
    story.house.wait_until(story.now + officials.CLOSES)
    figures = {"count_1": "2", "count_2": "0", "count_3": "1", "count_blank": "0", "count_invalid": "0"}
    for role in (Role.OFFICIAL, Role.CONTACT_CENTRE):
        counter = story.staff[role]
        counter.sign_in()
        counter.open(story.desk + "/rakning")
        counter.send({"station": "Biblioteket", **figures})
    assert "agree, and are confirmed" in counter.words


def two_holders_open_it(story: Story, monkeypatch) -> None:
    official, folder = story.staff[Role.OFFICIAL], story.folder
    official.sign_in()
    official.open(story.desk + "/blandning")
    official.send({})
    official.open(story.desk + "/oppning")
    (folder / "sealed.json").write_bytes(official.fetch({}, "Fetch the sealed ballots"))
    files = [str(folder / f"holder-{one}.json") for one in (1, 3)]
    words = ["open", str(folder / "sealed.json"), *files, str(folder / "result.json")]
    run(story, monkeypatch, words, (HOLDERS[0], HOLDERS[2]))
    official.open(story.desk + "/oppning")
    official.send({"file": folder / "result.json"})


def it_is_certified_and_published(story: Story) -> None:
    official, secretary = story.staff[Role.OFFICIAL], story.staff[Role.SECRETARY]
    guest = story.house.someone()
    guest.open(story.page + "/resultat")
    assert guest.page.locator("main table").count() == 0, "opened is not certified"
    secretary.sign_in()
    secretary.open(story.desk + "/faststallande")
    secretary.send({})
    officials.put_together(official, story.staff[Role.COMMUNICATIONS], story.dialogue, read=100)
    guest.open(story.page + "/resultat")
    assert guest.page.locator("main table").count() > 0
    assert findings(guest.page) == []
    guest.leave()


def an_outsider_recounts(story: Story) -> None:
    """With the published script and nothing but Python; the receipt of the last voter is in the list."""
    outsider, folder = story.at_home(200), story.folder
    package = outsider.get(story.page + "/granska/paket.json").text
    (folder / "package.json").write_text(package)
    (folder / "recount.py").write_text(outsider.get("/omrostning/program/recount.py").text)
    for receipt, status in ((story.receipts[-1], 0), ("ABCD-ABCD-ABCD-ABCD", 1)):
        ran = subprocess.run(
            [sys.executable, "-I", "-S", "recount.py", "package.json", receipt],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (ran.returncode, ran.stderr) == (status, ""), ran.stdout
    result = json.loads(package)
    # On the web 4, 4 and 3; the first went to paper, the last was changed from 2 to 3. On paper 2, 0 and 1.
    assert result["result"] == {"1": 3 + 2, "2": 3, "3": 4 + 1}
    assert result["roll"] == {"listed": CODES, "web": ON_THE_WEB - 1, "paper": ON_PAPER}


def no_choice_is_tied_to_anybody(story: Story) -> None:
    """What is published holds neither codes nor names of the voters' rows."""
    package = (story.folder / "package.json").read_text()
    assert not [code for code in story.codes if code in package]
    mails = "\n".join(str(message) for message in story.house.mailbox.all())
    assert not [one for one in (*story.receipts, *story.codes) if one in mails]
