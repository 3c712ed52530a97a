"""The residents' door: the list of dialogues, and one dialogue with its result and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.routing import BuildError
from werkzeug.wrappers import Response

from app import ladder, subjects
from app.dialogues import bodies, queries, rules, texts, wording
from app.dialogues.addresses import slug as slug_of
from app.dialogues.amendments import wording as amendments
from app.dialogues.amendments.queries import amendments_in as amended
from app.dialogues.changes import shown as changes
from app.dialogues.changes.models import Part
from app.dialogues.changes.queries import notes_in
from app.dialogues.changes.texts import row_of as row_of_note
from app.dialogues.evaluation import queries as evaluations
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.rules import EVALUATED
from app.dialogues.evaluation.standard import Circle
from app.dialogues.forms import FilterForm
from app.dialogues.kinds import shown as kinds
from app.dialogues.models import Card, Dialogue, Matter
from app.dialogues.phases import shown as phases
from app.dialogues.phases.queries import plan_in
from app.dialogues.phases.texts import row_of as row_of_phase
from app.dialogues.queries import Cursor, Dossier
from app.dialogues.rules import Do
from app.dialogues.stages import GROUP_NAMES, INPUT_KINDS, PUBLIC_STAGES, RESULT_STAGES, Group, Kind, Stage
from app.permissions import can, refusal
from app.web import PUBLIC, access, actor, found

blueprint = Blueprint("dialogues", __name__)
FEW = 5  # of each group on the page that shows them all
ONE = "/dialoger/<int:dialogue_id>-<slug>"


@blueprint.get("/dialoger")
@access(PUBLIC)
def index() -> str:
    form = FilterForm(formdata=request.args)
    group, level, words = _chosen(form.visa.data, Group), _level(form.niva.data), form.q.data or ""
    if group is None:
        pages = {one: queries.listed(one, level, most=FEW, words=words) for one in Group}
    else:
        pages = {group: queries.listed(group, level, _cursor(request.args.get("fran", "")), words=words)}
    rows = [row for page in pages.values() for row in page.rows]
    return render_template(
        "dialogues/index.html",
        form=form,
        group=group,
        asked={"niva": level, "q": words or None},
        pages=pages,
        names=GROUP_NAMES,
        said=texts.of_dialogues(rows),
        wording=wording,
        slug=slug_of,
        levels={one.key: one for one in ladder.LEVELS},
    )


@blueprint.get("/dialoger/<int:dialogue_id>")
@access(PUBLIC)
def by_id(dialogue_id: int) -> Response:
    """An address read out over the phone: the number alone leads to the page."""
    dialogue = _readable(dialogue_id)
    return redirect(url_for(".show", dialogue_id=dialogue_id, slug=slug_of(dialogue.title)), 301)


@blueprint.get(ONE)
@access(PUBLIC)
def show(dialogue_id: int, slug: str) -> str | Response:
    dialogue = _readable(dialogue_id)
    if slug != slug_of(dialogue.title):
        return _renamed(dialogue)
    dossier = Dossier(dialogue)
    said = texts.said([texts.row_of(dialogue), *_rows_of(dossier)])
    if dialogue.kind != Kind.CITIZEN_DIALOGUE:
        names = {**_parts(dossier, said), **kinds.parts(dossier)}
        return render_template(f"dialogues/kinds/{dialogue.kind}.html", **_frame(dossier, said), **names)
    return render_template("dialogues/show.html", **_frame(dossier, said), **_parts(dossier, said))


@blueprint.get(ONE + "/resultat")
@access(PUBLIC)
def results(dialogue_id: int, slug: str) -> str | Response:
    """What came in, method by method, and what the body decided."""
    dialogue = _answered(dialogue_id)
    if slug != slug_of(dialogue.title):
        return _renamed(dialogue)
    dossier = Dossier(dialogue)
    cards = [card for card in dossier.cards if card.result_endpoint]
    said = texts.said([texts.row_of(dialogue), *map(texts.row_of_card, cards)])
    reason = refusal(actor(), Do.SEE_RESULTS, dialogue)
    return render_template(
        "dialogues/results.html",
        **_frame(dossier, said),
        not_yet=reason,
        shown=[] if reason else [_shown(card, dialogue, said, result=True) for card in cards],
        final=dossier.record(Matter.FINAL) if dialogue.stage in RESULT_STAGES else None,
        decision_late=wording.decide_by(dialogue) if wording.is_decision_late(dialogue) else None,
        body=texts.proper(bodies.name_of(dialogue.body_key)),
        ruling=wording.ruling_words,
    )


@blueprint.get(ONE + "/aterkoppling")
@access(PUBLIC)
def feedback(dialogue_id: int, slug: str) -> str | Response:
    """What became of it."""
    dialogue = _answered(dialogue_id)
    if slug != slug_of(dialogue.title):
        return _renamed(dialogue)
    dossier = Dossier(dialogue)
    outcome = dossier.outcome if dialogue.stage in wording.TOLD_STAGES else None
    said = texts.said([texts.row_of(dialogue), *([texts.row_of_outcome(outcome)] if outcome else [])])
    return render_template(
        "dialogues/feedback.html",
        **_frame(dossier, said),
        outcome=said[subjects.key("outcome", dialogue_id)] if outcome else None,
        final=dossier.record(Matter.FINAL) or dossier.record(Matter.CANCEL),
        ruling=wording.ruling_words,
        late=wording.is_feedback_late(dialogue),
        asks_how_it_was=any(row.kind == Circle.TOLD and evaluations.is_open(row) for row in dossier.rows(Inquiry)),
    )


def _answered(dialogue_id: int) -> Dialogue:
    """The same for its result and its feedback, which only those have that ask something."""
    dialogue = _readable(dialogue_id)
    return dialogue if dialogue.kind in INPUT_KINDS else abort(404)


def _readable(dialogue_id: int) -> Dialogue:
    """The dialogue, or 404 for whoever may not know that it exists."""
    dialogue: Dialogue = found(queries.dialogue(dialogue_id))
    if not can(actor(), Do.READ, dialogue):
        abort(404)
    return dialogue


def _renamed(dialogue: Dialogue) -> Response:
    values = {**(request.view_args or {}), "slug": slug_of(dialogue.title)}
    return redirect(url_for(request.endpoint or ".show", **values), 301)


def _frame(dossier: Dossier, said: dict[str, texts.Said]) -> dict[str, Any]:
    """What every page of a dialogue needs."""
    dialogue = dossier.dialogue
    return {
        "dialogue": dialogue,
        "here": {"dialogue_id": dialogue.id, "slug": slug_of(dialogue.title)},
        "t": said[subjects.key("dialogue", dialogue.id)],
        "tag": wording.tag(dialogue),
        "is_preview": dialogue.stage not in PUBLIC_STAGES,
        "proper": texts.proper,
        "decision_words": wording.decision_words,
    }


def _rows_of(dossier: Dossier) -> list[Any]:
    plan, changed = plan_in(dossier), notes_in(dossier)
    return [
        *map(texts.row_of_item, dossier.scope),
        *map(texts.row_of_card, dossier.cards),
        *map(row_of_phase, plan.phases),
        *map(row_of_note, changed),
    ]


def _parts(dossier: Dossier, said: dict[str, texts.Said]) -> dict[str, Any]:
    """What the page of a dialogue shows besides its frame."""
    dialogue, stage = dossier.dialogue, wording.effective(dossier.dialogue)
    items = [(item, said[subjects.key("scope_item", item.id)]) for item in dossier.scope]
    cards = [(card, _shown(card, dialogue, said)) for card in dossier.cards]
    to_do = [(phases.is_open(card, dialogue), shown) for card, shown in cards if card.is_input]
    return {
        "stage": stage,
        "stages": Stage,
        "levels": ladder.LEVELS,
        "level": ladder.level(dialogue.level) if dialogue.level else None,
        "to_do": [shown for is_now, shown in to_do if is_now],
        "not_now": [shown for is_now, shown in to_do if not is_now],
        "phases": phases.phases(plan_in(dossier), said, cards),
        "changed": changes.notes([one for one in notes_in(dossier) if one.part != Part.AMENDED], said),
        "to_read": [shown for card, shown in cards if not card.is_input],
        "open_items": [text for item, text in items if item.is_open],
        "fixed_items": [text for item, text in items if not item.is_open],
        "is_open": rules.takes_input(actor(), dialogue) is None,
        "body": texts.proper(bodies.name_of(dialogue.body_key)),
        "hold": dossier.record(Matter.HOLD),
        "called_off": dossier.record(Matter.CANCEL),
        "timeline": wording.timeline(dossier),
        "late": wording.is_feedback_late(dialogue),
        "decision_late": wording.decide_by(dialogue) if wording.is_decision_late(dialogue) else None,
        "amendments": amendments.told(amended(dossier), dossier.records),
        "has_result": stage in RESULT_STAGES,
        "has_feedback": stage in wording.TOLD_STAGES,
        "asks_how_it_was": any(map(evaluations.is_open, dossier.rows(Inquiry))),
        "is_evaluated": stage in EVALUATED,
    }


def _shown(card: Card, dialogue: Dialogue, said: dict[str, texts.Said], *, result: bool = False) -> dict[str, Any]:
    """A card as the page shows it. Where it leads may be gone with an older version of the house: then no link."""
    endpoint = card.result_endpoint if result else card.endpoint
    try:
        href = url_for(endpoint or "", **card.values)
    except BuildError:
        href = ""
    method = next((one for one in ladder.methods() if one.key == card.method), None)
    sentence = said[card.subject]["lead"] if card.sentence else (method.invitation if method else "")
    facts, times = wording.card_facts(card, method), [] if result else phases.when_open(card, dialogue)
    title = said[card.subject]["title"]
    return {
        "card": card, "href": href, "title": title, "sentence": sentence, "facts": [*times, *facts], "times": times,
    }  # fmt: skip


def _chosen(value: str | None, kind: type[Group]) -> Group | None:
    return kind(value) if value in set(kind) else None


def _level(value: str | None) -> str | None:
    return value if value in {one.key for one in ladder.LEVELS} else None


def _cursor(text: str) -> Cursor | None:
    """A place in a list, as `Cursor` writes it; None for anything else."""
    at, _, number = text.removeprefix("-").partition("_")
    try:
        return Cursor(datetime.fromtimestamp(float(at), UTC), int(number[:12]), text.startswith("-"))
    except (ValueError, OverflowError, OSError):
        return None
