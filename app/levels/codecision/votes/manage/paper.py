"""Paper: who votes so is marked while the vote is open, and two persons enter what each polling place counted."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _

from app.ballots import queries as boxes
from app.ballots.problems import NotTaken
from app.ballots.service import Entered
from app.dialogues.manage.saving import status_of
from app.levels.codecision.votes import forms, service
from app.levels.codecision.votes.manage.door import Answer, blueprint, visited_vote
from app.levels.codecision.votes.manage.frames import ONE
from app.levels.codecision.votes.models import Vote
from app.levels.codecision.votes.rules import Do
from app.web import STAFF, access, actor, go


@blueprint.route(ONE + "/papper", methods=["GET", "POST"])
@access(STAFF)
def mark(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.MARK_PAPER)
    form = forms.MarkForm()
    if form.validate_on_submit():
        try:
            replaced = service.mark_paper(actor(), row, form.who.data)
        except NotTaken as problem:
            form.refuse(form.who, problem.sentence)
        else:
            flash(_marked(replaced), "good")
            return go(".mark", dialogue_id=dialogue_id, vote_id=vote_id)
    return render_template("levels/votes/desk_mark.html", form=form, vote=row, dialogue=dialogue), status_of(form)


def _marked(replaced: bool) -> str:
    if replaced:
        return _(
            "Marked. The ballot on the web has been taken away, and the person is told by e-mail. Hand out a paper."
        )
    return _("Marked. Hand out a ballot paper.")


@blueprint.route(ONE + "/rakning", methods=["GET", "POST"])
@access(STAFF)
def count(dialogue_id: int, vote_id: int) -> Answer:
    """Enter a polling place's count: the first time, or the second without seeing the first."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.COUNT_PAPER)
    form = forms.station_form((row.box.paper or {}).get("options", []))
    if form.validate_on_submit():
        try:
            entered = service.enter_count(actor(), row, form.station.data, form.counts())
        except NotTaken as problem:
            form.refuse(form.station, problem.sentence)
        else:
            flash(_said(entered), "bad" if entered is Entered.DIFFERS else "good")
            return go(".count", dialogue_id=dialogue_id, vote_id=vote_id)
    page = render_template(
        "levels/votes/desk_count.html", form=form, vote=row, dialogue=dialogue, stations=_stations(row)
    )
    return page, status_of(form)


def _said(entered: Entered) -> str:
    if entered is Entered.FIRST:
        return _("Entered. Somebody else now enters the same polling place, without seeing your figures.")
    if entered is Entered.CONFIRMED:
        return _("The two counts agree, and are confirmed.")
    return _("The two counts differ. Both have been forgotten: count the ballots again, and enter them again.")


def _stations(row: Vote) -> list[tuple[str, bool]]:
    """Polling places that have been entered, and whether by two persons; no figures."""
    return sorted({(one.station, one.confirmed_by_id is not None) for one in boxes.paper_lines(row.box)})
