"""The votes of a dialogue: a list, a new one, one of them with its steps, and taking it away."""

from __future__ import annotations

from flask import render_template

from app.ballots import queries as boxes
from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import status_of, visited
from app.i18n import lazy as _l
from app.levels.codecision.votes import forms, queries, service
from app.levels.codecision.votes.manage.door import Answer, blueprint, sure, visited_vote
from app.levels.codecision.votes.manage.steps import steps
from app.levels.codecision.votes.rules import Do
from app.permissions import refusal, require
from app.web import STAFF, access, actor, go

ONE = "/<int:vote_id>"


@blueprint.get("")
@access(STAFF)
def index(dialogue_id: int) -> str:
    dialogue = visited(dialogue_id)
    return render_template(
        "levels/votes/desk_index.html",
        dialogue=dialogue,
        votes=queries.in_dialogue(dialogue_id),
        kinds=forms.KIND_NAMES,
        refused=refusal(actor(), Do.CREATE, dialogue),
    )


@blueprint.route("/ny", methods=["GET", "POST"])
@access(STAFF)
def new(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    require(actor(), Do.CREATE, dialogue)
    form = forms.VoteForm(
        data={
            "most": "3",
            "min_publish": str(forms.USUALLY_SHOWN),
            "allow_change": True,
            "level": "A",
            "connections": ["lives"],
        }
    )
    if form.validate_on_submit():
        made = service.create(actor(), dialogue, form.facts(), form.lines())
        return go(".show", dialogue_id=dialogue_id, vote_id=made.id)
    return render_template("levels/votes/desk_vote.html", form=form, dialogue=dialogue, vote=None), status_of(form)


@blueprint.get(ONE)
@access(STAFF)
def show(dialogue_id: int, vote_id: int) -> str:
    """How far the vote has come and what is to be done, with the frames and the protocol."""
    row, dialogue = visited_vote(dialogue_id, vote_id)
    return render_template(
        "levels/votes/desk_show.html",
        dialogue=dialogue,
        vote=row,
        steps=steps(row, dialogue, actor()),
        names={**forms.KIND_NAMES, **forms.LEVEL_NAMES, **forms.AUDIENCE_NAMES, **forms.TIE_NAMES},
        options=[one.text for one in row.options],
        protocol=boxes.protocol(row.box),
        can_edit=refusal(actor(), Do.EDIT, row) is None,
    )


@blueprint.route(ONE + "/ramar", methods=["GET", "POST"])
@access(STAFF)
def change(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    form = forms.VoteForm(data=forms.kept(row))
    if form.validate_on_submit():
        service.change(actor(), row, form.facts(), form.lines())
        return go(".show", dialogue_id=dialogue_id, vote_id=vote_id)
    return render_template("levels/votes/desk_vote.html", form=form, dialogue=dialogue, vote=row), status_of(form)


@blueprint.route(ONE + "/bort", methods=["GET", "POST"])
@access(STAFF)
def withdraw(dialogue_id: int, vote_id: int) -> Answer:
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    if ButtonForm().validate_on_submit():
        service.withdraw(actor(), row)
        return go(".index", dialogue_id=dialogue_id)
    sentence = _l("The vote “%(title)s” is taken away. You cannot undo this.", title=row.title)
    return sure(row, dialogue, _l("Take away the vote"), sentence)
