"""The short address of a dialogue, as it stands on posters and in codes."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from app.dialogues import queries
from app.dialogues.addresses import address_of
from app.dialogues.models import Dialogue
from app.dialogues.rules import Do
from app.permissions import can
from app.web import PUBLIC, access, actor, found

blueprint = Blueprint("papers", __name__)


@blueprint.get("/d/<int:dialogue_id>")
@access(PUBLIC)
def short(dialogue_id: int) -> Response:
    """Leads to the dialogue, or 404 for whoever may not know that it exists. Not for ever: its name may change."""
    dialogue: Dialogue = found(queries.dialogue(dialogue_id))
    if not can(actor(), Do.READ, dialogue):
        abort(404)
    endpoint, values = address_of(dialogue)
    return redirect(url_for(endpoint, **values), 302)
