"""Reading: the workshops of a dialogue, the board of a step a page at a time, and the proposals with their cards."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import kept, subjects
from app.contributions.queries import Place
from app.dialogues import queries as dialogues
from app.dialogues import rules as dialogue_rules
from app.dialogues import texts
from app.dialogues.frames import frame
from app.dialogues.models import Dialogue
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.forms import CardForm
from app.levels.influence.workshops.models import WorkshopProposal, WorkshopTheme
from app.levels.influence.workshops.queries import Board
from app.levels.influence.workshops.routes.visit import ALL, ONE, STEPS_BY_WORD, WORDS, Visit, blueprint
from app.levels.influence.workshops.rules import Do
from app.moderation import queries as moderation
from app.permissions import can, refusal, require
from app.web import PUBLIC, SIGNED_IN, access, actor, found


@blueprint.get(ALL)
@access(PUBLIC)
def index(dialogue_id: int) -> str:
    """The workshops of this dialogue."""
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    if not can(actor(), dialogue_rules.Do.READ, dialogue):
        abort(404)
    rows = queries.in_dialogue(dialogue_id)
    said = texts.said([texts.row_of(dialogue), *map(queries.row_of, rows)])
    workshops = [(row, said[subjects.key("workshop", row.id)]) for row in rows]
    return render_template("levels/workshops/index.html", workshops=workshops, **frame(dialogue, said))


@blueprint.get(ONE)
@access(PUBLIC)
def show(dialogue_id: int, workshop_id: int) -> str:
    """The step where the workshop is; once it is closed, what came of it."""
    visit = Visit(dialogue_id, workshop_id)
    if kept.is_shown_again():  # signed out while writing: the page without a form would lose what was written
        require(actor(), Do.ADD_CARD, visit.workshop)
    return shown_proposals(visit) if visit.workshop.closed_at else shown(visit, WORDS[visit.now])


@blueprint.get(ONE + "/<any(kritik, vision, handling):step>")
@access(PUBLIC)
def board(dialogue_id: int, workshop_id: int, step: str) -> str:
    """The board of a step. Reading it leaves no cookie; forms are for those who may write."""
    visit = Visit(dialogue_id, workshop_id)
    if kept.is_shown_again():
        require(actor(), Do.ADD_CARD, visit.workshop)
    return shown(visit, step)


@blueprint.get(ONE + "/kort/<int:card_id>")
@access(PUBLIC)
def card(dialogue_id: int, workshop_id: int, card_id: int) -> Response:
    """Leads to the card on the page of the board that begins with it, wherever it has been sorted."""
    visit = Visit(dialogue_id, workshop_id)
    row, place = found(queries.card_in(visit.workshop.id, card_id))
    if row.is_waiting and not can(actor(), Do.READ_CARD, row):
        abort(404)
    # Not for ever: where it stands moves when it is sorted.
    values = {**visit.place, "step": WORDS[place.step.step], "fran": str(Place(place.place, place.id))}
    return redirect(url_for(".board", _anchor=f"kort-{row.id}", **values), 302)


@blueprint.get(ONE + "/forslag")
@access(PUBLIC)
def proposals(dialogue_id: int, workshop_id: int) -> str:
    """What came of the workshop so far."""
    return shown_proposals(Visit(dialogue_id, workshop_id))


@blueprint.get(ONE + "/forslag/<int:proposal_id>")
@access(PUBLIC)
def proposal(dialogue_id: int, workshop_id: int, proposal_id: int) -> str:
    """One proposal and the cards that it came from."""
    visit = Visit(dialogue_id, workshop_id)
    row: WorkshopProposal = found(queries.proposal_in(visit.workshop, proposal_id))
    frame = visit.frame(queries.row_of_proposal(row))
    said = frame["said"][subjects.key("workshop_proposal", row.id)]
    sources = queries.sources_of(row.id)
    return render_template("levels/workshops/proposal.html", row=row, p=said, sources=sources, **frame)


@blueprint.get(ONE + "/prickar")
@access(SIGNED_IN)
def my_dots(dialogue_id: int, workshop_id: int) -> str:
    """Where one's dots are in the step where the workshop is, each with a button to take it back."""
    visit = Visit(dialogue_id, workshop_id)
    dots = queries.dots_of(visit.steps[visit.now].id, actor().person_id)
    cards = queries.places(visit.workshop.id, {dot.card_id for dot in dots})
    gone = {dot.card_id for dot in dots} - {row.id for row, _ in cards}
    on = {card_id: sum(dot.card_id == card_id for dot in dots) for card_id in {dot.card_id for dot in dots}}
    left = visit.workshop.dots - len(dots)
    return render_template(
        "levels/workshops/dots.html", cards_of=cards, gone=sorted(gone), on=on, left=left,
        reason=refusal(actor(), Do.ADD_CARD, visit.workshop), **visit.frame(),
    )  # fmt: skip


def shown_proposals(visit: Visit) -> str:
    rows = queries.proposals(visit.workshop.id)
    frame = visit.frame(*map(queries.row_of_proposal, rows))
    said = [(row, frame["said"][subjects.key("workshop_proposal", row.id)]) for row in rows]
    return render_template("levels/workshops/proposals.html", proposals=said, **frame)


def shown(visit: Visit, word: str, form: CardForm | None = None) -> str:
    """The board of a step with the page that was asked for; `form` is one that was sent and is wrong."""
    step = STEPS_BY_WORD[word]
    page, themes = _page(visit, word), queries.themes(visit.workshop.id)
    reason = refusal(actor(), Do.ADD_CARD, visit.workshop)
    is_now = step == visit.now and not visit.workshop.closed_at
    writes = is_now and reason is None
    ids = [row.id for row, _ in page.cards]
    return render_template(
        "levels/workshops/board.html",
        step=step,
        page=page,
        themes=themes,
        why=moderation.hidden_because([row.review_id for row, _ in page.cards if row.is_hidden]),
        dots=queries.dots(visit.steps[step].id, ids, actor().person_id if writes else None),
        form=(form or CardForm()) if writes else None,
        reason=reason,
        is_now=is_now,
        do=Do,
        back=request.script_root + request.path,
        groups=_groups(page, themes),
        **visit.frame(*map(queries.row_of_theme, themes)),
    )


def _page(visit: Visit, word: str) -> Board:
    asked = {edge: Place.read(visit.page.get(edge, "")) for edge in ("efter", "fore", "fran")}
    theme = int(visit.page["tema"]) if "tema" in visit.page else None
    return queries.board(
        visit.steps[STEPS_BY_WORD[word]].id, actor(), theme_id=theme,
        after=asked["efter"], before=asked["fore"], start=asked["fran"],
    )  # fmt: skip


def _groups(page: Board, themes: list[WorkshopTheme]) -> list[tuple[int, list[Any]]]:
    """The cards of the page by theme id (0 where not sorted), in the order of the board."""
    known = {theme.id for theme in themes}
    groups: dict[int, list[Any]] = {}
    for row, place in page.cards:
        groups.setdefault(place.theme_id if place.theme_id in known else 0, []).append(row)
    return list(groups.items())
