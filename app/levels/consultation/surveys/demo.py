"""The demo municipality's surveys: open ones that can be answered in every language, and results of those that closed.

Rows are written many at a time; the same seed gives the same answers.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app import clock, db
from app.accounts.queries import hash_of
from app.dialogues.demo import Town
from app.dialogues.models import Dialogue
from app.levels.consultation.surveys import jobs, queries, service
from app.levels.consultation.surveys.models import Survey, SurveyRegistration, SurveyResponse
from app.moderation.models import Ruling
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import Role
from app.questions import service as engine
from app.questions.kinds import Value, kind_of
from app.questions.models import Answer, AnswerSheet, Question
from app.questions.words import OPTION_FIELDS, QUESTION_FIELDS
from app.reviews.models import Reviewable, State

TEXTS = Path(__file__).with_name("demo_surveys.toml")
LANGUAGES = {"en": "en", "ar": "ar", "easy": "sv-simple"}  # in the file → code
SURVEY_FIELDS = ("title", "intro")
COLUMNS = ("kind", "required", "new_page", "least", "most")
SPREAD = 1.1  # of the steps of a scale round their mean
CELLS = {"text": None, "number": None, "option_id": None, "review_id": None}

Entry = Mapping[str, Any]  # a table of demo_surveys.toml


@dataclass(frozen=True)
class Sent:
    """One answer that came in: in which language, how and when."""

    sheet_id: int
    language: str


def fill(town: Town) -> None:
    """Add the surveys and what came in to them, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["survey"]:
        row = _survey(town, entry)
        dialogue = town.dialogues[entry["dialogue"]]
        questions = queries.questions(row)
        _answers(town, entry, row, dialogue, questions)
        if jobs.is_over(dialogue.id):
            jobs.snapshot(row)
        service.keep(row, queries.responses_in(row))


def _survey(town: Town, entry: Entry) -> Survey:
    dialogue = town.dialogues[entry["dialogue"]]
    row = Survey(
        dialogue_id=dialogue.id,
        set_id=engine.make_set().id,
        audience=entry["audience"],
        minutes=entry["minutes"],
        created_at=dialogue.created_at,
        **{field: entry[field]["sv"] for field in SURVEY_FIELDS},
    )
    db.session().add(row)
    db.session().flush()
    made: list[Question] = []
    for asked in entry["question"]:
        made.append(_question(row, asked, made))
    told: list[tuple[str, Entry, Sequence[str]]] = [(f"survey:{row.id}", entry, SURVEY_FIELDS)]
    for question, asked in zip(queries.questions(row), entry["question"], strict=True):
        told.append((f"question:{question.id}", asked, QUESTION_FIELDS))
        for option, offered in zip(question.options, asked.get("option", ()), strict=True):
            told.append((f"option:{option.id}", offered, OPTION_FIELDS))
    _translations(town, dialogue, told)
    return row


def _question(row: Survey, asked: Entry, before: Sequence[Question]) -> Question:
    facts: dict[str, Any] = {column: asked[column] for column in COLUMNS if column in asked}
    facts |= {field: asked[field]["sv"] for field in QUESTION_FIELDS if field in asked}
    options = [offered["text"]["sv"] for offered in asked.get("option", ())]
    return engine.add_question(row.set_id, before, facts, options)


def _translations(town: Town, dialogue: Dialogue, told: Sequence[tuple[str, Entry, Sequence[str]]]) -> None:
    """What the file has in other languages: reviewed before the dialogue was announced."""
    at = dialogue.created_at
    rows = [
        {
            "subject": subject,
            "field": field,
            "language": LANGUAGES[name],
            "text": text,
            "status": Status.REVIEWED,
            "source_version": digest(entry[field]["sv"]),
            "source_text": entry[field]["sv"],
            "written_by": town.staff[Role.TRANSLATOR].id,
            "written_at": at,
            "reviewed_by": town.official.id,
            "reviewed_at": at,
        }
        for subject, entry, fields in told
        for field in fields
        for name, text in entry.get(field, {}).items()
        if name != "sv"
    ]
    if rows:
        db.session().execute(insert(Translation), rows)


def _answers(town: Town, entry: Entry, row: Survey, dialogue: Dialogue, questions: Sequence[Question]) -> None:
    """As many answers as the file says, and as many times as the town is larger than usual."""
    number = entry["answers"] if _is_exact(entry) else entry["answers"] * town.scale
    people = town.rng.sample(town.residents[1:], min(number, len(town.residents) - 1))  # the first one signs in
    if entry["audience"] == "account":
        number = len(people)
    sent = _sheets(town, entry, row, dialogue, number, people)
    cells: list[dict[str, Any]] = []
    for question, asked in zip(questions, entry["question"], strict=True):
        if "written" in asked:
            cells += _written(town, dialogue, question, asked["written"], sent)
        else:
            cells += _values(town.rng, question, asked, sent)
    db.session().execute(
        insert(Answer), [{**CELLS, **cell} for cell in cells], execution_options={"render_nulls": True}
    )


def _is_exact(entry: Entry) -> bool:
    return any("exactly" in offered for asked in entry["question"] for offered in asked.get("option", ()))


def _sheets(  # everything that an answer is bound to
    town: Town, entry: Entry, row: Survey, dialogue: Dialogue, number: int, people: Sequence[Any]
) -> list[Sent]:
    """The sheets and responses, spread over the time that the dialogue has been open."""
    moments = _moments(town, dialogue, number)
    languages = _mixed(town.rng, number, entry.get("languages", {}), "sv")
    channels = _mixed(town.rng, number, {name: entry[name] for name in ("paper", "phone") if name in entry}, "web")
    session = db.session()
    sheets = [
        {"set_id": row.set_id, "language": language, "channel": channel, "received_on": clock.local(at).date()}
        for at, language, channel in zip(moments, languages, channels, strict=True)
    ]
    ids = session.scalars(insert(AnswerSheet).returning(AnswerSheet.id, sort_by_parameter_order=True), sheets).all()
    responses = [
        {
            "survey_id": row.id,
            "sheet_id": sheet_id,
            "person_id": people[place].id if row.audience == "account" and channel == "web" else None,
            "form_hash": hash_of(f"demo {row.id} {place}"),
            "receipt": service.receipt(town.rng.choice),
            "submitted_at": at,
        }
        for place, (sheet_id, at, channel) in enumerate(zip(ids, moments, channels, strict=True))
    ]
    made = insert(SurveyResponse).returning(SurveyResponse.id, sort_by_parameter_order=True)
    clerk = town.staff[Role.CONTACT_CENTRE].id
    written = [
        {"response_id": one, "registered_by": clerk}
        for one, channel in zip(session.scalars(made, responses), channels, strict=True)
        if channel != "web"
    ]
    if written:
        session.execute(insert(SurveyRegistration), written)
    return [Sent(sheet_id, language) for sheet_id, language in zip(ids, languages, strict=True)]


def _moments(town: Town, dialogue: Dialogue, number: int) -> list[datetime]:
    """Most come early and late, as they do."""
    start = dialogue.opens_at or town.now
    end = min(town.now, dialogue.closes_at or town.now)
    return sorted(start + (end - start) * town.rng.betavariate(0.7, 0.8) for _ in range(number))


def _mixed(rng: random.Random, number: int, few: Mapping[str, int], usual: str) -> list[str]:
    mixed = [name for name, count in few.items() for _ in range(count)][:number]
    mixed += [usual] * (number - len(mixed))
    rng.shuffle(mixed)
    return mixed


def _values(rng: random.Random, question: Question, asked: Entry, sent: Sequence[Sent]) -> list[dict[str, Any]]:
    """Rows of answers to one question; who does not have to answer sometimes does not."""
    some = [one for one in sent if rng.uniform(0, 100) < asked.get("answered", 100)]
    values: list[Value] = [_value(rng, question, asked) for _ in some]
    for option, offered in zip(question.options, asked.get("option", ()), strict=True):
        if "exactly" in offered:
            _make_exact(rng, values, option.id, offered["exactly"])
    return [
        {**cell, "sheet_id": one.sheet_id, "question_id": question.id}
        for one, value in zip(some, values, strict=True)
        for cell in kind_of(question).cells(value)
    ]


def _value(rng: random.Random, question: Question, asked: Entry) -> Value:
    if question.kind == "scale":
        return min(5, max(1, round(rng.gauss(asked["mean"], SPREAD))))
    if question.kind == "number":
        return str(round(rng.triangular(asked["low"], asked["high"], asked["mean"])))
    weights = [offered["weight"] for offered in asked["option"]]
    likely = rng.choices(question.options, weights)[0].id
    if question.kind == "single":
        return likely
    chosen = [
        option.id for option, weight in zip(question.options, weights, strict=True) if rng.uniform(0, 100) < weight
    ]
    most = question.most or len(chosen)
    return sorted(rng.sample(chosen, min(most, len(chosen)))) or [likely]


def _make_exact(rng: random.Random, values: list[Value], option_id: int, wanted: int) -> None:
    """Let exactly so many have chosen the option; nobody is left without a choice."""
    chosen = [value for value in values if isinstance(value, list)]
    rng.shuffle(chosen)
    surplus = sum(option_id in value for value in chosen) - wanted
    for value in chosen:
        if surplus > 0 and option_id in value and len(value) > 1:
            value.remove(option_id)
            surplus -= 1
        elif surplus < 0 and option_id not in value:
            value.append(option_id)
            surplus += 1


def _written(
    town: Town, dialogue: Dialogue, question: Question, written: Sequence[Entry], sent: Sequence[Sent]
) -> list[dict[str, Any]]:
    """Free texts on sheets of their language, with their reviews and what a moderator ruled."""
    free = list(sent)
    town.rng.shuffle(free)
    cells = []
    for text in written:
        language = text.get("language", "sv")
        sheet = next((one for one in free if one.language == language), None)
        if sheet is None:
            continue
        free.remove(sheet)
        review = _review(town, dialogue, language, text)
        cells.append(
            {"sheet_id": sheet.sheet_id, "question_id": question.id, "text": text["text"], "review_id": review.id}
        )
    return cells


def _review(town: Town, dialogue: Dialogue, language: str, text: Entry) -> Reviewable:
    state = State(text.get("state", "shown"))
    at = min(town.now, dialogue.closes_at or town.now)
    session = db.session()
    review = Reviewable(
        subject_kind=engine.ANSWER, dialogue_id=dialogue.id, language=language, state=state, created_at=at
    )  # fmt: skip
    session.add(review)
    session.flush()
    if state is not State.WAITING:
        by_id = town.staff[Role.MODERATOR].id
        ruling = Ruling(reviewable_id=review.id, outcome=state, ground=text.get("ground"), by_id=by_id, at=at)
        session.add(ruling)
    return review
