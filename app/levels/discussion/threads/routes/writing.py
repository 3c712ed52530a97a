"""Writing: a post, an answer, a change of one's own, and taking it away. Each POST ends in a redirect to the post."""

from __future__ import annotations

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import limits
from app.contributions import queries as contributions
from app.contributions.forms import ContributionForm
from app.contributions.models import Contribution
from app.contributions.service import AlreadySent
from app.dialogues import queries as dialogues
from app.dialogues import rules as dialogue_rules
from app.dialogues import texts
from app.dialogues.addresses import slug
from app.dialogues.frames import frame
from app.dialogues.models import Dialogue
from app.forms import BaseForm
from app.levels.discussion.threads import queries, service
from app.levels.discussion.threads.forms import AnswerForm, PostForm, TopicForm
from app.levels.discussion.threads.models import Starts
from app.levels.discussion.threads.routes.reading import shown
from app.levels.discussion.threads.routes.visit import FORUM, ONE, Visit, blueprint
from app.levels.discussion.threads.rules import Do
from app.permissions import can, require
from app.web import PUBLIC, SIGNED_IN, access, actor, client, found, go

Answer = str | tuple[str, int] | Response


@blueprint.get(FORUM + "/ny")
@access(SIGNED_IN)
def propose(dialogue_id: int) -> Answer:
    """Start a thread, where the lead lets residents."""
    return _topic_page(_to_propose(dialogue_id), TopicForm())


@blueprint.post(FORUM + "/ny")
@access(SIGNED_IN)
def send_topic(dialogue_id: int) -> Answer:
    """Sent twice, it leads to what came of the first time."""
    _count_try()
    form, who = TopicForm(), actor()
    is_right = form.validate_on_submit()
    if is_right:  # what is sent back to be mended is not counted as a thread
        limits.spend(service.TOPICS, f"person {who.person_id}")
    dialogue = _to_propose(dialogue_id)
    if not is_right:
        return _topic_page(dialogue, form), 422
    row = service.propose(who, dialogue, form.title.data or "", form.draft(who.name))
    here = {"dialogue_id": dialogue.id, "slug": slug(dialogue.title)}
    if queries.thread(row.id) is None:
        flash(_("Thank you. Your thread is shown to others when a moderator has read it."), "good")
        return go(".index", **here)
    flash(_("Thank you. Your thread has started."), "good")
    return go(".show", thread_id=row.id, **here)


@blueprint.post(ONE)
@access(PUBLIC)
def write(dialogue_id: int, thread_id: int) -> Answer:
    """A post of one's own, from the form at the foot of the thread."""
    _count_try()
    visit, form = Visit(dialogue_id, thread_id), PostForm()
    require(actor(), Do.WRITE, visit.thread)
    if not form.validate_on_submit():
        return shown(visit, form), 422
    return _written(visit, form)


@blueprint.get(ONE + "/svara/<int:post_id>")
@access(SIGNED_IN)
def answer(dialogue_id: int, thread_id: int, post_id: int) -> Answer:
    visit = Visit(dialogue_id, thread_id)
    require(actor(), Do.WRITE, visit.thread)
    return _page(visit, "levels/threads/answer.html", AnswerForm(), visit.post(post_id, Do.ANSWER))


@blueprint.post(ONE + "/svara/<int:post_id>")
@access(SIGNED_IN)
def send_answer(dialogue_id: int, thread_id: int, post_id: int) -> Answer:
    _count_try()
    visit, form = Visit(dialogue_id, thread_id), AnswerForm()
    require(actor(), Do.WRITE, visit.thread)
    parent = visit.post(post_id, Do.ANSWER)
    if not form.validate_on_submit():
        return _page(visit, "levels/threads/answer.html", form, parent), 422
    return _written(visit, form, parent, quotes=form.quotes.data)


@blueprint.route(ONE + "/inlagg/<int:post_id>/andra", methods=["GET", "POST"])
@access(SIGNED_IN)
def change(dialogue_id: int, thread_id: int, post_id: int) -> Answer:
    """Write one's own post anew, for half an hour."""
    visit = Visit(dialogue_id, thread_id)
    row = visit.post(post_id)
    require(actor(), Do.WRITE, visit.thread)
    require(actor(), Do.CHANGE_POST, row)
    form = PostForm(obj=row)
    if form.validate_on_submit():
        service.change_post(actor(), visit.thread, row, form.text.data or "", form.language.data)
        flash(_("Your post is changed."), "good")
        return _to(visit, row)
    return _page(visit, "levels/threads/change.html", form, row), 422 if form.errors else 200


@blueprint.route(ONE + "/inlagg/<int:post_id>/ta-bort", methods=["GET", "POST"])
@access(SIGNED_IN)
def remove(dialogue_id: int, thread_id: int, post_id: int) -> Answer:
    """Ask first, then take one's own post away."""
    visit = Visit(dialogue_id, thread_id)
    row = visit.post(post_id)
    require(actor(), Do.REMOVE_POST, row)
    form = BaseForm()
    if form.validate_on_submit():
        service.remove_post(actor(), visit.thread, row)
        flash(_("Your post is taken away."), "good")
        return _to(visit, row)
    return _page(visit, "levels/threads/remove.html", form, row)


def _to_propose(dialogue_id: int) -> Dialogue:
    """A dialogue in which this person may start a thread. Raises Refusal; 404 for one that they may not read."""
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    if not can(actor(), dialogue_rules.Do.READ, dialogue):
        abort(404)
    require(actor(), Do.PROPOSE, dialogue)
    return dialogue


def _topic_page(dialogue: Dialogue, form: TopicForm) -> str:
    said = texts.said([texts.row_of(dialogue)])
    reads_first = queries.starts_in(dialogue.id) is Starts.READ_FIRST
    return render_template("levels/threads/propose.html", form=form, reads_first=reads_first, **frame(dialogue, said))


def _count_try() -> None:
    """Before anything is read: see `limits.spend`."""
    who = actor()
    limits.spend(service.POSTS, f"person {who.person_id}" if who.is_signed_in else client())


def _written(
    visit: Visit, form: ContributionForm, parent: Contribution | None = None, *, quotes: bool = False
) -> Response:  # fmt: skip
    """Take it in. Sent twice, it leads to what came of the first time."""
    who = actor()
    try:
        row = service.write(who, visit.thread, form.draft(who.name), parent=parent, quotes_parent=quotes)
        if row.is_waiting:
            flash(_("Thank you. Your post is shown to others when a moderator has read it."), "good")
        else:
            flash(_("Thank you. Your post is shown below."), "good")
    except AlreadySent:
        visit = Visit(visit.here["dialogue_id"], visit.place["thread_id"])
        row = found(contributions.by_form(visit.thread.id, form.key.data or ""))
    return _to(visit, row)


def _to(visit: Visit, row: Contribution) -> Response:
    return go(".post", post_id=row.id, **visit.place)


def _page(visit: Visit, template: str, form: BaseForm, row: Contribution) -> str:
    return render_template(template, form=form, row=row, **visit.frame())
