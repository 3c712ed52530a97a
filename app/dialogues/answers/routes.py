"""The residents' door to what comes after a dialogue: its result, the reports to the body, and what became of it."""

from __future__ import annotations

from typing import Any

from flask import Response as FlaskResponse
from flask import abort, render_template
from werkzeug.wrappers import Response

from app import clock, richtext, subjects
from app.dialogues import bodies, texts, wording
from app.dialogues.addresses import slug as slug_of
from app.dialogues.answers import queries, reports
from app.dialogues.answers import texts as after
from app.dialogues.answers.models import About, ResultReport
from app.dialogues.answers.queries import Compiled
from app.dialogues.answers.rules import Do
from app.dialogues.answers.wording import (
    PROGRESS_NAMES,
    PROGRESS_TONES,
    STANCE_NAMES,
    STANCE_TONES,
    told_words,
)
from app.dialogues.evaluation import queries as evaluations
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.standard import Circle
from app.dialogues.models import Dialogue, Matter
from app.dialogues.queries import Dossier
from app.dialogues.routes import ONE, blueprint, frame_of, readable, renamed, shown_card
from app.dialogues.rules import Do as Dialogues
from app.dialogues.stages import TOLD_STAGES
from app.permissions import refusal
from app.web import PUBLIC, access, actor, found

REPORT = ONE + "/resultat/rapport/<int:number>"


@blueprint.get(ONE + "/resultat")
@access(PUBLIC)
def results(dialogue_id: int, slug: str) -> str | Response:
    """What was found in the answers, how it was found, and what came in by each method."""
    dialogue = readable(dialogue_id)
    if slug != slug_of(dialogue.title):
        return renamed(dialogue)
    dossier = Dossier(dialogue)
    reason = refusal(actor(), Dialogues.SEE_RESULTS, dialogue)
    cards = [] if reason else dossier.cards
    compiled = _published(dossier) if not reason else Compiled()
    shown = [card for card in cards if card.result_endpoint]
    said = texts.said([texts.row_of(dialogue), *map(texts.row_of_card, shown), *after.rows_of(compiled)])
    return render_template(
        "dialogues/results.html",
        **frame_of(dossier, said),
        not_yet=reason,
        decision_late=wording.decide_by(dialogue) if wording.is_decision_late(dialogue) else None,
        body=texts.proper(bodies.name_of(dialogue.body_key)),
        came_in=queries.came_in(cards),
        shown=[shown_card(card, dialogue, said, result=True) for card in shown],
        reports=[] if reason else dossier.rows(ResultReport),
        **_found(dossier, compiled, said),
        **_decided(dossier),
    )


@blueprint.get(REPORT)
@access(PUBLIC)
def report(dialogue_id: int, slug: str, number: int) -> str | Response:
    """A report as it was handed over, to read and to print; its digest is worked out anew each time."""
    dialogue = readable(dialogue_id)
    if slug != slug_of(dialogue.title):
        return renamed(dialogue)
    row = _report(dialogue, number)
    said = texts.said([texts.row_of(dialogue)])
    content = reports.read(row)
    for theme in content["themes"] if content else ():
        theme["html"] = richtext.from_markdown(theme["said"])
    return render_template(
        "dialogues/answers/report.html", **frame_of(Dossier(dialogue), said), report=row, told=content
    )


@blueprint.get(REPORT + ".json")
@access(PUBLIC)
def report_file(dialogue_id: int, slug: str, number: int) -> Response:
    """The very bytes that the digest is of, for whoever wants to check them with a program of their own."""
    dialogue = readable(dialogue_id)
    if slug != slug_of(dialogue.title):
        return renamed(dialogue)
    row = _report(dialogue, number)
    answer = FlaskResponse(row.content.encode(), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="rapport-{dialogue_id}-{number}.json"'
    return answer


@blueprint.get(ONE + "/aterkoppling")
@access(PUBLIC)
def feedback(dialogue_id: int, slug: str) -> str | Response:
    """What we heard, what was decided and why; what the municipality does now; and who was told."""
    dialogue = readable(dialogue_id)
    if slug != slug_of(dialogue.title):
        return renamed(dialogue)
    dossier = Dossier(dialogue)
    is_told = dialogue.stage in TOLD_STAGES
    outcome = dossier.outcome if is_told else None
    compiled = _published(dossier) if is_told else Compiled()
    items = queries.follow_ups(dossier) if is_told else []
    told = [texts.row_of_outcome(outcome)] if outcome else []
    said = texts.said([texts.row_of(dialogue), *told, *after.rows_of(compiled), *after.rows_followed(items)])
    return render_template(
        "dialogues/feedback.html",
        **frame_of(dossier, said),
        outcome=said[subjects.key("outcome", dialogue_id)] if outcome else None,
        late=wording.is_feedback_late(dialogue),
        asks_how_it_was=any(row.kind == Circle.TOLD and evaluations.is_open(row) for row in dossier.rows(Inquiry)),
        items=[(one, said[subjects.key("follow_up", one.item.id)], _changes(one, said)) for one in items],
        next_up=next((one.item for one in items if one.item.progress in queries.STILL_OPEN), None),
        progress_names=PROGRESS_NAMES,
        progress_tones=PROGRESS_TONES,
        open_ones=queries.STILL_OPEN,
        today=clock.today(),
        told_words=told_words,
        tally=queries.tallies(dialogue_id).get(About.FEEDBACK) if is_told else None,
        **_found(dossier, compiled, said),
        **_decided(dossier),
    )


def _published(dossier: Dossier) -> Compiled:
    found_there = queries.compiled(dossier)
    return found_there if found_there.is_public else Compiled()


def _found(dossier: Dossier, compiled: Compiled, said: dict[str, texts.Said]) -> dict[str, Any]:
    """What was found, in the reader's language; what became of each theme only when people have been told."""
    row = compiled.compilation
    is_told = dossier.dialogue.stage in TOLD_STAGES
    themes = [
        (
            theme,
            said[subjects.key("theme", theme.id)],
            compiled.considered.get(theme.id) if is_told else None,
            said[subjects.key("consideration", theme.id)] if theme.id in compiled.considered else None,
        )
        for theme in compiled.themes
    ]
    return {
        "compilation": row,
        "c": said[subjects.key("compilation", row.dialogue_id)] if row else None,
        "themes": themes,
        "considered": [one for one in themes if one[2] is not None],
        "stance_names": STANCE_NAMES,
        "stance_tones": STANCE_TONES,
    }


def _decided(dossier: Dossier) -> dict[str, Any]:
    return {"final": dossier.record(Matter.FINAL) or dossier.record(Matter.CANCEL), "ruling": wording.ruling_words}


def _changes(one: queries.Followed, said: dict[str, texts.Said]) -> list[tuple[Any, Any]]:
    """How far it had come when, and the word about it."""
    return [
        (change, said[subjects.key("follow_up_change", change.id)]["why"] if change.why else None)
        for change in one.changes
    ]


def _report(dialogue: Dialogue, number: int) -> ResultReport:
    """A report of this dialogue, or 404; it is open to all as the result is."""
    if refusal(actor(), Do.READ_REPORT, dialogue):
        abort(404)
    row: ResultReport = found(queries.report(dialogue.id, number))
    return row
