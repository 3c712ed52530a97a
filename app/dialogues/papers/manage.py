"""The officials' door: what is printed of a dialogue, one language at a time; the page's language is the paper's."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, render_template, request, url_for

from app import i18n
from app.dialogues import queries
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.papers import sheets
from app.dialogues.papers.routes import blueprint
from app.dialogues.papers.rules import Do
from app.dialogues.queries import Dossier
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import require
from app.web import STAFF, access, actor, found

HERE = "/arbetsyta/dialoger/<int:dialogue_id>"
TEMPLATES = {
    "anslag": "dialogues/papers/anslag.html",
    "affisch": "dialogues/papers/affisch.html",
    "tidningstext": "dialogues/papers/tidningstext.html",
}
KINDS: dict[str, LazyText] = {
    "anslag": _l("Notice"),
    "affisch": _l("Poster"),
    "tidningstext": _l("Text for the municipal paper"),
}


@blueprint.get(HERE + "/trycksaker")
@access(STAFF, Do.PRINT)
def index(dialogue_id: int) -> str:
    """Everything that can be printed, in every language."""
    dossier = _dossier(dialogue_id)
    whole = sheets.languages_of(dossier)
    return render_template(
        "dialogues/papers/index.html",
        dialogue=dossier.dialogue,
        sheet=sheets.sheet_of(dossier, _base_url()),
        kinds=KINDS,
        whole=whole,
        others=i18n.shipped(),
        in_swedish={kind: _without_language(dialogue_id, kind) for kind in KINDS},
    )


@blueprint.get(HERE + "/trycksaker/<any(anslag, affisch, tidningstext):kind>")
@access(STAFF, Do.PRINT)
def sheet(dialogue_id: int, kind: str) -> str:
    return _page(dialogue_id, TEMPLATES[kind], heading=KINDS[kind])


@blueprint.get(HERE + "/trycksaker/tidningstext.txt")
@access(STAFF, Do.PRINT)
def text_for_the_paper(dialogue_id: int) -> Response:
    """The same as the page says, as plain text to hand over."""
    dossier = _dossier(dialogue_id)
    words = render_template("dialogues/papers/tidningstext.txt", sheet=sheets.sheet_of(dossier, _base_url()))
    answer = Response(words, content_type="text/plain; charset=utf-8")
    name = f"{slug(dossier.dialogue.title)}-{i18n.current().code}.txt"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _without_language(dialogue_id: int, kind: str) -> str:
    """The address of a sheet with no language before it: the list puts each of them there."""
    return url_for(".sheet", dialogue_id=dialogue_id, kind=kind).removeprefix(request.script_root)


def _page(dialogue_id: int, template: str, **more: Any) -> str:
    dossier = _dossier(dialogue_id)
    return render_template(template, dialogue=dossier.dialogue, sheet=sheets.sheet_of(dossier, _base_url()), **more)


def _dossier(dialogue_id: int) -> Dossier:
    dialogue: Dialogue = found(queries.dialogue(dialogue_id))
    require(actor(), Do.PRINT, dialogue)
    return Dossier(dialogue)


def _base_url() -> str:
    settled: str = current_app.config["SETTINGS"].base_url
    return settled
