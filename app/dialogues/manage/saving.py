"""How an official's form is saved, and what is answered where it is not taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from flask_babel import pgettext

from app import i18n
from app.dialogues import queries
from app.dialogues.forms import EditForm
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.rules import Do
from app.forms import BaseForm
from app.permissions import Action, require
from app.web import actor, found


class Versioned(Protocol):
    """What two may edit at once."""

    @property
    def version(self) -> Any: ...


STALE = -1  # a form without its version is as good as an old one


def visited(dialogue_id: int, do: Action = Do.VISIT) -> Dialogue:
    """The dialogue of an officials' page, or 404. Raises Refusal for those who do not work with it."""
    dialogue: Dialogue = found(queries.dialogue(dialogue_id))
    require(actor(), do, dialogue)
    return dialogue


def version_of(form: EditForm) -> int:
    """The version that the edit began at."""
    return STALE if form.version.data is None else int(form.version.data)


def saved(form: BaseForm, save: Callable[[], object], row: Versioned | None = None) -> int:
    """Run `save`. Returns 303 where it was taken; 422 with the sentence at its field; 409 where someone was before.

    At 409 the form keeps what was written and may be sent again, over what has been saved meanwhile.
    """
    try:
        save()
    except NotAccepted as problem:
        form.refuse(form[problem.field], problem.sentence)
        return 422
    except Overtaken:
        if isinstance(form, EditForm) and row is not None:
            form.begin_again(row.version)
        return 409
    return 303


def as_saved(form: BaseForm) -> list[tuple[str, str]]:
    """What a form with the saved values says, field by field: for the second of two editors."""
    return [(str(field.label.text), shown(field)) for field in form if field.name not in ("version", "csrf_token")]


def shown(field: Any) -> str:
    """A field's value as one reads it: a choice by its name, words as they were written."""
    if isinstance(field.data, bool):
        return pgettext("fact", "yes") if field.data else pgettext("fact", "no")
    names = dict(field.choices) if getattr(field, "choices", None) else {}
    if isinstance(field.data, str) and field.data not in names:
        return i18n.swedish(field.data)
    return str(names.get(field.data) or field._value() if hasattr(field, "_value") else names.get(field.data, ""))


def status_of(form: BaseForm) -> int:
    """422 for a form that was sent and is wrong, 200 for one that is only shown."""
    return 422 if form.errors else 200
