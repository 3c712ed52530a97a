"""Who can vote, until the dialogue is announced."""

from __future__ import annotations

import csv
import io

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.dialogues.forms import ButtonForm
from app.dialogues.models import Dialogue
from app.forms import BaseForm
from app.levels.codecision.votes import forms, queries, service
from app.levels.codecision.votes.manage.door import Answer, attached, blueprint, visited_vote
from app.levels.codecision.votes.manage.frames import ONE
from app.levels.codecision.votes.models import Audience, Vote
from app.levels.codecision.votes.rules import Do
from app.web import STAFF, access, actor, go

FEW = 50  # below this many the figures themselves may give people away


@blueprint.get(ONE + "/roster")
@access(STAFF)
def electorate(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    return _page(row, dialogue, forms.AddressesForm() if row.audience == Audience.LISTED else forms.CodesForm())


@blueprint.post(ONE + "/roster/lista")
@access(STAFF)
def list_addresses(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    form = forms.AddressesForm()
    if row.audience != Audience.LISTED:
        abort(404)
    if not form.validate_on_submit():
        return _page(row, dialogue, form), 422
    service.list_addresses(actor(), row, form.lines())
    flash(_("The list is saved."), "good")
    return go(".electorate", dialogue_id=dialogue_id, vote_id=vote_id)


@blueprint.post(ONE + "/roster/koder")
@access(STAFF)
def make_codes(dialogue_id: int, vote_id: int) -> Answer:
    """Answers with the file itself, once: the codes are kept nowhere else, so there is no page to go on to."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    form = forms.CodesForm()
    if row.audience != Audience.CODES:
        abort(404)
    if not form.validate_on_submit():
        return _page(row, dialogue, form), 422
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerows([("nummer", "kod"), *enumerate(service.make_codes(actor(), row, forms.whole(form.number)), 1)])
    return attached("\ufeff" + file.getvalue(), "text/csv", f"koder-omrostning-{vote_id}.csv")


@blueprint.post(ONE + "/roster/koder/bort")
@access(STAFF)
def take_away_codes(dialogue_id: int, vote_id: int) -> Response:
    row, _dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    if ButtonForm().validate_on_submit():
        service.take_away_codes(actor(), row)
    return go(".electorate", dialogue_id=dialogue_id, vote_id=vote_id)


def _page(row: Vote, dialogue: Dialogue, form: BaseForm) -> str:
    return render_template(
        "levels/votes/desk_electorate.html",
        form=form,
        vote=row,
        dialogue=dialogue,
        number=queries.electorate(row),
        few=FEW,
    )
