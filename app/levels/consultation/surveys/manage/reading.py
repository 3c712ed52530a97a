"""A survey as residents meet it, with nothing kept, and what has come in."""

from __future__ import annotations

from flask import render_template

from app import i18n, subjects
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.forms import CHANNELS
from app.levels.consultation.surveys.manage.door import blueprint, visited_survey
from app.levels.consultation.surveys.models import Survey
from app.levels.consultation.surveys.rules import Do
from app.permissions import refusal
from app.questions import queries as engine
from app.questions.forms import page_form
from app.questions.results import Result, result_of
from app.web import STAFF, access, actor, way_to


@blueprint.get("/<int:survey_id>/forhandsvisning")
@access(STAFF)
def preview(dialogue_id: int, survey_id: int) -> str:
    survey, dialogue = visited_survey(dialogue_id, survey_id)
    questions = queries.questions(survey)
    words = queries.words_of(survey, questions)
    key = subjects.key("survey", survey.id)
    return render_template(
        "levels/surveys/desk_preview.html",
        dialogue=dialogue,
        survey=survey,
        title=words.named(key, "title"),
        intro=words.named(key, "intro"),
        pages=[page_form(page, words, {}) for page in engine.pages(questions)],
    )


@blueprint.get("/<int:survey_id>/siffror")
@access(STAFF)
def figures(dialogue_id: int, survey_id: int) -> str:
    """How many have answered; once it has closed, what."""
    survey, dialogue = visited_survey(dialogue_id, survey_id)
    refused = refusal(actor(), Do.READ_FIGURES, survey)
    results = [] if refused else _results(survey)
    counted = queries.by_channel(survey)
    return render_template(
        "levels/surveys/desk_figures.html",
        dialogue=dialogue,
        survey=survey,
        channels=[(name, str(counted[key])) for key, name in CHANNELS.items() if key in counted],
        responses=sum(counted.values()),
        refused=refused,
        results=results,
        tag_of=lambda code: i18n.named(code).tag,
        texts=engine.shown_among([one for result in results for one in result.sample]),
        export=way_to(("exports.index", {"dialogue_id": dialogue.id}), dialogue),
    )


def _results(survey: Survey) -> list[Result]:
    """The result of each question as the latest snapshot has it; none without a snapshot."""
    snapshot = queries.figures(survey)
    if snapshot is None:
        return []
    questions = queries.questions(survey)
    words = queries.words_of(survey, questions)
    content: dict[str, dict[str, object]] = dict(snapshot.content)  # type: ignore[arg-type]  # as the job wrote it
    return [result_of(question, content.get(str(question.id)), words) for question in questions]
