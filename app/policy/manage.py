"""Communications' door: the next version of the guideline, and what stands at the steps of the ladder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import ladder, richtext
from app.events import known
from app.permissions import require
from app.policy import completeness, forms, queries, service, texts
from app.policy.models import EntryKind, GuidelineDraft, LadderEntry
from app.policy.problems import NotAccepted, Overtaken
from app.policy.routes import blueprint
from app.policy.rules import Do
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response
HERE, LADDER = "/arbetsyta/riktlinje", "/arbetsyta/trappan"
KINDS = {"metod": EntryKind.METHOD, "exempel": EntryKind.EXAMPLE}
FORMS: dict[EntryKind, type[forms.EntryForm]] = {
    EntryKind.METHOD: forms.MethodForm,
    EntryKind.EXAMPLE: forms.ExampleForm,
}


@blueprint.get(HERE)
@access(STAFF, Do.EDIT)
def desk() -> str:
    require(actor(), Do.EDIT)
    standing = queries.standing()
    versions = [*standing.coming, *([standing.in_force] if standing.in_force else []), *standing.earlier]
    changes = [
        (entry.at, known()[entry.event].sentence.filled(**entry.facts), name)
        for entry, name in queries.changes(versions)
        if entry.event in known()
    ]
    return render_template(
        "policy/desk.html", standing=standing, versions=versions, draft=queries.draft(), changes=changes
    )


@blueprint.post(HERE + "/ny")
@access(STAFF)
def begin() -> Response:
    service.begin(actor())
    return go(".edit")


@blueprint.route(HERE + "/utkast", methods=["GET", "POST"])
@access(STAFF)
def edit() -> Answer:
    draft = _draft()
    form = forms.GuidelineForm(data=forms.of_draft(draft))
    status = 422
    if form.validate_on_submit():
        status = _saved(form, lambda: service.save(actor(), draft, form.began_at, form.values()), draft)
        if status == 303:
            return go(".look_through")
    page = render_template(
        "policy/edit.html",
        form=form,
        criteria=texts.criteria_of(None),
        overtaken=status == 409,
        saved=_as_saved(forms.GuidelineForm(formdata=None, data=forms.of_draft(draft))),
    )
    return page, status if request.method == "POST" else 200


@blueprint.route(HERE + "/utkast/granska", methods=["GET", "POST"])
@access(STAFF)
def look_through() -> Answer:
    """The draft as it will be read, what it lacks, and the button that puts it on record."""
    draft = _draft()
    form = forms.ButtonForm(data={"version": draft.version})
    overtaken = False
    if form.validate_on_submit():
        try:
            service.enter(actor(), draft, form.began_at)
        except Overtaken:
            overtaken = True
            form.begin_again(draft.version)
        else:
            flash(_("The version is on record. Dialogues that have been assessed keep theirs."), "good")
            return go(".desk")
    page = render_template(
        "policy/look_through.html",
        form=form,
        draft=draft,
        html=richtext.from_markdown(draft.principles),
        criteria=_as_drafted(draft),
        lacking=completeness.missing(draft),
        overtaken=overtaken,
    )
    return page, 409 if overtaken else 200


@blueprint.get(LADDER)
@access(STAFF, Do.DESCRIBE)
def steps() -> str:
    require(actor(), Do.DESCRIBE)
    entries = queries.entries()
    return render_template("policy/ladder.html", entries=entries, levels=ladder.LEVELS, kinds=EntryKind)


@blueprint.route(LADDER + "/ny/<any(metod, exempel):kind>", methods=["GET", "POST"])
@access(STAFF)
def add_entry(kind: str) -> Answer:
    require(actor(), Do.DESCRIBE)
    form, status = FORMS[KINDS[kind]](), 422
    if form.validate_on_submit():
        status = _saved(form, lambda: service.add(actor(), KINDS[kind], _entry_values(form)))
        if status == 303:
            return go(".steps")
    page = render_template("policy/entry.html", form=form, entry=None, kind=KINDS[kind], kinds=EntryKind)
    return page, status if request.method == "POST" else 200


@blueprint.route(LADDER + "/<int:entry_id>", methods=["GET", "POST"])
@access(STAFF)
def change_entry(entry_id: int) -> Answer:
    row = _entry(entry_id)
    kind = EntryKind(row.kind)
    form, status = FORMS[kind](data=_of_entry(row)), 422
    if form.validate_on_submit():
        status = _saved(form, lambda: service.change(actor(), row, form.began_at, _entry_values(form)), row)
        if status == 303:
            return go(".steps")
    page = render_template(
        "policy/entry.html",
        form=form,
        entry=row,
        kind=kind,
        kinds=EntryKind,
        overtaken=status == 409,
        saved=_as_saved(FORMS[kind](formdata=None, data=_of_entry(row))),
    )
    return page, status if request.method == "POST" else 200


@blueprint.post(LADDER + "/<int:entry_id>/bort")
@access(STAFF)
def remove_entry(entry_id: int) -> Response:
    service.remove(actor(), _entry(entry_id))
    return go(".steps")


def _draft() -> GuidelineDraft:
    """The draft, or 404. Raises Refusal for those who do not write it."""
    require(actor(), Do.EDIT)
    row: GuidelineDraft = found(queries.draft())
    return row


def _entry(entry_id: int) -> LadderEntry:
    require(actor(), Do.DESCRIBE)
    row: LadderEntry = found(queries.entry(entry_id))
    return row


def _of_entry(row: LadderEntry) -> dict[str, Any]:
    levels = row.levels.split()
    said = {name: getattr(row, name) for name in ("name", "text", "url", "is_vote", "version")}
    return {**said, "levels": levels if row.kind == EntryKind.METHOD else levels[0]}


def _entry_values(form: forms.EntryForm) -> dict[str, Any]:
    values = {name: value for name, value in form.data.items() if name not in ("version", "csrf_token")}
    levels = values["levels"]
    return {**values, "levels": levels if isinstance(levels, list) else [levels]}


def _saved(form: forms.VersionedForm, save: Callable[[], object], row: Any = None) -> int:
    """303 where it was taken; 422 with the sentence at its field; 409, with all that was written, for the second."""
    try:
        save()
    except NotAccepted as problem:
        form.refuse(form[problem.field], problem.sentence)
        return 422
    except Overtaken:
        form.begin_again(row.version)
        return 409
    return 303


def _as_saved(form: forms.VersionedForm) -> list[tuple[Any, Any]]:
    """What is saved now, field by field where something is: for the second of two editors."""
    named: dict[Any, Any] = {**{one.key: one.name for one in ladder.LEVELS}, True: _("Yes")}
    return [
        (field.label.text, named.get(field.data, field.data) if isinstance(field.data, str | bool) else field.data)
        for field in form
        if field.name not in ("version", "csrf_token") and field.data
    ]


def _as_drafted(draft: GuidelineDraft) -> list[dict[str, Any]]:
    """The criteria as the draft says them, in Swedish as they are written, or in their usual words."""
    return [
        {part: draft.criteria.get(one.key, {}).get(part) or getattr(one, part) for part in texts.PARTS}
        for one in texts.criteria_of(None)
    ]
