"""One person with one survey: what they read and what they have answered so far, each read once and only if asked for.

Where an account answers, the draft follows the account; else it follows a key in the browser's cookie.
"""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, session

from app import limits, subjects
from app.accounts.queries import hash_of
from app.dialogues import bodies, texts
from app.dialogues.addresses import pass_over_slug
from app.dialogues.frames import frame, here
from app.dialogues.models import Dialogue
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from app.levels.consultation.surveys.rules import Do
from app.levels.consultation.surveys.service import BEGINNINGS
from app.multilingual.queries import Text
from app.permissions import can, require
from app.questions import queries as engine
from app.questions.kinds import Values
from app.questions.models import Question
from app.questions.words import Words
from app.web import actor, client, found

blueprint = Blueprint("surveys", __name__)
ONE = "/dialoger/<int:dialogue_id>-<slug>/enkat/<int:survey_id>"
FORM, BEGUN = "form", "begun"  # in the cookie: a key of the browser's own, and the surveys begun with it
MOST_BEGUN = 50


blueprint.url_value_preprocessor(pass_over_slug)


class Sitting:
    """A survey as the one who makes this request meets it. 404 for whoever may not know that it exists."""

    def __init__(self, dialogue_id: int, survey_id: int) -> None:
        both: tuple[Survey, Dialogue] = found(queries.survey_in(dialogue_id, survey_id))
        self.survey, self.dialogue = both
        if not can(actor(), Do.READ, self.survey):
            abort(404)

    @cached_property
    def questions(self) -> list[Question]:
        return queries.questions(self.survey)

    @cached_property
    def pages(self) -> list[list[Question]]:
        return engine.pages(self.questions)

    @cached_property
    def words(self) -> Words:
        return queries.words_of(self.survey, self.questions)

    @cached_property
    def key_hash(self) -> str | None:
        """What the draft lies under; None where nothing can have been begun."""
        if self.survey.audience == "account":
            person = actor().person_id
            return None if person is None else hash_of(f"survey {self.survey.id} person {person}")
        return hash_of(f"survey {self.survey.id} form {session[FORM]}") if FORM in session else None

    @cached_property
    def response(self) -> SurveyResponse | None:
        """What has been handed in already."""
        return queries.response_of(self.survey, self.key_hash, actor()) if self.key_hash else None

    @cached_property
    def draft(self) -> Values | None:
        return engine.draft(self.key_hash, self.survey.set_id) if self.key_hash else None

    @property
    def title(self) -> Text:
        return self.words.named(subjects.key("survey", self.survey.id), "title")

    @property
    def intro(self) -> Text:
        return self.words.named(subjects.key("survey", self.survey.id), "intro")

    @property
    def place(self) -> dict[str, Any]:
        """The values of this survey's addresses."""
        return {**here(self.dialogue), "survey_id": self.survey.id}

    def frame(self) -> dict[str, Any]:
        """What the pages within a dialogue's frame need."""
        dialogue = self.dialogue
        return {
            "sitting": self,
            "place": self.place,
            **frame(dialogue, texts.said([texts.row_of(dialogue)])),
            "body": texts.proper(bodies.name_of(dialogue.body_key)),
        }


def to_answer(dialogue_id: int, survey_id: int) -> Sitting:
    """A sitting in which answers may be given now, with a key to keep them under. Raises Refusal."""
    sitting = Sitting(dialogue_id, survey_id)
    require(actor(), Do.ANSWER, sitting.survey)
    session.setdefault(FORM, secrets.token_urlsafe(32))
    return sitting


def count_beginning(survey_id: int) -> None:
    """Count the first answer that this browser sends to a survey. Before anything is read: see `limits.spend`."""
    begun = session.get(BEGUN, []) if FORM in session else []  # what was counted belongs to a key, not to a cookie
    if survey_id not in begun:
        limits.spend(BEGINNINGS, client())
        session.setdefault(FORM, secrets.token_urlsafe(32))
        session[BEGUN] = [*begun, survey_id][-MOST_BEGUN:]
