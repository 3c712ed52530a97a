"""What came of a survey: figures as tables with bars, and the texts that a moderator has shown."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app import i18n
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.forms import CHANNELS
from app.levels.consultation.surveys.routes.sitting import ONE, Sitting, blueprint
from app.levels.consultation.surveys.rules import Do
from app.permissions import refusal, require
from app.questions import queries as engine
from app.questions.kinds import kind_of
from app.questions.results import Result, result_of
from app.web import PUBLIC, access, actor, found

LARGEST_ID = 2**31


@blueprint.get(ONE + "/resultat")
@access(PUBLIC)
def results(dialogue_id: int, survey_id: int) -> str:
    """Each question's result from the latest snapshot; before it is time, a sentence that says so."""
    sitting = Sitting(dialogue_id, survey_id)
    reason = refusal(actor(), Do.READ_RESULTS, sitting.survey)
    shown = None if reason else _shown(sitting)
    return render_template(
        "levels/surveys/results.html",
        **sitting.frame(),
        not_yet=reason,
        shown=shown,
        tag_of=_tag_of,
    )


@blueprint.get(ONE + "/resultat/<int:question_id>")
@access(PUBLIC)
def texts(dialogue_id: int, survey_id: int, question_id: int) -> str:
    """Every text that is shown of one question, newest first, a page at a time."""
    sitting = Sitting(dialogue_id, survey_id)
    require(actor(), Do.READ_RESULTS, sitting.survey)
    question = found(next((one for one in sitting.questions if one.id == question_id), None))
    found(kind_of(question).is_reviewed or None)
    page = engine.shown_texts(question.id, before=_place("aldre"), after=_place("nyare"))
    title = sitting.words.of(question)
    return render_template(
        "levels/surveys/texts.html", **sitting.frame(), question=question, asked=title, page=page, tag_of=_tag_of
    )


def _shown(sitting: Sitting) -> dict[str, Any] | None:
    """What the page shows; None before the first snapshot."""
    both = queries.result(sitting.survey)
    if both is None:
        return None
    figures, counted = both
    tallies: dict[str, Any] = figures.content
    results: list[Result] = [result_of(one, tallies.get(str(one.id)), sitting.words) for one in sitting.questions]
    return {
        "figures": figures,
        "results": results,
        "texts": engine.shown_among([one for result in results for one in result.sample]),
        "channels": [(name, str(counted[key])) for key, name in CHANNELS.items() if key in counted],
    }


def _tag_of(code: str) -> str:
    """The language of a text, for its lang attribute."""
    return i18n.named(code).tag


def _place(name: str) -> int | None:
    """The id that a page of texts begins at; None for anything else."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number < LARGEST_ID else None
