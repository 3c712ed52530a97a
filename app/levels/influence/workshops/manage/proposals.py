"""Turning cards and themes into proposals."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from app.contributions.models import Contribution
from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import saved, version_of
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.forms import ProposalForm, numbers
from app.levels.influence.workshops.manage.desk import ONE, Answer, Desk, blueprint
from app.levels.influence.workshops.models import WorkshopProposal
from app.levels.influence.workshops.rules import Do
from app.web import STAFF, access, actor, found, go


@blueprint.get(ONE + "/forslag")
@access(STAFF)
def proposals(dialogue_id: int, workshop_id: int) -> Answer:
    desk = Desk(dialogue_id, workshop_id)
    return desk.page("levels/workshops/desk_proposals.html", ButtonForm(), proposals=queries.proposals(workshop_id))


@blueprint.route(ONE + "/forslag/nytt", methods=["GET", "POST"])
@access(STAFF)
def propose(dialogue_id: int, workshop_id: int) -> Answer:
    """Write a proposal from the cards that the address names (`kort`), or from all of a theme (`tema`)."""
    desk = Desk(dialogue_id, workshop_id, Do.PROPOSE)
    named = _named(desk)
    form, status = ProposalForm(named), None
    if form.validate_on_submit():
        status = saved(form, lambda: service.propose(actor(), desk.row, form.facts(), form.chosen()))
        if status == 303:
            flash(_("The proposal is published. Those whose cards it comes from are told by e-mail."), "good")
            return go(".proposals", **desk.place)
    return desk.page(
        "levels/workshops/desk_proposal.html", form, status, row=None, named="-".join(str(one.id) for one in named)
    )


@blueprint.route(ONE + "/forslag/<int:proposal_id>", methods=["GET", "POST"])
@access(STAFF)
def change_proposal(dialogue_id: int, workshop_id: int, proposal_id: int) -> Answer:
    desk = Desk(dialogue_id, workshop_id, Do.PROPOSE)
    row: WorkshopProposal = found(queries.proposal_in(desk.row, proposal_id))
    form, status = ProposalForm([one for one, _place in queries.sources_of(row.id) if one.is_public], obj=row), None
    if form.validate_on_submit():
        save = lambda: service.change_proposal(  # noqa: E731
            actor(), desk.row, row, form.facts(), form.chosen(), version_of(form)
        )
        status = saved(form, save, row)
        if status == 303:
            flash(_("The proposal is saved."), "good")
            return go(".proposals", **desk.place)
    return desk.page("levels/workshops/desk_proposal.html", form, status, row=row, overtaken=status == 409)


@blueprint.route(ONE + "/forslag/<int:proposal_id>/bort", methods=["GET", "POST"])
@access(STAFF)
def withdraw_proposal(dialogue_id: int, workshop_id: int, proposal_id: int) -> Answer:
    desk, form = Desk(dialogue_id, workshop_id, Do.PROPOSE), ButtonForm()
    row: WorkshopProposal = found(queries.proposal_in(desk.row, proposal_id))
    if form.validate_on_submit():
        service.withdraw_proposal(actor(), desk.row, row)
        flash(_("The proposal is taken away."), "good")
        return go(".proposals", **desk.place)
    return desk.page("levels/workshops/desk_proposal_away.html", form, row=row)


def _named(desk: Desk) -> list[Contribution]:
    """The cards that the address names and everyone can read; of a theme, those of all steps."""
    theme = numbers(request.args.get("tema", ""))[:1]
    ids = queries.in_theme(desk.row.id, theme[0]) if theme else numbers(request.args.get("kort", ""))
    return [row for row, _place in queries.places(desk.row.id, ids)]
