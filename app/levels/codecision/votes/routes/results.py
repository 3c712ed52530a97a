"""What came of a vote, and everything that an outsider needs to check it: list, protocol, package and programs."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import ModuleType

from flask import render_template, request
from werkzeug.wrappers import Response

from app.ballots import queries as boxes
from app.ballots.core import opening, recount
from app.ballots.models import BoxState
from app.levels.codecision.votes import forms, queries
from app.levels.codecision.votes.routes.visit import ONE, Visit, blueprint
from app.levels.codecision.votes.rules import Do
from app.permissions import refusal, require
from app.web import PUBLIC, access, actor

LISTED = (BoxState.SEALED, BoxState.OPENED, BoxState.CERTIFIED, BoxState.PURGED)


@blueprint.get(ONE + "/resultat")
@access(PUBLIC)
def results(dialogue_id: int, vote_id: int) -> str:
    """Votes for each option, once the result is certified and published; before that a sentence."""
    visit = Visit(dialogue_id, vote_id)
    reason = refusal(actor(), Do.READ_RESULTS, visit.vote)
    return render_template(
        "levels/votes/results.html",
        **visit.frame(),
        not_yet=reason,
        outcome=None if reason else queries.outcome(visit.vote),
        turnout=boxes.turnout(visit.vote.box),
    )


@blueprint.get(ONE + "/granska")
@access(PUBLIC)
def audit(dialogue_id: int, vote_id: int) -> str:
    """How the count can be checked, the protocol so far, and whether a receipt is in the list."""
    visit = Visit(dialogue_id, vote_id)
    typed = request.args.get("kvitto", "").strip()[:40]
    listed = visit.vote.box.state in LISTED
    return render_template(
        "levels/votes/audit.html",
        **visit.frame(),
        form=forms.ReceiptForm(request.args),
        listed=listed,
        typed=typed,
        is_there=boxes.has_receipt(visit.vote.box, typed) if typed and listed else None,
        steps=boxes.protocol(visit.vote.box),
        programs=[(name, _hash(module)) for name, module in PROGRAMS.items()],
        no_package=refusal(actor(), Do.READ_RESULTS, visit.vote),
        fingerprint=opening.fingerprint(bytes.fromhex(visit.vote.box.public_key or "")),
    )


@blueprint.get(ONE + "/granska/paket.json")
@access(PUBLIC)
def package(dialogue_id: int, vote_id: int) -> Response:
    """The public package, with the result's publication."""
    visit = Visit(dialogue_id, vote_id)
    require(actor(), Do.READ_RESULTS, visit.vote)
    content = json.dumps(boxes.package(visit.vote.box), ensure_ascii=False, indent=1)
    return _file(content, "application/json", f"omrostning-{vote_id}-paket.json")


@blueprint.get(ONE + "/granska/kvitton.txt")
@access(PUBLIC)
def receipts(dialogue_id: int, vote_id: int) -> Response:
    """The published list, a receipt on each line; empty before the envelopes have been mixed."""
    visit = Visit(dialogue_id, vote_id)
    lines = "".join(boxes.short(one) + "\n" for one in boxes.receipts(visit.vote.box))
    return _file(lines, "text/plain", f"omrostning-{vote_id}-kvitton.txt")


@blueprint.get("/omrostning/program/<any(opening, recount):name>.py")
@access(PUBLIC)
def program(name: str) -> Response:
    """The opening tool, or the recount: the very files that this site runs."""
    return _file(_source(PROGRAMS[name]), "text/x-python", f"{name}.py")


PROGRAMS: dict[str, ModuleType] = {"opening": opening, "recount": recount}


def _source(module: ModuleType) -> str:
    return Path(module.__file__ or "").read_text(encoding="utf-8")


def _hash(module: ModuleType) -> str:
    return hashlib.sha256(_source(module).encode()).hexdigest()


def _file(content: str, kind: str, name: str) -> Response:
    answer = Response(content, content_type=f"{kind}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
