"""Pages on which a dialogue is prepared: the criteria, and each part that the body decides about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app import ladder
from app.dialogues import criteria as gate
from app.dialogues import forms, queries, service, wording
from app.dialogues.changes.forms import Reasoned
from app.dialogues.intake import areas
from app.dialogues.intake import gate as intake
from app.dialogues.intake.forms import AssessmentForm, answered
from app.dialogues.intake.models import Competence
from app.dialogues.intake.queries import assessed as assessed_rest
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.routes import blueprint
from app.dialogues.rules import NO_INPUT, Do
from app.dialogues.stages import Kind
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import refusal
from app.policy.texts import criteria_of
from app.web import STAFF, access, actor, go, way_to

Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Part:
    """One page of the preparation: its heading, its form, who may save it, and what saves it."""

    heading: LazyText
    form: type[forms.EditForm]
    do: Do
    save: Callable[..., None]


PARTS = {
    "fraga": Part(_l("The question"), forms.QuestionForm, Do.DRAFT, service.ask),
    "syfte": Part(_l("The purpose"), forms.PurposeForm, Do.DRAFT, service.set_purpose),
    "niva": Part(_l("The level of participation"), forms.LevelForm, Do.DRAFT, service.choose_level),
    "lofte": Part(_l("The body and its promise"), forms.PromiseForm, Do.DRAFT, service.give_promise),
    "tidplan": Part(_l("The time plan"), forms.PlanForm, Do.SCHEDULE, service.schedule),
    "beskrivning": Part(_l("Summary and contact"), forms.DescriptionForm, Do.DESCRIBE, service.describe),
}


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/kriterier", methods=["GET", "POST"], endpoint="criteria")
@access(STAFF)
def criteria_page(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    dossier = Dossier(dialogue)
    answers, told = dossier.answers, dossier.once(assessed_rest)
    criteria = criteria_of(dossier.once(queries.guideline_of))
    form = AssessmentForm(data={**_answered(answers), **answered(told.basis if told else None)})
    form.speak(criteria)
    reason = refusal(actor(), Do.ASSESS, dialogue)
    if form.validate_on_submit():
        given = {key: (form[key].data, form[f"{key}_reason"].data) for key in gate.KEYS}
        if saved(form, lambda: service.assess(actor(), dialogue, given, form.rest())) == 303:
            return go(".assessed", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/criteria.html", form=form, dialogue=dialogue, criteria=criteria, answers=answers,
        names=gate.ANSWER_NAMES, refused=reason, basis=told.basis if told else None, asked=intake,
        area_words=intake.area_words,
    )  # fmt: skip
    return page, status_of(form)


@blueprint.get("/arbetsyta/dialoger/<int:dialogue_id>/kriterier/svar")
@access(STAFF)
def assessed(dialogue_id: int) -> str:
    """What the answers mean: go on, or what to do instead."""
    dialogue = visited(dialogue_id)
    dossier = Dossier(dialogue)
    told = dossier.once(assessed_rest)
    passes = told is not None and told.passes
    return render_template(
        "dialogues/assessed.html",
        dialogue=dialogue,
        answers=dossier.answers,
        passes=passes and gate.passes({key: row.answer for key, row in dossier.answers.items()}),
        stops=[*_criteria_not_met(dossier), *(intake.stops(told.basis, decided=told.decided) if told else ())],
        only_information=told is not None and told.is_settled,
        elsewhere=areas.find(told.basis.area) if told and told.basis.competence == Competence.ELSEWHERE else None,
        information=way_to(("dialogues.new", {"slag": "information"})),
    )


def _criteria_not_met(dossier: Dossier) -> list[intake.Stop]:
    return [
        intake.Stop(one.question, gate.ANSWER_NAMES[gate.Answer(row.answer)], row.reason, one.instead)
        for one in criteria_of(dossier.once(queries.guideline_of))
        if (row := dossier.answers.get(one.key)) is not None and row.answer != gate.Answer.YES
    ]


@blueprint.route(
    "/arbetsyta/dialoger/<int:dialogue_id>/<any(fraga, syfte, niva, lofte, tidplan, beskrivning):part>",
    methods=["GET", "POST"],
    endpoint="part",
)
@access(STAFF)
def edit_part(dialogue_id: int, part: str) -> Answer:
    dialogue, page = visited(dialogue_id), PARTS[part]
    form = page.form(obj=dialogue)
    if isinstance(form, Reasoned):
        form.of_dialogue(dialogue)
    status = 422
    if form.validate_on_submit():
        status = saved(form, lambda: _save(page, dialogue, form), dialogue)
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    return _edit_page(dialogue, part, form, overtaken=status == 409), status if request.method == "POST" else 200


def _save(page: Part, dialogue: Dialogue, form: forms.EditForm) -> None:
    values = {name: value for name, value in form.data.items() if name not in ("version", "csrf_token")}
    page.save(actor(), dialogue, version_of(form), **values)


def _edit_page(dialogue: Dialogue, part: str, form: forms.EditForm, *, overtaken: bool) -> str:
    page = PARTS[part]
    now_saved = page.form(formdata=None, obj=dialogue)
    if isinstance(now_saved, Reasoned):
        now_saved.of_dialogue(None)
    return render_template(
        "dialogues/edit.html",
        form=form,
        dialogue=dialogue,
        heading=page.heading,
        part=part,
        overtaken=overtaken,
        refused=refusal(actor(), page.do, dialogue),
        saved=as_saved(now_saved),
        levels=ladder.LEVELS,
        methods_at=ladder.methods_at,
    )


def _answered(answers: dict[str, Any]) -> dict[str, str]:
    return {
        name: value
        for key, row in answers.items()
        for name, value in ((key, row.answer), (f"{key}_reason", row.reason))
    }


@blueprint.get("/arbetsyta/dialoger/<int:dialogue_id>/metoder")
@access(STAFF)
def methods(dialogue_id: int) -> str:
    """The methods offered at the level, what the dialogue holds of each, and where each is looked after."""
    dialogue = visited(dialogue_id)
    cards = queries.cards_of(dialogue_id)
    offered = ladder.methods_at(dialogue.level) if dialogue.level else ()
    return render_template(
        "dialogues/methods.html",
        dialogue=dialogue,
        level=ladder.level(dialogue.level) if dialogue.level else None,
        facts=wording.card_facts,
        refused=NO_INPUT[Kind.STATUTORY_CONSULTATION] if dialogue.kind == Kind.STATUTORY_CONSULTATION else None,
        offered=[(method, [card for card in cards if card.method == method.key]) for method in offered],
    )
