"""The page on which the result is handed over to a body."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

from app.dialogues import bodies, texts
from app.dialogues.addresses import slug
from app.dialogues.answers import queries, service
from app.dialogues.answers.forms import HandOverForm
from app.dialogues.answers.manage.desk import HERE, Answer, Desk, Do, blueprint
from app.dialogues.answers.models import ResultReport
from app.dialogues.answers.service.handing import lacking, meetings_open
from app.dialogues.manage.saving import saved
from app.dialogues.queries import Dossier
from app.web import STAFF, access, actor, go, way_to


@blueprint.route(HERE + "/overlamna", methods=["GET", "POST"])
@access(STAFF)
def hand_over(dialogue_id: int) -> Answer:
    """What is missing; else the meeting, and the button. Below, what has been handed over already."""
    desk, form, status = Desk(dialogue_id, Do.HAND_OVER), HandOverForm(), None
    dossier = Dossier(desk.dialogue)
    made = dossier.rows(ResultReport)
    meetings = meetings_open(desk.dialogue, made)
    form.offer(meetings)
    if form.validate_on_submit():
        meeting = int(form.meeting.data) if (form.meeting.data or "").isdecimal() else None
        give = lambda: service.hand_over(actor(), desk.dialogue, meeting, form.note.data or "")  # noqa: E731
        status = saved(form, give)
        if status == 303:
            flash(_("The report is handed over. It can no longer be changed."), "good")
            return go(".hand_over", dialogue_id=dialogue_id)
    row = queries.compiled(dossier).compilation
    return desk.page(
        "dialogues/answers/hand_over.html",
        form,
        status,
        made=made,
        meetings=meetings,
        calendar=way_to(("agenda.index", {"namnd": desk.dialogue.body_key or ""})),
        is_new=bool(made) and row is not None and row.edition != made[-1].edition,
        missing=lacking(dossier),
        body=texts.proper(bodies.name_of(desk.dialogue.body_key)),
        slug=slug(desk.dialogue.title),
        way_to=way_to,
    )
