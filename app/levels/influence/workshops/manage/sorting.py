"""Themes, and sorting cards into them with checkboxes and one button."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.contributions.queries import Place
from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import saved, version_of
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.forms import SortForm, ThemeForm
from app.levels.influence.workshops.manage.desk import ONE, Answer, Desk, blueprint
from app.levels.influence.workshops.models import Step, WorkshopTheme
from app.levels.influence.workshops.rules import Do
from app.web import STAFF, access, actor, found, go

CARDS = 40  # cards of a page to sort


@blueprint.route(ONE + "/teman", methods=["GET", "POST"])
@access(STAFF)
def themes(dialogue_id: int, workshop_id: int) -> Answer:
    """The themes, and a form for another one."""
    desk, form = Desk(dialogue_id, workshop_id, Do.SORT), ThemeForm()
    status = None
    if form.validate_on_submit():
        status = saved(form, lambda: service.add_theme(actor(), desk.row, form.name.data or ""))
        if status == 303:
            flash(_("The theme is added."), "good")
            return go(".themes", **desk.place)
    return desk.page("levels/workshops/desk_themes.html", form, status, themes=queries.themes(workshop_id))


@blueprint.route(ONE + "/teman/<int:theme_id>", methods=["GET", "POST"])
@access(STAFF)
def rename(dialogue_id: int, workshop_id: int, theme_id: int) -> Answer:
    desk = Desk(dialogue_id, workshop_id, Do.SORT)
    theme: WorkshopTheme = found(queries.theme_in(desk.row, theme_id))
    form, status = ThemeForm(obj=theme), None
    if form.validate_on_submit():
        save = lambda: service.rename_theme(actor(), desk.row, theme, form.name.data or "", version_of(form))  # noqa: E731
        status = saved(form, save, theme)
        if status == 303:
            flash(_("The theme is saved."), "good")
            return go(".themes", **desk.place)
    return desk.page("levels/workshops/desk_theme.html", form, status, theme=theme, overtaken=status == 409)


@blueprint.route(ONE + "/teman/<int:theme_id>/bort", methods=["GET", "POST"])
@access(STAFF)
def remove_theme(dialogue_id: int, workshop_id: int, theme_id: int) -> Answer:
    desk, form = Desk(dialogue_id, workshop_id, Do.SORT), ButtonForm()
    theme: WorkshopTheme = found(queries.theme_in(desk.row, theme_id))
    if form.validate_on_submit():
        service.remove_theme(actor(), desk.row, theme)
        flash(_("The theme is taken away. Its cards are not sorted any more."), "good")
        return go(".themes", **desk.place)
    return desk.page("levels/workshops/desk_theme_away.html", form, theme=theme)


@blueprint.route(ONE + "/sortera/<any(critique, vision, action):step>", methods=["GET", "POST"])
@access(STAFF)
def sort(dialogue_id: int, workshop_id: int, step: str) -> Answer:
    """The cards of a step, to be chosen several at once; `tema` (0: not sorted) says of which theme."""
    desk = Desk(dialogue_id, workshop_id, Do.SORT)
    here, after = desk.steps[Step(step)], Place.read(request.args.get("efter", ""))
    theme = request.args.get("tema", "")
    wanted = int(theme) if theme.isascii() and theme.isdecimal() and len(theme) < 10 else None
    page = queries.board(here.id, actor(), theme_id=wanted, after=after, size=CARDS, shown_only=True)
    themes = queries.themes(workshop_id)
    cards = [row for row, _place in page.cards]
    form = SortForm(cards, themes, queries.proposals(workshop_id))
    if form.validate_on_submit():
        back: dict[str, Any] = {**desk.place, "step": step, "tema": wanted}
        return _sorted(desk, form, url_for(".sort", **back))
    return desk.page(
        "levels/workshops/desk_sort.html", form, step=Step(step), wanted=wanted, page=page, themes=themes,
        by_id={one.id: one for one in themes}, dots=queries.dots(here.id, [row.id for row in cards], None),
    )  # fmt: skip


def _sorted(desk: Desk, form: SortForm, back: str) -> Answer:
    kind, number = form.goes_to()
    if kind == "theme":
        theme = found(queries.theme_in(desk.row, number)) if number else None
        many = service.sort_cards(actor(), desk.row, form.chosen(), theme)
        flash(ngettext("%(num)s card is sorted.", "%(num)s cards are sorted.", many), "good")
    elif kind == "proposal":
        made = found(queries.proposal_in(desk.row, number))
        many = service.take_up(actor(), desk.row, made, form.chosen())
        flash(
            ngettext("%(num)s card is added to the proposal.", "%(num)s cards are added to the proposal.", many), "good"
        )
        return go(".change_proposal", proposal_id=made.id, **desk.place)
    else:
        return go(".propose", kort="-".join(map(str, form.chosen())), **desk.place)
    return redirect(back, 303)
