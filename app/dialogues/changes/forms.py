"""What every form that changes something which residents take part in asks for, once the dialogue has opened."""

from __future__ import annotations

from typing import Any, Self

from app.dialogues.changes.rules import is_noted
from app.dialogues.models import Dialogue
from app.forms import TextField, required
from app.i18n import lazy as _l


class Reasoned:
    """To be put before a form's base: its field `why` stands there while a change is told to those who take part."""

    why = TextField(
        _l("Why is it changed?"),
        [required(_l("Say why it is changed. Everyone can read this."))],
        longest=1000,
        description=_l(
            "It is shown on the page of the dialogue, with what was changed, and sent to those who have taken part."
        ),
    )

    def of_dialogue(self, dialogue: Dialogue | None) -> Self:
        """Take the question away where nobody can have taken part yet."""
        if not is_noted(dialogue):
            form: Any = self
            del form.why
        return self

    @property
    def reason(self) -> str:
        """What was said; empty where nothing was asked."""
        form: Any = self
        return (form.why.data or "") if "why" in form else ""
