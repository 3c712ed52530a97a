"""The suite catches what it is there to catch: each planted fault turns its own check red, and no other one."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import false, select

from app.dialogues.rules import is_lead
from app.ladder import LEVELS
from app.levels.consultation.surveys.models import Survey
from app.levels.information.articles.models import Article
from app.permissions import anyone
from app.questions.models import Answer
from tests.conformance import broken, checks_rooms, samples
from tests.conformance import broken_ways_out as ways
from tests.conformance.broken import ARTICLES, SURVEYS, Broken
from tests.conformance.checks import CHECKS

QUICK = ("rooms", "actions", "events", "exports", "answers", "cards")  # asked about every fault

FAULTS = {
    "an action without a rule": Broken("actions", "surveys:answer has no rule", broken.no_rule),
    "an empty rule": Broken("actions", "is empty", broken.empty_rule),
    "a write that requires nothing": Broken("actions", "take_over takes an actor", broken.service_without_require),
    "an answer at any stage": Broken("stages", "a guest may", broken.without_stage("ANSWER", anyone)),
    "a change at any stage": Broken("stages", "official everywhere", broken.without_stage("EDIT", is_lead)),
    "a stage that spares one role": Broken("stages", "administrator everywhere", broken.spares_one_role),
    "a rule that nobody passes": Broken("stages", "nobody may ever", broken.without_stage("EDIT", broken.never)),
    "a reason in English only": Broken("stages", "not translated into ar", broken.without_stage("VISIT", broken.never)),
    "an event without a sentence": Broken("events", "Mute: it has no sentence", broken.event(broken.Mute)),
    "an event that nobody registered": Broken("events", "not registered", broken.event(broken.Untold, known=False)),
    "an event without a notice": Broken("events", "has no notice", broken.event(broken.Untold, told=False)),
    "a sentence in English only": Broken("events", "not translated into sv", broken.event(broken.OnlyEnglish)),
    "a mail that is not there": Broken("events", "no such template", broken.template("nowhere")),
    "a mail without its facts": Broken("events", "the mail asks for", broken.template("dialogue_closed")),
    "a wide row": Broken("exports", "headings", ways.export(ways.wide)),
    "an export held whole": Broken("exports", "are a list", ways.export(ways.held_whole)),
    "a wrong count": Broken("exports", "it counts", ways.export(ways.miscounted)),
    "people in an export": Broken("export secrets", "a person's name", ways.export(ways.nothing_personal)),
    "hidden texts in an export": Broken("export secrets", "has hidden leaves", ways.export(ways.hidden_too)),
    "a list that shows drafts": Broken(
        "lists", "the list shows", ways.listing(ARTICLES, "article", lambda _: select(Article))
    ),
    "a list that shows what is taken away": Broken(
        "lists", "the list shows", ways.listing(SURVEYS, "survey", lambda _: select(Survey))
    ),
    "a list that shows waiting texts": Broken(
        "lists", "a guest", ways.listing(SURVEYS, "answer", lambda _: select(Answer).where(Answer.review_id > 0))
    ),
    "a list that keeps back": Broken(
        "lists", "the list keeps from", ways.listing(ARTICLES, "article", lambda _: select(Article).where(false()))
    ),
    "a search that shows drafts": Broken("search", "which the rule refuses", ways.search_asks_nobody),
    "a search by a list that shows drafts": Broken(
        "search", "search finds", ways.listing(ARTICLES, "article", lambda _: select(Article))
    ),
    "a search that takes texts for HTML": Broken("search", "unescaped", ways.search_marks_up),
    "an index left behind": Broken("search", "other words", ways.indexed_past_the_house, "cards"),
    "a mail that quotes hidden texts": Broken("mail secrets", "that they may not read", ways.tells_everyone, "events"),
    "a page that shows drafts": Broken(
        "page secrets", "articles.index shows", ways.page(ARTICLES, "articles.index", ways.escaped)
    ),
    "a feed that shows drafts": Broken(
        "page secrets", "site.front shows", ways.page(ARTICLES, "site.front", ways.escaped)
    ),
    "an unescaped name": Broken("escaping", "unescaped", ways.page(ARTICLES, "articles.news", ways.raw)),
    "a question for each row": Broken("costs", "with many", ways.page(ARTICLES, "articles.news", ways.one_by_one)),
    "a need without words": Broken("answers", "not translated", ways.field("ready", ways.lacks_words)),
    "a result that waits without words": Broken("answers", "not translated", ways.field("settled", ways.lacks_words)),
    "somebody told twice": Broken("answers", "somebody twice", ways.field("participants", ways.told_twice)),
    "an empty demo": Broken("demo", "adds nothing", ways.field("demo", lambda _town: None)),
    "a card with an old title": Broken("cards", "another title", ways.retitled),
    "a card left standing": Broken("cards", "may not read", ways.drops_no_card),
    "a level left out": Broken("rooms", "without a gap", ways.field("offered_at", (LEVELS[0], LEVELS[2]))),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_turns_its_check_red_and_no_other(house, monkeypatch, name):
    fault = FAULTS[name]
    method = fault.plant(monkeypatch, house)
    complaints = CHECKS[fault.check](method, house)
    assert any(fault.words in one for one in complaints), complaints
    quick = [check for check in QUICK if check not in (fault.check, fault.also)]
    others = {check: CHECKS[check](method, house) for check in quick}
    assert {check: said for check, said in others.items() if said} == {}


ROOMS = {
    "a drawer": ("utils.py", "", "utils is no room"),
    "a second manifest": ("queries.py", "OTHER = ladder.Method()", "makes 1 manifests"),
    "a manifest with more in it": ("method.py", "def helper():\n    pass", "more than the manifest: helper"),
}


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_out_of_order_is_seen(the_app, tmp_path, name):
    file, line, words = ROOMS[name]
    folder = _copied(tmp_path)
    assert checks_rooms.check(ARTICLES, the_app, folder) == []
    with (folder / file).open("a", encoding="utf-8") as room:
        room.write(f"\n\n{line}\n")
    assert any(words in one for one in checks_rooms.check(ARTICLES, the_app, folder))


@pytest.mark.parametrize("room", checks_rooms.NEEDED)
def test_a_missing_room_is_seen(the_app, tmp_path, room):
    folder = _copied(tmp_path)
    (folder / f"{room}.py").unlink()
    assert f"there is no {room}.py" in checks_rooms.check(ARTICLES, the_app, folder)


def test_a_folder_under_another_name_is_seen(the_app, tmp_path):
    folder = _copied(tmp_path).rename(tmp_path / "article")
    complaints = checks_rooms.check(ARTICLES, the_app, folder)
    assert len(complaints) == 3, complaints  # not the key, not plural, not at its level


def _copied(tmp_path):
    """The sound method's folder, to be broken."""
    real = samples.ROOT / samples.package_of(ARTICLES).replace(".", "/")
    return shutil.copytree(real, tmp_path / ARTICLES.level.key / ARTICLES.key)
