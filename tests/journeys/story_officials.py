"""What officials, the secretary, translators, the moderator and communications do in the story, each in their pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from app import clock
from tests.journeys import story_truth as truth
from tests.journeys.story_people import Visit, number_in

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
    """The first questions, a new dialogue and its criteria; with `doubt` the second answer is “doubtful”."""
    official.open(DESK + "/ny")
    official.send(dict.fromkeys(("one_group", "experience", "decided", "statutory"), "nej"))
    official.send({"title": title, "question": question})
    dialogue_id = number_in(official.page.url, "dialoger/")
    answers = dict.fromkeys(CRITERIA, "yes") | ({"open_minded": "doubtful"} if doubt else {})
    reasons = {f"{key}_reason": doubt if answers[key] == "doubtful" else f"Ja, eftersom {key}." for key in CRITERIA}
    official.send(answers | reasons | NOTHING_AGAINST)
    return dialogue_id


def move(someone: Visit, dialogue_id: int, to: str, note: str = "") -> None:
    someone.open(f"{DESK}/{dialogue_id}/flytta/{to}")
    someone.send({"note": note})


def draft(official: Visit, dialogue_id: int, now: datetime, *, level: str = "consultation") -> None:
    """Everything that the body decides about: purpose, level, scope, promise, dates, contact."""
    here, day = f"{DESK}/{dialogue_id}", clock.local(now)
    parts: dict[str, dict[str, Any]] = {
        "syfte": {"purpose": truth.PURPOSE},
        "niva": {"level": level},
        "lofte": {"body_key": "kommunstyrelsen", "promise": truth.PROMISE, "affected": truth.AFFECTED},
        "tidplan": {
            "opens_at": f"{day + OPENS:%Y-%m-%dT%H:%M}",
            "closes_at": f"{day + CLOSES:%Y-%m-%dT%H:%M}",
            "decision_on": f"{day + timedelta(days=20):%Y-%m-%d}",
            "feedback_by": f"{day + timedelta(days=40):%Y-%m-%d}",
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
    official.open(f"{here}/ramar")
    official.send({"is_open": "open", "text": truth.CAN_CHANGE})
    official.send({"is_open": "fixed", "text": truth.IS_FIXED, "why": truth.FIXED_WHY})


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
