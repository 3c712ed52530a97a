"""The moderators' door: the queue, one text, several at once."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.moderation import queries, service
from app.moderation.forms import LARGEST, DecisionForm, SeveralForm, ids, versions
from app.moderation.grounds import GROUNDS
from app.moderation.queries import Item, Tab
from app.moderation.routes import moderation
from app.moderation.rules import Do
from app.permissions import refusal, require
from app.reviews.models import State
from app.web import STAFF, access, actor, found, go


@moderation.get("/moderering")
@access(STAFF, Do.QUEUE)
def queue() -> str:
    """What waits, what has been reported, what is hidden."""
    require(actor(), Do.QUEUE)
    asked = request.args.get("list", "")
    tab = Tab(asked) if asked in set(Tab) else Tab.WAITING
    page = queries.page(tab, actor(), after=_edge("after"), before=_edge("before"))
    return render_template(
        "moderation/queue.html", tab=tab, tabs=Tab, counts=queries.counts(actor()), page=page, title_of=queries.title_of
    )


@moderation.get("/moderering/<int:reviewable_id>")
@access(STAFF)
def item(reviewable_id: int) -> str:
    """One text in its context, with the form for deciding."""
    return _item_page(found(queries.item(reviewable_id, actor())))


@moderation.post("/moderering/<int:reviewable_id>")
@access(STAFF)
def decide(reviewable_id: int) -> Any:
    """Take the decision."""
    it = found(queries.item(reviewable_id, actor()))
    form = DecisionForm(it, latest_report=0)
    if not form.validate_on_submit():
        return _item_page(it, form), 422
    note = form.note.data or ""
    try:
        if form.outcome.data == State.HIDDEN:
            service.hide(actor(), it, form.seen, ground=form.ground.data, note=note)
            flash(_("The text is hidden."), "good")
        else:
            service.show(actor(), it, form.seen, note=note)
            flash(_("The text is shown."), "good")
    except service.AlreadyDecided as first:
        return _item_page(found(queries.item(reviewable_id, actor())), decided=first), 409
    return go("moderation.queue")


@moderation.get("/moderering/visa")
@access(STAFF)
def confirm_several() -> str:
    """Before several are shown at once: read them through."""
    require(actor(), Do.QUEUE)
    chosen = queries.items(ids(request.args.getlist("id"))[: service.MOST_AT_ONCE], actor())
    waiting = [one for one in chosen if one.review.state == State.WAITING]
    return render_template("moderation/several.html", form=SeveralForm(), items=waiting, title_of=queries.title_of)


@moderation.post("/moderering/visa")
@access(STAFF)
def show_several() -> Any:
    """Show those that were chosen and that nobody has decided meanwhile."""
    form = SeveralForm()
    if not form.validate_on_submit():
        return render_template("moderation/several.html", form=form, items=[], title_of=queries.title_of), 422
    shown, left = service.show_several(actor(), versions(request.form.getlist("item")))
    if shown:
        flash(ngettext("%(num)s text is shown.", "%(num)s texts are shown.", shown), "good")
    if left:
        flash(
            ngettext(
                "%(num)s text was left: a colleague has decided about it, or it is your own.",
                "%(num)s texts were left: a colleague has decided about them, or they are your own.",
                left,
            )
        )
    return go("moderation.queue")


def _item_page(it: Item, form: DecisionForm | None = None, *, decided: service.AlreadyDecided | None = None) -> str:
    reports = queries.reports(it.id)
    latest = reports[-1].id if reports else 0
    return render_template(
        "moderation/item.html",
        item=it,
        state=State(it.review.state),
        form=form or DecisionForm(it, latest_report=latest, formdata=None),
        reports=reports,
        rulings=queries.rulings(it.id),
        refused=refusal(actor(), Do.DECIDE, it),
        decided=decided,
        grounds=GROUNDS,
    )


def _edge(name: str) -> int | None:
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number <= LARGEST else None
