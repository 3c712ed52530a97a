"""The shape of what administrators write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField

from app.forms import BaseForm, LineField, TextField, at_least, required
from app.i18n import lazy as _l
from app.permissions import ROLE_NAMES, Role

EVERYWHERE = ""
SHORTEST_REASON, LONGEST_REASON = 10, 500


class _Asked(BaseForm):
    """A form that only asks: sent by GET, changes nothing, sets no cookie."""

    class Meta:
        csrf = False


class PeopleForm(_Asked):
    """Looks for people."""

    q = LineField(_l("Name or e-mail address"), longest=100)


class LogForm(_Asked):
    """Narrows the log."""

    event = SelectField(_l("What happened"), validate_choice=False)
    dialogue = SelectField(_l("Dialogue"), validate_choice=False)

    def offer(self, kinds: Sequence[tuple[str, str]], dialogues: Sequence[tuple[int, str]]) -> None:
        """Set what there is to choose from."""
        self.event.choices = [("", _l("Everything")), *kinds]
        self.dialogue.choices = [("", _l("All dialogues")), *((str(number), title) for number, title in dialogues)]


def _number(value: Any) -> int | None:
    """A chosen dialogue; None for everywhere. Raises ValueError for what was never offered."""
    return None if value in (None, EVERYWHERE) else int(value)


class GrantForm(BaseForm):
    """Gives a role."""

    role = SelectField(_l("Role"), choices=lambda: [(role.value, str(name)) for role, name in ROLE_NAMES.items()])
    dialogue = SelectField(_l("Where"), coerce=_number)

    def offer(self, dialogues: Sequence[tuple[int, str]]) -> None:
        """Set what there is to choose from."""
        self.dialogue.choices = [(EVERYWHERE, _l("Everywhere")), *dialogues]

    @property
    def chosen(self) -> Role:
        return Role(self.role.data)


class RevokeForm(BaseForm):
    """Takes a role back."""

    grant = HiddenField()


class BlockForm(BaseForm):
    """Blocks an account."""

    reason = TextField(
        _l("Reason"),
        [required(_l("Write the reason.")), at_least(SHORTEST_REASON)],
        longest=LONGEST_REASON,
        description=_l("The person reads it, in the e-mail that tells them and when they try to sign in."),
    )
