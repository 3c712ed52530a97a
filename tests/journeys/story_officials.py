"""What officials, the secretary, translators, the moderator and communications do in the story, each in their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.dialogues.preparation.words import GROUNDS
from app.permissions import Role
from tests.journeys import story_truth as truth
from tests.journeys.story_people import Visit, number_in, substitute_of
from tests.mailbox import paths

DESK = "/arbetsyta/dialoger"
CRITERIA = ("influenceable", "open_minded", "knowledge_needed", "understanding_gained")
NOTHING_AGAINST = {
    "position": "no",
    "position_reason": "Nämnden väntar med sitt ställningstagande.",
    "prior": "no",
    "prior_reason": "Protokollen är genomgångna.",
    "case_number": "KS 2026/77",
    "area": "gator",
    "area_reason": "Gatan är kommunens.",
    "value": "De som går där vet vad som hindrar dem.",
}  # what is asked beside the criteria
DOUBT = "Nämnden har redan bett om en ritning."
OPENS, CLOSES = timedelta(days=1), timedelta(days=8)  # from the beginning of the story


def begin(official: Visit, title: str, question: str, *, doubt: str = "") -> int:
    """A new dialogue and its criteria; with `doubt` the second answer is “doubtful”, for this reason."""
    official.open(DESK + "/ny")
    official.send({"title": title, "question": question})
    dialogue_id = number_in(official.page.url, "dialoger/")
    answers = dict.fromkeys(CRITERIA, "yes") | ({"open_minded": "doubtful"} if doubt else {})
    reasons = {f"{key}_reason": doubt if answers[key] == "doubtful" else f"Ja, eftersom {key}." for key in CRITERIA}
    official.send(answers | reasons | NOTHING_AGAINST)
    return dialogue_id


def move(someone: Visit, dialogue_id: int, to: str, note: str = "") -> None:
    someone.open(f"{DESK}/{dialogue_id}/flytta/{to}")
    someone.send({"note": note})


def draft(staff: Mapping[Role, Visit], dialogue_id: int, now: datetime, *, level: str = "consultation") -> None:
    """Everything that is thought through before the body decides, and what it decides about."""
    official, here, day = staff[Role.OFFICIAL], f"{DESK}/{dialogue_id}", clock.local(now)
    decides = f"{day + timedelta(days=34):%Y-%m-%d}"
    plan_meeting(staff[Role.SECRETARY], decides, f"{day + timedelta(days=24):%Y-%m-%d}")
    parts: dict[str, dict[str, Any]] = {
        "syfte": {"purpose": truth.PURPOSE},
        "niva": {
            "level": level,
            "goals": ["livskvalitet"],
            "target_groups": "De som är på torget, och de som inte är där.",
            "resources": "En handläggare en dag i veckan.",
            "level_reason": "Frågan är öppen, och det finns tid.",
        },
        "lofte": {
            "body_key": "kommunstyrelsen",
            "promise": truth.PROMISE,
            "commitment": truth.COMMITMENT,
            "affected": truth.AFFECTED,
        },
        "tidplan": {
            "opens_at": f"{day + OPENS:%Y-%m-%dT%H:%M}",
            "closes_at": f"{day + CLOSES:%Y-%m-%dT%H:%M}",
            "decision_on": decides,
            "feedback_by": f"{day + timedelta(days=48):%Y-%m-%d}",
        },
        "beskrivning": {
            "summary": truth.SUMMARY,
            "contact_name": "Anna Ek",
            "contact_email": "anna.ek@vara.example",
        },
    }
    for part, fields in parts.items():
        official.open(f"{here}/{part}")
        official.send(fields)
    share_duties(official, dialogue_id)
    analyse(official, dialogue_id)
    read_purpose(official, dialogue_id)
    official.open(f"{here}/ramar")
    official.send({"is_open": "open", "text": truth.CAN_CHANGE})
    official.send({"is_open": "fixed", "text": truth.IS_FIXED, "why": truth.FIXED_WHY})


def plan_meeting(secretary: Visit, day: str, papers_by: str) -> None:
    """The secretary puts the body's meeting in its calendar."""
    secretary.open("/beslut/sammantraden/nytt")
    secretary.send({"body_key": "kommunstyrelsen", "held_on": day, "papers_by": papers_by})


def analyse(official: Visit, dialogue_id: int) -> None:
    """Who is concerned and how they are reached, and the seven grounds of discrimination."""
    official.open(f"{DESK}/{dialogue_id}/manniskor")
    group = {"who": truth.GROUP, "interest": "Torget är deras.", "influence": "some", "channels": ["letter", "poster"]}
    official.send(group)
    official.open(f"{DESK}/{dialogue_id}/diskrimineringsgrunder")
    answers = {key: "none" for key in GROUNDS} | {f"{key}_words": "Torget är till för alla." for key in GROUNDS}
    official.send(answers)


def read_purpose(official: Visit, dialogue_id: int) -> None:
    """A colleague is asked to read the purpose, follows the link of the mail, and finds it concrete."""
    official.open(f"{DESK}/{dialogue_id}/syfte/lasning")
    reader = substitute_of(official.house)
    chosen = official.main.locator("[name=reader_id] option", has_text=reader.name).get_attribute("value")
    official.send({"reader_id": chosen})
    reader.open(paths(official.house.mailbox.to(reader.email)[-1], "/syfte/lasning")[0])
    reader.send({"is_concrete": "yes"})
    reader.leave()


def share_duties(official: Visit, dialogue_id: int) -> None:
    """Agree to the people who are put forward."""
    official.open(f"{DESK}/{dialogue_id}/ansvariga")
    official.send({})


def survey(
    official: Visit, dialogue_id: int, title: str, audience: str, intro: str,
    questions: Sequence[tuple[str, str, dict[str, Any]]],
) -> int:  # fmt: skip
    """A survey with its questions, in their order; its id."""
    official.open(f"{DESK}/{dialogue_id}/enkat/ny")
    official.send({"title": title, "intro": intro, "audience": audience, "minutes": "4"})
    survey_id = number_in(official.page.url, "enkat/")
    for kind, text, more in questions:
        official.follow("Add a question")
        official.send({"text": text, "kind": kind, **more})
    return survey_id


def record(secretary: Visit, dialogue_id: int, matter: str, fields: dict[str, Any], now: datetime) -> None:
    """A decision of the body: day, §, case number."""
    secretary.open(f"/beslut/{dialogue_id}/{matter}")
    minutes = {"body_key": "kommunstyrelsen", "decided_on": f"{clock.local(now):%Y-%m-%d}", "case_number": "KS 2026/77"}
    secretary.send({**fields, **minutes})


def translate(writer: Visit, dialogue_id: int) -> None:
    """Write the Arabic of every text, one after the other, until none remains for this writer."""
    _first_text(writer, dialogue_id)
    while "/ar/" in writer.page.url:
        swedish = writer.main.locator("[aria-labelledby=swedish] p").first.inner_text()
        writer.main.locator("[name=text]").fill(truth.ARABIC[swedish])
        writer.press("Save and take the next text")


def review(reviewer: Visit, dialogue_id: int) -> None:
    """A second person reads each draft beside the Swedish and says that it is right."""
    _first_text(reviewer, dialogue_id)
    while "/ar/" in reviewer.page.url:
        swedish = reviewer.main.locator("[aria-labelledby=swedish] p").first.inner_text()
        assert reviewer.main.locator("[name=text]").input_value() == truth.ARABIC[swedish]
        reviewer.press("Show it and take the next text")


def _first_text(translator: Visit, dialogue_id: int) -> None:
    translator.open(f"/oversattning/dialoger/{dialogue_id}/ar?kvar=1")
    with translator.page.expect_navigation():
        translator.main.locator("ul.tasks a").first.click()


def hide(moderator: Visit, text: str, ground: str, note: str) -> None:
    """Find the text in the queue or among the reported, and hide it."""
    for tab in ("", "?list=reported"):
        moderator.open("/moderering" + tab)
        while True:
            link = moderator.main.get_by_role("link", name=text[:40])
            if link.count():
                with moderator.page.expect_navigation():
                    link.first.click()
                moderator.send({"outcome": "hidden", "ground": ground, "note": note})
                return
            if not moderator.page.locator(".pager a[rel=next]").count():
                break
            moderator.follow("Next")
    raise AssertionError(f"not in the queue: {text}")


def show_the_rest(moderator: Visit) -> None:
    """Read the queue through, page by page, and show everything in it."""
    while True:
        moderator.open("/moderering")
        boxes = moderator.main.locator("input[name=id]")
        if not boxes.count():
            return
        for box in boxes.all():
            box.check()
        moderator.press("Show the chosen texts")
        moderator.send({})
