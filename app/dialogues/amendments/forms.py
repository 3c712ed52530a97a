"""The shape of a proposed change: every part that the body has decided about, as it is now or as it was drafted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import RadioField, SelectField

from app.dialogues import bodies, purposes
from app.dialogues.amendments import fields
from app.dialogues.amendments.rules import may_change
from app.dialogues.forms import EditForm, level_choices
from app.dialogues.models import Dialogue
from app.forms import LineField, TextField, one_of, required
from app.i18n import lazy as _l

LONGEST_ITEM = 300


class ChangeForm(EditForm):
    """What it is to be instead. Its fields for the scope are made from what there is (see `change_form`)."""

    title = LineField(_l("Short title"), [required(_l("Give a short title."))], longest=80)
    question = LineField(
        _l("Question"), [required(_l("Write the question that residents are asked."))], longest=200
    )  # fmt: skip
    purpose = TextField(_l("Purpose"), [required(_l("Write the purpose."))], longest=purposes.MOST)
    level = RadioField(
        _l("Level of participation"),
        [one_of(_l("Choose a level."))],
        choices=level_choices,
        validate_choice=False,  # the rule says what is wrong with it
    )
    body_key = SelectField(
        _l("Who decides"),
        [one_of(_l("Choose an elected body from the list."))],
        choices=lambda: [(one.key, one.name) for one in bodies.bodies()],
        validate_choice=False,
    )
    promise = TextField(
        _l("What the body promises"),
        [required(_l("Write what the body promises to do with the result."))],
        longest=2000,
    )
    commitment = TextField(
        _l("How the result is used"), [required(_l("Write how the body will use the result."))], longest=2000
    )
    affected = LineField(_l("For people who …"), [required(_l("Say whom the question concerns."))], longest=300)
    why = TextField(
        _l("Why is it changed?"),
        [required(_l("Say why it is changed. Everyone can read this."))],
        longest=2000,
        description=_l("Everyone can read this, once the body has decided."),
    )


def change_form(dialogue: Dialogue, held: Mapping[str, Any], version: int, why: str) -> ChangeForm:
    """The form for a dialogue at its stage, filled in with `held`: its parts as they are, or as they were drafted."""
    scope: Iterable[Mapping[str, Any]] = held[fields.SCOPE] if may_change(dialogue, fields.SCOPE) else ()
    items = dict(enumerate(scope, start=1))
    start = {key: held[key] for key in fields.TEXTS} | {"version": version, "why": why}
    kind = type("ChangeFormOfOne", (ChangeForm,), {"items": items, **_fields_of(items)})
    for number, one in items.items():
        start |= {f"item_{number}": one["text"], f"why_{number}": one["why"]}
    form: ChangeForm = kind(data=start)
    for key in fields.TEXTS:
        if not may_change(dialogue, key):
            delattr(form, key)
    return form


def _fields_of(items: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """A field for each thing that is open, two for each that is fixed, and empty ones for what is new."""
    found: dict[str, Any] = {}
    for number, one in items.items():
        name = _l("This can be influenced (%(number)s)") if one["is_open"] else _l("This is already fixed (%(number)s)")
        found[f"item_{number}"] = LineField(name.filled(number=number), longest=LONGEST_ITEM)
        if not one["is_open"]:
            found[f"why_{number}"] = LineField(_l("Why it is fixed (%(number)s)", number=number), longest=LONGEST_ITEM)
    if items:
        found["item_open"] = LineField(_l("One more thing that can be influenced"), longest=LONGEST_ITEM)
        found["item_fixed"] = LineField(_l("One more thing that is already fixed"), longest=LONGEST_ITEM)
        found["why_fixed"] = LineField(_l("Why it is fixed"), longest=LONGEST_ITEM)
    return found


def wanted(form: ChangeForm) -> dict[str, Any]:
    """What the form says, by the keys of `fields`. What is emptied in the scope is taken out of it."""
    found = {key: form[key].data for key in fields.TEXTS if key in form}
    items: Mapping[int, Mapping[str, Any]] = getattr(form, "items", {})
    if items:
        there = [
            {**one, "text": form[f"item_{number}"].data, "why": _said(form, f"why_{number}")}
            for number, one in items.items()
        ]
        there.append({"id": None, "is_open": True, "text": form["item_open"].data, "why": ""})
        fixed = {"id": None, "is_open": False, "text": form["item_fixed"].data, "why": form["why_fixed"].data}
        found[fields.SCOPE] = [one for one in (*there, fixed) if one["text"]]
    return found


def scope_is_said(form: ChangeForm) -> bool:
    """Whether each thing that is fixed says why; puts the sentence at the field where one does not."""
    items: Mapping[int, Mapping[str, Any]] = getattr(form, "items", {})
    pairs = [(f"item_{n}", f"why_{n}") for n, one in items.items() if not one["is_open"]]
    pairs += [("item_fixed", "why_fixed")] if items else []
    lacking = [why for item, why in pairs if form[item].data and not form[why].data]
    for name in lacking:
        form.refuse(form[name], _l("Say why this is fixed."))
    return not lacking


def _said(form: ChangeForm, name: str) -> str:
    return str(form[name].data or "") if name in form else ""
