"""The residents' door: saying how it was, the evaluation of a dialogue, and the trend over all of them."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from app import limits, subjects
from app.dialogues import queries as dialogues
from app.dialogues import texts as dialogue_texts
from app.dialogues.addresses import pass_over_slug
from app.dialogues.evaluation import figures, queries, service, texts
from app.dialogues.evaluation.forms import ResidentsForm
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.queries import State
from app.dialogues.evaluation.rules import EVALUATED, Do
from app.dialogues.evaluation.standard import CIRCLE_NAMES, EDITIONS, PART_NAMES, Circle, Part, latest
from app.dialogues.evaluation.words import words_of
from app.dialogues.frames import frame, here
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.permissions import can, refusal
from app.questions.forms import form_of, name_of
from app.web import PUBLIC, access, actor, client, found, go

blueprint = Blueprint("evaluation", __name__)
Answer = str | Response | tuple[str, int]
ONE = "/dialoger/<int:dialogue_id>-<slug>/utvardering"
CIRCLES = {"svara": Circle.PARTICIPANTS, "aterkopplingen": Circle.TOLD}
CHANCE = 24  # bytes that a form is drawn with

blueprint.url_value_preprocessor(pass_over_slug)


@blueprint.get(ONE)
@access(PUBLIC)
def show(dialogue_id: int) -> str:
    """What the evaluation says, when it is done; before, where one can say how it was."""
    dialogue = _readable(dialogue_id)
    state = queries.state_of(Dossier(dialogue))
    done = dialogue.stage in EVALUATED and state.summary is not None
    lessons = state.lessons if done else []
    rows = [texts.row_of_summary(state.summary), *map(texts.row_of_lesson, lessons)] if state.summary else []
    said = dialogue_texts.said([dialogue_texts.row_of(dialogue), *rows])
    return render_template(
        "dialogues/evaluation/show.html",
        **frame(dialogue, said),
        done=done,
        summary=said.get(subjects.key("evaluation", dialogue_id)) if done else None,
        lessons=[(PART_NAMES[Part(one.part)], said[subjects.key("lesson", one.id)]["text"]) for one in lessons],
        asked=[(CIRCLE_NAMES[Circle(one.kind)], one, figures.of(one)) for one in _in_order(state)] if done else [],
        open_now=[(word, row) for word, circle in CIRCLES.items() if queries.is_open(row := state.of(circle))],
    )


@blueprint.route(ONE + "/<any(svara, aterkopplingen):which>", methods=["GET", "POST"])
@access(PUBLIC)
def answer(dialogue_id: int, which: str) -> Answer:
    """One page of questions. Nobody is asked who they are, and nothing that is kept says it."""
    if request.method == "POST":
        limits.spend(service.ANSWERS, client())
    dialogue = _readable(dialogue_id)
    row: Inquiry = found(queries.inquiry(dialogue_id, CIRCLES[which]))
    reason = refusal(actor(), Do.ANSWER, row)
    form = _form(row) if reason is None else None
    if form is not None and form.validate_on_submit():
        service.answer(row, service.key_of_form(row, form.chance.data or ""), form.values())
        return go(".thanks", **here(dialogue))
    page = render_template(
        "dialogues/evaluation/answer.html",
        **frame(dialogue, dialogue_texts.said([dialogue_texts.row_of(dialogue)])),
        form=form,
        fields=[form[name_of(one)] for one in form.questions] if form is not None else [],
        which=which,
        row=row,
        reason=reason,
        is_told=row.kind == Circle.TOLD,
    )
    return page, 422 if form is not None and form.errors else 200


@blueprint.get(ONE + "/tack")
@access(PUBLIC)
def thanks(dialogue_id: int) -> str:
    dialogue = _readable(dialogue_id)
    said = dialogue_texts.said([dialogue_texts.row_of(dialogue)])
    return render_template("dialogues/evaluation/thanks.html", **frame(dialogue, said))


@blueprint.get("/sa-upplevdes-det")
@access(PUBLIC)
def experience() -> str:
    """Whether people could influence and understood what happened, year by year."""
    asked = EDITIONS[Circle.TOLD][latest(Circle.TOLD)]
    return render_template("dialogues/evaluation/experience.html", asked=asked, years=queries.years())


def _form(row: Inquiry) -> ResidentsForm:
    questions = queries.questions_of(row)
    data = {"chance": secrets.token_urlsafe(CHANCE)}
    return form_of(ResidentsForm, questions, words_of(row, questions), data)


def _readable(dialogue_id: int) -> Dialogue:
    """The dialogue, or 404 for whoever may not know that it exists."""
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    if not can(actor(), Do.READ, dialogue):
        abort(404)
    return dialogue


def _in_order(state: State) -> list[Inquiry]:
    return [row for circle in Circle if (row := state.of(circle)) is not None]
