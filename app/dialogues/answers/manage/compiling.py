"""Pages on which one writes what was found in the answers, and on which a second reader confirms it."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import db
from app.dialogues.answers import queries, service
from app.dialogues.answers.forms import ConfirmForm, ThemeForm, WholeForm
from app.dialogues.answers.manage.desk import HERE, Answer, Desk, Do, Now, blueprint
from app.dialogues.answers.models import Compilation, Theme
from app.dialogues.answers.service.compiling import WHOLE
from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import as_saved, saved, version_of
from app.dialogues.models import Card
from app.dialogues.queries import Dossier
from app.ladder import methods
from app.permissions import refusal
from app.web import STAFF, access, actor, found, go

ONE = HERE + "/teman/<int:result_theme_id>"


@blueprint.route(HERE + "/teman", methods=["GET", "POST"])
@access(STAFF)
def themes(dialogue_id: int) -> Answer:
    """What came in, the themes found in it, and a form for another one."""
    desk, form = Desk(dialogue_id, Do.COMPILE), ThemeForm()
    status = None
    if form.validate_on_submit():
        given = {"name": form.name.data, "said": form.said.data, "count": form.count.data}
        status = saved(form, lambda: service.add_theme(actor(), desk.dialogue, **given))
        if status == 303:
            flash(_("The theme is added. A second reader must read the result as it is now."), "good")
            return go(".themes", dialogue_id=dialogue_id)
    dossier = Dossier(desk.dialogue)
    cards, compiled = dossier.cards, queries.compiled(dossier)
    return desk.page(
        "dialogues/answers/themes.html", form, status, compiled=compiled, came_in=queries.came_in(cards),
        figures=[(card, _figure(card)) for card in queries.counted(cards)],
    )  # fmt: skip


@blueprint.route(ONE, methods=["GET", "POST"])
@access(STAFF)
def theme(dialogue_id: int, result_theme_id: int) -> Answer:
    desk, row = Desk(dialogue_id, Do.COMPILE), theme_in(dialogue_id, result_theme_id)
    form, status = ThemeForm(obj=row), None
    if form.validate_on_submit():
        given = {"name": form.name.data, "said": form.said.data, "count": form.count.data}
        status = saved(form, lambda: service.edit_theme(actor(), desk.dialogue, version_of(form), row, **given), row)
        if status == 303:
            return go(".themes", dialogue_id=dialogue_id)
    return desk.page(
        "dialogues/answers/theme.html", form, status, theme=row, saved=as_saved(ThemeForm(formdata=None, obj=row))
    )


@blueprint.post(ONE + "/<any(upp, ner):how>")
@access(STAFF)
def theme_shift(dialogue_id: int, result_theme_id: int, how: str) -> Response:
    desk, row = Desk(dialogue_id, Do.COMPILE), theme_in(dialogue_id, result_theme_id)
    service.shift_theme(actor(), desk.dialogue, row, up=how == "upp")
    return go(".themes", dialogue_id=dialogue_id)


@blueprint.route(ONE + "/bort", methods=["GET", "POST"])
@access(STAFF)
def theme_away(dialogue_id: int, result_theme_id: int) -> Answer:
    desk, row = Desk(dialogue_id, Do.COMPILE), theme_in(dialogue_id, result_theme_id)
    form = ButtonForm()
    if form.validate_on_submit():
        service.remove_theme(actor(), desk.dialogue, row)
        return go(".themes", dialogue_id=dialogue_id)
    return desk.page("dialogues/answers/theme_away.html", form, theme=row)


@blueprint.route(HERE + "/teman/helhet", methods=["GET", "POST"])
@access(STAFF)
def whole(dialogue_id: int) -> Answer:
    """What holds for all themes together: the finding, who took part, the method and its limits."""
    desk = Desk(dialogue_id, Do.COMPILE)
    row = _row(dialogue_id)
    form, status = WholeForm(data=_as_written(row)), None
    if form.validate_on_submit():
        given = {name: form[name].data for name in WHOLE}
        write = lambda: service.write_whole(actor(), desk.dialogue, version_of(form), **given)  # noqa: E731
        status = saved(form, write, Now(lambda: _version(dialogue_id)))
        if status == 303:
            flash(_("It is saved. A second reader must read the result as it is now."), "good")
            return go(".themes", dialogue_id=dialogue_id)
    if status == 409:
        row = _row(dialogue_id)
    return desk.page(
        "dialogues/answers/whole.html", form, status, saved=as_saved(WholeForm(formdata=None, data=_as_written(row)))
    )


@blueprint.get(HERE + "/teman/granskning")
@access(STAFF)
def reading(dialogue_id: int) -> Answer:
    """Everything as it stands: for whoever says that nothing is left to enter, and for the second reader."""
    desk = Desk(dialogue_id, Do.COMPILE)
    dossier = Dossier(desk.dialogue)
    compiled = queries.compiled(dossier)
    row = compiled.compilation
    return desk.page(
        "dialogues/answers/reading.html",
        ConfirmForm(formdata=None, edition=row.edition if row else None),
        compiled=compiled,
        came_in=queries.came_in(dossier.cards),
        not_reader=refusal(actor(), Do.CONFIRM, desk.dialogue),
    )


@blueprint.post(HERE + "/teman/inskrivet")
@access(STAFF)
def offline(dialogue_id: int) -> Response:
    """Nothing on paper or from the phone is left to enter."""
    service.declare_offline_entered(actor(), Desk(dialogue_id, Do.COMPILE).dialogue)
    return go(".reading", dialogue_id=dialogue_id)


@blueprint.post(HERE + "/teman/granskat")
@access(STAFF)
def confirm(dialogue_id: int) -> Response:
    """The second reader has read this edition."""
    desk, form = Desk(dialogue_id, Do.CONFIRM), ConfirmForm()
    edition = form.edition.data if form.validate_on_submit() else None
    if saved(form, lambda: service.confirm(actor(), desk.dialogue, edition or 0)) == 409:
        flash(_("The result has been changed while you read it. Read it as it is now, and confirm that."), "bad")
    return go(".reading", dialogue_id=dialogue_id)


def theme_in(dialogue_id: int, theme_id: int) -> Theme:
    """A theme of this dialogue, or 404."""
    row = queries.theme(theme_id)
    mine: Theme = found(row if row is not None and row.dialogue_id == dialogue_id else None)
    return mine


def _figure(card: Card) -> str:
    """How much has come in, in the method's own words: 34 answers."""
    method = next((one for one in methods() if one.key == card.method), None)
    return method.figure(card.responses or 0) if method else str(card.responses)


def _as_written(row: Compilation | None) -> dict[str, object]:
    if row is None:
        return {"version": 0}
    return {**{name: getattr(row, name) for name in WHOLE}, "version": row.whole_version}


def _row(dialogue_id: int) -> Compilation | None:
    return db.session().get(Compilation, dialogue_id)


def _version(dialogue_id: int) -> int:
    row = _row(dialogue_id)
    return row.whole_version if row else 0
