"""Pages on which improvements are noted, and those of earlier dialogues are answered."""

from __future__ import annotations

from functools import partial

from flask import render_template, request
from werkzeug.wrappers import Response

from app import ladder
from app.dialogues import queries as dialogues
from app.dialogues.evaluation import forms, queries, service
from app.dialogues.evaluation.manage.evaluating import HERE
from app.dialogues.evaluation.models import Lesson
from app.dialogues.evaluation.routes import blueprint
from app.dialogues.evaluation.rules import Do
from app.dialogues.evaluation.standard import PART_NAMES, TAKEN_NAMES, Part, Reach, Taken
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import refusal
from app.web import STAFF, access, actor, found, go, way_to

Answer = str | tuple[str, int] | Response


@blueprint.route(HERE + "/forbattringar", methods=["GET", "POST"])
@access(STAFF)
def note(dialogue_id: int) -> Answer:
    """Note one improvement."""
    dialogue = visited(dialogue_id)
    form = _form(dialogue, forms.LessonForm(version=dialogue.version))
    sent = form.validate_on_submit()
    if sent and saved(form, partial(service.note_lesson, actor(), dialogue, form.said())) == 303:
        return go(".overview", dialogue_id=dialogue_id)
    return _page(dialogue, form, _l("Note an improvement")), status_of(form)


@blueprint.route(HERE + "/forbattringar/<int:lesson_id>", methods=["GET", "POST"])
@access(STAFF)
def change(dialogue_id: int, lesson_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    row: Lesson = found(queries.lesson(dialogue_id, lesson_id))
    start = {"part": row.part, "text": row.text, "reach": ":".join(filter(None, (row.reach, row.level or row.method)))}
    form = _form(dialogue, forms.LessonForm(data={**start, "version": dialogue.version}))
    status = 422
    if form.validate_on_submit():
        change_it = partial(service.change_lesson, actor(), dialogue, version_of(form), row, form.said())
        status = saved(form, change_it, dialogue)
        if status == 303:
            return go(".overview", dialogue_id=dialogue_id)
    now_saved = as_saved(_form(dialogue, forms.LessonForm(formdata=None, data=start)))
    page = _page(dialogue, form, _l("Change an improvement"), overtaken=now_saved if status == 409 else None)
    return page, status if request.method == "POST" else 200


@blueprint.post(HERE + "/forbattringar/<int:lesson_id>/bort")
@access(STAFF)
def remove(dialogue_id: int, lesson_id: int) -> Response:
    dialogue = visited(dialogue_id)
    service.remove_lesson(actor(), dialogue, found(queries.lesson(dialogue_id, lesson_id)))
    return go(".overview", dialogue_id=dialogue_id)


def _form(dialogue: Dialogue, form: forms.LessonForm) -> forms.LessonForm:
    form.offer(dialogue, sorted({card.method for card in dialogues.cards_of(dialogue.id)}))
    return form


def _page(
    dialogue: Dialogue, form: forms.LessonForm, heading: LazyText, overtaken: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "dialogues/evaluation/lesson.html",
        form=form,
        dialogue=dialogue,
        heading=heading,
        overtaken=overtaken,
        refused=refusal(actor(), Do.NOTE_LESSON, dialogue),
    )


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/lardomar", methods=["GET", "POST"])
@access(STAFF)
def lessons_here(dialogue_id: int) -> Answer:
    """What earlier dialogues have learned: taken up here, or set aside."""
    dialogue = visited(dialogue_id)
    waiting = queries.to_take_up(dialogue_id)
    form = forms.take_up_form(waiting, dialogue.version)
    status = 422
    if form.validate_on_submit():
        said = {
            one.lesson.id: (form[f"taken_{one.lesson.id}"].data or "", form[f"words_{one.lesson.id}"].data or "")
            for one in waiting
        }
        status = saved(form, lambda: service.take_up(actor(), dialogue, version_of(form), said), dialogue)
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/evaluation/lessons_here.html",
        form=form,
        dialogue=dialogue,
        waiting=waiting,
        part_names={str(part): PART_NAMES[part] for part in Part},
        taken_names={str(one): TAKEN_NAMES[one] for one in Taken},
        why=_why,
        origin_at=lambda one: way_to(("evaluation.show", {"dialogue_id": one.id, "slug": "x"}), one),
        overtaken=status == 409,
        refused=refusal(actor(), Do.TAKE_UP, dialogue),
    )
    return page, status if request.method == "POST" else 200


def _why(row: Lesson) -> LazyText:
    """Why it concerns this dialogue."""
    if row.reach == Reach.LEVEL and row.level:
        return _l("For dialogues at this level: %(level)s", level=ladder.level(row.level).name)
    if row.reach == Reach.METHOD:
        name = next((one.name for one in ladder.methods() if one.key == row.method), row.method)
        return _l("For dialogues with this method: %(method)s", method=name)
    return _l("For every dialogue")
