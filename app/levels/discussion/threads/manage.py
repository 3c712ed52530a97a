"""The officials' door: starting threads, keeping order in them, and writing what came of them."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import STALE, status_of, visited
from app.dialogues.models import Dialogue
from app.forms import BaseForm
from app.levels.discussion.threads import queries, service
from app.levels.discussion.threads.forms import STARTS, ConclusionForm, LockForm, RuleForm, ThreadForm, begin_again
from app.levels.discussion.threads.models import Starts, Thread
from app.levels.discussion.threads.rules import Do
from app.levels.discussion.threads.service import Overtaken
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response
blueprint = Blueprint("thread_desk", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>/forum")


@blueprint.get("")
@access(STAFF)
def index(dialogue_id: int) -> str:
    dialogue = visited(dialogue_id)
    return render_template(
        "levels/threads/desk_index.html",
        dialogue=dialogue,
        page=queries.in_dialogue(dialogue_id, queries.listed_before(request.args.get("fore", ""))),
        refused=refusal(actor(), Do.START, dialogue),
        starts=STARTS[queries.starts_in(dialogue_id)],
        may_set_rule=can(actor(), Do.SET_RULE, dialogue),
    )


@blueprint.route("/regel", methods=["GET", "POST"])
@access(STAFF)
def rule(dialogue_id: int) -> Answer:
    """Who starts threads here."""
    dialogue = visited(dialogue_id)
    require(actor(), Do.SET_RULE, dialogue)
    form = RuleForm(data={"starts": queries.starts_in(dialogue_id).value})
    if form.validate_on_submit():
        service.set_rule(actor(), dialogue, Starts(form.starts.data))
        flash(_("The rule of the forum is saved."), "good")
        return go(".index", dialogue_id=dialogue_id)
    return _page("levels/threads/desk_rule.html", dialogue, None, form)


@blueprint.route("/ny", methods=["GET", "POST"])
@access(STAFF)
def start(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    require(actor(), Do.START, dialogue)
    form = ThreadForm()
    if form.validate_on_submit():
        row = service.start(actor(), dialogue, form.facts())
        return go(".thread", dialogue_id=dialogue_id, thread_id=row.id)
    return _page("levels/threads/desk_write.html", dialogue, None, form)


@blueprint.get("/<int:thread_id>")
@access(STAFF)
def thread(dialogue_id: int, thread_id: int) -> Answer:
    """A thread with everything that can be done to it."""
    row, dialogue = _visited(dialogue_id, thread_id)
    page, _status = _page("levels/threads/desk_thread.html", dialogue, row, ButtonForm())
    return page


@blueprint.route("/<int:thread_id>/om", methods=["GET", "POST"])
@access(STAFF)
def change(dialogue_id: int, thread_id: int) -> Answer:
    row, dialogue = _visited(dialogue_id, thread_id, Do.CHANGE)
    form = ThreadForm(obj=row)
    if form.validate_on_submit():
        try:
            service.change(actor(), row, form.facts(), _version(form))
        except Overtaken:
            return _overtaken("levels/threads/desk_write.html", dialogue, row, form)
        flash(_("The thread is saved."), "good")
        return go(".thread", dialogue_id=dialogue_id, thread_id=thread_id)
    return _page("levels/threads/desk_write.html", dialogue, row, form)


@blueprint.route("/<int:thread_id>/las", methods=["GET", "POST"])
@access(STAFF)
def lock(dialogue_id: int, thread_id: int) -> Answer:
    row, dialogue = _visited(dialogue_id, thread_id, Do.LOCK)
    form = LockForm()
    if form.validate_on_submit():
        service.lock(actor(), row, form.reason.data or "")
        flash(_("The thread is locked. Everyone can still read it."), "good")
        return go(".thread", dialogue_id=dialogue_id, thread_id=thread_id)
    return _page("levels/threads/desk_lock.html", dialogue, row, form)


@blueprint.post("/<int:thread_id>/oppna")
@access(STAFF)
def unlock(dialogue_id: int, thread_id: int) -> Answer:
    row, _dialogue = _visited(dialogue_id, thread_id, Do.UNLOCK)
    service.unlock(actor(), row)
    flash(_("The thread is unlocked."), "good")
    return go(".thread", dialogue_id=dialogue_id, thread_id=thread_id)


@blueprint.route("/<int:thread_id>/slutsats", methods=["GET", "POST"])
@access(STAFF)
def conclude(dialogue_id: int, thread_id: int) -> Answer:
    row, dialogue = _visited(dialogue_id, thread_id, Do.CONCLUDE)
    form = ConclusionForm(obj=row)
    if form.validate_on_submit():
        try:
            service.conclude(actor(), row, form.conclusion.data or "", _version(form))
        except Overtaken:
            return _overtaken("levels/threads/desk_conclude.html", dialogue, row, form)
        flash(_("The conclusion stands above the posts, and those who wrote are told by e-mail."), "good")
        return go(".thread", dialogue_id=dialogue_id, thread_id=thread_id)
    return _page("levels/threads/desk_conclude.html", dialogue, row, form)


@blueprint.route("/<int:thread_id>/bort", methods=["GET", "POST"])
@access(STAFF)
def withdraw(dialogue_id: int, thread_id: int) -> Answer:
    row, dialogue = _visited(dialogue_id, thread_id, Do.WITHDRAW)
    form = ButtonForm()
    if form.validate_on_submit():
        service.withdraw(actor(), row)
        flash(_("The thread is taken away."), "good")
        return go(".index", dialogue_id=dialogue_id)
    return _page("levels/threads/desk_withdraw.html", dialogue, row, form)


def _visited(dialogue_id: int, thread_id: int, do: Do = Do.VISIT) -> tuple[Thread, Dialogue]:
    """The thread and its dialogue, or 404. Raises Refusal."""
    both: tuple[Thread, Dialogue] = found(queries.thread_in(dialogue_id, thread_id))
    require(actor(), do, both[0])
    return both


def _version(form: ThreadForm | ConclusionForm) -> int:
    return STALE if form.version.data is None else int(form.version.data)


def _overtaken(
    template: str, dialogue: Dialogue, row: Thread, form: ThreadForm | ConclusionForm
) -> tuple[str, int]:  # fmt: skip
    begin_again(form, row)
    page, _status = _page(template, dialogue, row, form, overtaken=True)
    return page, 409


def _page(template: str, dialogue: Dialogue, row: Thread | None, form: BaseForm, **more: object) -> tuple[str, int]:
    page = render_template(
        template,
        form=form,
        dialogue=dialogue,
        thread=row,
        address=queries.address_of(row) if row else None,
        do=Do,
        **more,
    )
    return page, status_of(form)
