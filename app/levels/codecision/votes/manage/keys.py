"""The key of a vote with its trial openings, until the dialogue is announced. On level B both are made here."""

from __future__ import annotations

import io
import json
import zipfile

from flask import render_template
from werkzeug.wrappers import Response

from app.ballots import queries as boxes
from app.ballots.core import opening
from app.ballots.problems import NotTaken
from app.dialogues.manage.saving import status_of
from app.dialogues.models import Dialogue
from app.i18n import lazy as _l
from app.levels.codecision.votes import forms, service
from app.levels.codecision.votes.manage.door import Answer, attached, blueprint, holders_page, visited_vote
from app.levels.codecision.votes.manage.frames import ONE
from app.levels.codecision.votes.models import Vote
from app.levels.codecision.votes.rules import Do
from app.web import STAFF, access, actor, go


@blueprint.route(ONE + "/nyckel", methods=["GET", "POST"])
@access(STAFF)
def key(dialogue_id: int, vote_id: int) -> Answer:
    """How the key is made, the place for its public half, and what the trials still lack."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    form = forms.FileForm()
    if form.validate_on_submit():
        try:
            service.register_key(actor(), row, form.content())
            return go(".key", dialogue_id=dialogue_id, vote_id=vote_id)
        except NotTaken as problem:
            form.refuse(form.file, problem.sentence)
    return _key_page(row, dialogue, form, forms.TrialForm(formdata=None)), status_of(form)


@blueprint.post(ONE + "/nyckel/prov")
@access(STAFF)
def trial(dialogue_id: int, vote_id: int) -> Answer:
    """The word that a pair of holders read with the key."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    form = forms.TrialForm()
    if form.validate_on_submit():
        try:
            service.answer_trial(actor(), row, form.pair.data, form.word.data)
            return go(".key", dialogue_id=dialogue_id, vote_id=vote_id)
        except NotTaken as problem:
            form.refuse(form.word, problem.sentence)
    return _key_page(row, dialogue, forms.FileForm(formdata=None), form), status_of(form)


@blueprint.get(ONE + "/nyckel/trial.json")
@access(STAFF)
def trial_file(dialogue_id: int, vote_id: int) -> Response:
    row, _dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    return attached(json.dumps(boxes.trial_file(row.box), indent=1), "application/json", "trial.json")


def _key_page(row: Vote, dialogue: Dialogue, form: forms.FileForm, answer: forms.TrialForm) -> str:
    public = row.box.public_key
    return render_template(
        "levels/votes/desk_key.html",
        form=answer if answer.errors else form,
        file_form=form,
        trial_form=answer,
        vote=row,
        dialogue=dialogue,
        trials=boxes.trials(row.box),
        fingerprint=opening.fingerprint(bytes.fromhex(public)) if public else "",
    )


@blueprint.route(ONE + "/nyckel/har", methods=["GET", "POST"])
@access(STAFF)
def make_key(dialogue_id: int, vote_id: int) -> Answer:
    """On level B: make the key on the server. Answers with the holders' files, once: they are kept nowhere."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    form = forms.KeyForm()
    if form.validate_on_submit():
        try:
            files = service.make_key_here(actor(), row, form.names(), form.passphrases())
            return attached(_zipped(files), "application/zip", f"nyckel-omrostning-{vote_id}.zip")
        except NotTaken as problem:
            form.refuse(form.first_passphrase, problem.sentence)
    return render_template("levels/votes/desk_make_key.html", form=form, vote=row, dialogue=dialogue), status_of(form)


def _zipped(files: list[dict[str, object]]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(f"holder-{file['holder']}.json", json.dumps(file, ensure_ascii=False, indent=1))
    return content.getvalue()


@blueprint.route(ONE + "/nyckel/prov/har", methods=["GET", "POST"])
@access(STAFF)
def trial_here(dialogue_id: int, vote_id: int) -> Answer:
    """On level B: a pair of holders opens its trial on the server."""
    row, dialogue = visited_vote(dialogue_id, vote_id, Do.EDIT)
    form = forms.HoldersForm()
    if form.validate_on_submit():
        try:
            service.try_here(actor(), row, form.files(), form.passphrases())
            return go(".key", dialogue_id=dialogue_id, vote_id=vote_id)
        except NotTaken as problem:
            form.refuse(form.first_file, problem.sentence)
    return holders_page(row, dialogue, form, _l("Open a trial")), status_of(form)
