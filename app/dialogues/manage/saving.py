"""How an official's form is saved, and what is answered where it is not taken."""

from __future__ import annotations

from collections.abc import Callable

from app.dialogues import queries
from app.dialogues.forms import EditForm
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.rules import Do
from app.forms import BaseForm
from app.permissions import require
from app.web import actor, found

STALE = -1  # a form without its version is as good as an old one


def visited(dialogue_id: int, do: Do = Do.VISIT) -> Dialogue:
    """The dialogue of an officials' page, or 404. Raises Refusal for those who do not work with it."""
    dialogue: Dialogue = found(queries.dialogue(dialogue_id))
    require(actor(), do, dialogue)
    return dialogue


def version_of(form: EditForm) -> int:
    """The version that the edit began at."""
    return STALE if form.version.data is None else int(form.version.data)


def saved(form: BaseForm, save: Callable[[], object], dialogue: Dialogue | None = None) -> int:
    """Run `save`. Returns 303 where it was taken; 422 with the sentence at its field; 409 where someone was before.

    At 409 the form keeps what was written and may be sent again, over what has been saved meanwhile.
    """
    try:
        save()
    except NotAccepted as problem:
        form.refuse(form[problem.field], problem.sentence)
        return 422
    except Overtaken:
        if isinstance(form, EditForm) and dialogue is not None:
            form.begin_again(dialogue.version)
        return 409
    return 303


def status_of(form: BaseForm) -> int:
    """422 for a form that was sent and is wrong, 200 for one that is only shown."""
    return 422 if form.errors else 200
