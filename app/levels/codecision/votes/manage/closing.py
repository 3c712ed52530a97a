"""After the closing: mixing, opening by two key holders, certifying, destroying."""

from __future__ import annotations

import json

from flask import render_template
from werkzeug.wrappers import Response

from app.ballots.problems import NotTaken
from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import status_of
from app.i18n import lazy as _l
from app.levels.codecision.votes import forms, service
from app.levels.codecision.votes.manage.door import Answer, attached, blueprint, holders_page, sure, visited_vote
from app.levels.codecision.votes.manage.frames import ONE
from app.levels.codecision.votes.rules import Do
from app.web import STAFF, access, actor, go


@blueprint.route(ONE + "/blandning", methods=["GET", "POST"])
@access(STAFF)
def seal(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.SEAL)
    if ButtonForm().validate_on_submit():
        service.seal(actor(), row)
        return go(".show", dialogue_id=dialogue_id, vote_id=vote_id)
    sentence = _l("Names and codes are taken away from the ballots. After this no ballot can be found or taken back.")
    return sure(row, dialogue, _l("Take the names away and mix the ballots"), sentence)


@blueprint.route(ONE + "/oppning", methods=["GET", "POST"])
@access(STAFF)
def opening(dialogue_id: int, vote_id: int) -> Answer:
    """Where the sealed ballots are fetched, and what the key holders counted is taken in."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.OPEN)
    form = forms.FileForm()
    if form.validate_on_submit():
        try:
            service.take_in(actor(), row, form.content())
            return go(".show", dialogue_id=dialogue_id, vote_id=vote_id)
        except NotTaken as problem:
            form.refuse(form.file, problem.sentence)
    return render_template("levels/votes/desk_opening.html", form=form, vote=row, dialogue=dialogue), status_of(form)


@blueprint.route(ONE + "/oppning/har", methods=["GET", "POST"])
@access(STAFF)
def open_here(dialogue_id: int, vote_id: int) -> Answer:
    """On level B: two holders open the ballots on the server."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.OPEN)
    form = forms.HoldersForm()
    if form.validate_on_submit():
        try:
            service.open_here(actor(), row, form.files(), form.passphrases())
            return go(".show", dialogue_id=dialogue_id, vote_id=vote_id)
        except NotTaken as problem:
            form.refuse(form.first_file, problem.sentence)
    return holders_page(row, dialogue, form, _l("Open the ballots")), status_of(form)


@blueprint.post(ONE + "/oppning/sealed.json")
@access(STAFF)
def fetch(dialogue_id: int, vote_id: int) -> Response:
    """The sealed ballots. By a button and not a link, because taking them is written down."""
    row, _dialogue = visited_vote(dialogue_id, vote_id, Do.OPEN)
    return attached(json.dumps(service.fetch_sealed(actor(), row)), "application/json", "sealed.json")


@blueprint.route(ONE + "/faststallande", methods=["GET", "POST"])
@access(STAFF)
def certify(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.CERTIFY)
    heading = _l("Certify the result")
    sentence = _l("The result stands after this, and becomes public when the dialogue's result is published.")
    if ButtonForm().validate_on_submit():
        try:
            service.certify(actor(), row)
            return go(".show", dialogue_id=dialogue_id, vote_id=vote_id)
        except NotTaken as problem:
            return sure(row, dialogue, heading, sentence, problem.sentence), 422
    return sure(row, dialogue, heading, sentence)


@blueprint.route(ONE + "/gallring", methods=["GET", "POST"])
@access(STAFF)
def purge(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.PURGE)
    if ButtonForm().validate_on_submit():
        service.purge(actor(), row)
        return go(".show", dialogue_id=dialogue_id, vote_id=vote_id)
    sentence = _l(
        "The sealed ballots and the roll are destroyed; result, receipts and protocol stay. The three key holders "
        "destroy their files on the same day, so that no old copy of the database can ever be opened."
    )
    return sure(row, dialogue, _l("Destroy ballots, roll and key"), sentence)
