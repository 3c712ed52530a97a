"""Surveys with one question of each kind, answers to them, and their figures."""

from __future__ import annotations

from typing import Any

from app import clock, db
from app.accounts.queries import hash_of
from app.dialogues.models import Dialogue
from app.levels.consultation.surveys import queries, service
from app.levels.consultation.surveys.models import Survey, SurveyFigures, SurveyResponse
from app.permissions import GUEST, Actor
from app.questions import service as engine
from app.questions.kinds import Values, kind_of
from app.questions.models import Question
from app.questions.tallies import TALLIES
from app.reviews.models import Reviewable, State

OPTIONS = ("Träd och skugga", "Bänkar att vila på", "Säker cykelväg")
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"kind": "single", "text": "Vad är viktigast på gatan?", "required": True},
    {"kind": "multiple", "text": "Vad gör du på gatan?", "hint": "Välj högst två saker.", "most": 2},
    {"kind": "scale", "text": "Hur trygg är gatan?", "low_label": "Otrygg", "high_label": "Trygg", "new_page": False},
    {"kind": "number", "text": "Hur många cyklar har ni?", "least": 0, "most": 20},
    {"kind": "line", "text": "Vilken gata bor du på?", "new_page": False},
    {"kind": "text", "text": "Vad vill du säga mer?"},
)


def make_survey(dialogue: Dialogue, audience: str = "account", **fields: Any) -> Survey:
    """A survey on four pages with its card: single (required) | multiple, scale | number, line | text."""
    values = {"title": "Enkät om gatan", "intro": "Berätta hur du vill ha gatan.", "minutes": 5, **fields}
    row = Survey(
        dialogue_id=dialogue.id, set_id=engine.make_set().id, audience=audience, created_at=clock.now(), **values
    )
    db.session().add(row)
    db.session().flush()
    service.keep(row)
    for position, facts in enumerate(QUESTIONS):
        engine.add_question(row.set_id, [Question()] * position, facts, OPTIONS)
    return row


def values_for(row: Survey) -> Values:
    """A right answer to every question."""
    one, several, scale, number, line, text = queries.questions(row)
    chosen = [option.id for option in several.options[:2]]
    return {
        one.id: one.options[0].id,
        several.id: chosen,
        scale.id: 4,
        number.id: "3,5",
        line.id: "Storgatan",
        text.id: "Fler träd.",
    }


def respond(row: Survey, actor: Actor = GUEST, key: str = "a form", values: Values | None = None) -> SurveyResponse:
    """Begin, answer and hand in while the dialogue is open."""
    key_hash = hash_of(key)
    service.begin(actor, row, key_hash)
    service.keep_answers(actor, row, key_hash, values_for(row) if values is None else values)
    return service.submit(actor, row, key_hash)


def show_texts(row: Survey) -> None:
    """As if a moderator had shown every text that came in."""
    for review in db.session().query(Reviewable).filter_by(dialogue_id=row.dialogue_id):
        review.state = State.SHOWN
    db.session().flush()


def make_figures(row: Survey) -> SurveyFigures:
    """A snapshot of what has come in."""
    db.session().flush()
    content = {str(one.id): TALLIES[kind_of(one).tally](one) for one in queries.questions(row)}
    made = SurveyFigures(
        survey_id=row.id, responses=queries.responses_in(row), content=content, made_at=clock.now()
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    return made
