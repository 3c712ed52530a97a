"""Reading: the threads of a dialogue, one of them a page at a time, and the address of each post."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import kept, subjects
from app.contributions import queries as contributions
from app.contributions.queries import Page, Place
from app.dialogues import queries as dialogues
from app.dialogues import rules as dialogue_rules
from app.dialogues import texts
from app.dialogues.frames import frame
from app.dialogues.models import Dialogue
from app.levels.discussion.threads import queries
from app.levels.discussion.threads.forms import PostForm
from app.levels.discussion.threads.routes.visit import FORUM, ONE, Visit, blueprint
from app.levels.discussion.threads.rules import Do
from app.moderation import queries as moderation
from app.permissions import can, refusal, require
from app.web import PUBLIC, access, actor, found

NEWEST = "nyast"  # ?ordning=
WORDS = ("efter", "fore", "fran")  # a page begins after a place, ends before it, or begins at it


@blueprint.get(FORUM)
@access(PUBLIC)
def index(dialogue_id: int) -> str:
    """What is discussed in this dialogue."""
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    if not can(actor(), dialogue_rules.Do.READ, dialogue):
        abort(404)
    page = queries.in_dialogue(dialogue_id, queries.listed_before(request.args.get("fore", "")))
    said = texts.said([texts.row_of(dialogue), *map(queries.row_of, page.rows)])
    threads = [(row, said[subjects.key("thread", row.id)]) for row in page.rows]
    who, refused = actor(), refusal(actor(), Do.PROPOSE, dialogue)
    return render_template(
        "levels/threads/index.html",
        threads=threads,
        further=page.further,
        refused=refused,
        waiting=queries.own_waiting(dialogue_id, who.person_id) if who.is_signed_in else [],
        back=request.script_root + request.path,
        **frame(dialogue, said),
    )


@blueprint.get(ONE)
@access(PUBLIC)
def show(dialogue_id: int, thread_id: int) -> str:
    """A page of a thread. Reading it leaves no cookie; the form is for those who may write."""
    visit = Visit(dialogue_id, thread_id)
    if kept.is_shown_again():  # signed out while writing: the page without a form would lose what was written
        require(actor(), Do.WRITE, visit.thread)
    return shown(visit)


@blueprint.get(ONE + "/inlagg/<int:post_id>")
@access(PUBLIC)
def post(dialogue_id: int, thread_id: int, post_id: int) -> Response:
    """Leads to the post on the page where it stands, whatever has been written since; also to where it stood."""
    visit = Visit(dialogue_id, thread_id)
    row = found(queries.post_in(visit.thread, post_id))
    if row.is_waiting and not can(actor(), Do.READ_POST, row):
        abort(404)
    start = contributions.landing(row, actor())
    # Not for ever: where it stands moves when others answer.
    where = url_for(".show", fran=str(start) if start else None, _anchor=f"inlagg-{row.id}", **visit.place)
    return redirect(where, 302)


def shown(visit: Visit, form: PostForm | None = None) -> str:
    """The thread with the page that was asked for; `form` is one that was sent and is wrong."""
    newest_first = request.args.get("ordning") == NEWEST
    page = _page(visit, newest_first=newest_first)
    reason = refusal(actor(), Do.WRITE, visit.thread)
    return render_template(
        "levels/threads/show.html",
        **visit.frame(),
        page=page,
        why=moderation.hidden_because([row.review_id for row in page.rows if row.is_hidden]),
        newest_first=newest_first,
        form=form if form is not None or reason else PostForm(),
        reason=reason,
        do=Do,
        back=request.script_root + request.path,
    )


def _page(visit: Visit, *, newest_first: bool) -> Page:
    after, before, start = (Place.read(request.args.get(word, "")) for word in WORDS)
    return contributions.page(
        visit.thread.id, actor(), after=after, before=before, start=start, newest_first=newest_first
    )
