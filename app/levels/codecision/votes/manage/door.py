"""The blueprint, and what stands at its addresses."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.dialogues.forms import ButtonForm
from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.levels.codecision.votes import forms, queries
from app.levels.codecision.votes.models import Vote
from app.levels.codecision.votes.rules import Do
from app.permissions import require
from app.web import actor, found

Answer = str | tuple[str, int] | Response

blueprint = Blueprint("vote_desk", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>/omrostning")


def visited_vote(dialogue_id: int, vote_id: int, do: Do = Do.VISIT) -> tuple[Vote, Dialogue]:
    """The vote and its dialogue, or 404. Raises Refusal."""
    both: tuple[Vote, Dialogue] = found(queries.vote_in(dialogue_id, vote_id))
    require(actor(), do, both[0])
    return both


def attached(content: str | bytes, kind: str, name: str) -> Response:
    """A file that is kept by nobody on the way."""
    answer = Response(content, content_type=kind if isinstance(content, bytes) else f"{kind}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def sure(row: Vote, dialogue: Dialogue, heading: LazyText, sentence: LazyText, problem: LazyText | None = None) -> str:
    """The page that asks before a step is taken; `problem` is why it was not."""
    return render_template(
        "levels/votes/desk_confirm.html",
        form=ButtonForm(),
        vote=row,
        dialogue=dialogue,
        heading=heading,
        sentence=sentence,
        problem=problem,
    )


def holders_page(row: Vote, dialogue: Dialogue, form: forms.HoldersForm, heading: LazyText) -> str:
    """Two holders with their files and passphrases, on level B."""
    return render_template("levels/votes/desk_holders.html", form=form, vote=row, dialogue=dialogue, heading=heading)
