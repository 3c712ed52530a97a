"""What a moderator and a reporter fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.forms import BaseForm, TextField, one_of
from app.i18n import lazy as _l
from app.moderation.grounds import GROUNDS
from app.moderation.queries import Item
from app.moderation.service import Seen
from app.reviews.models import State

LARGEST = 2**31 - 1
PAIR = re.compile(r"(\d{1,9}):(\d{1,9})\Z", re.ASCII)
SHOW_WORDS = {
    State.WAITING: _l("Show it"),
    State.SHOWN: _l("Keep it shown"),
    State.HIDDEN: _l("Show it again"),
}


class DecisionForm(BaseForm):
    """Show or hide, and why. What the moderator had before them comes along."""

    outcome = RadioField(_l("What do you decide?"), validators=[one_of(_l("Choose what you decide."))])
    ground = RadioField(
        _l("Which rule does it break?"),
        choices=[],
        validators=[Optional()],
        description=_l("Only if you hide it. The author is told which rule."),
    )
    note = TextField(
        _l("A word to the author"),
        longest=1000,
        description=_l(
            "Sent by e-mail with the decision if it is hidden, or shown again. Do not repeat what is hidden."
        ),
    )
    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, LARGEST)])
    seen_report = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, LARGEST)], default=0)

    def __init__(self, item: Item, *, latest_report: int, **kwargs: Any) -> None:
        super().__init__(data={"version": item.review.version, "seen_report": latest_report}, **kwargs)
        state = State(item.review.state)
        self.outcome.choices = [("shown", str(SHOW_WORDS[state]))]
        if state is State.HIDDEN:
            self.outcome.data = self.outcome.data or "shown"
            del self.ground
        else:
            self.outcome.choices.append(("hidden", str(_l("Hide it"))))
            self.ground.choices = ground_choices()

    @property
    def seen(self) -> Seen:
        """What the moderator had before them."""
        return Seen(self.version.data or 0, self.seen_report.data or 0)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if hasattr(self, "ground") and self.outcome.data == State.HIDDEN and not self.ground.data:
            self.refuse(self.ground, _l("Choose the rule that the text breaks."))
            return False
        return valid


class ReportForm(BaseForm):
    """Which rule, and a word about it. `website` is left empty by people; programs fill it in."""

    ground = RadioField(
        _l("Which rule does the text break?"),
        validators=[one_of(_l("Choose the rule that you think the text breaks."))],
    )
    note = TextField(_l("Anything else we should know?"), longest=1000)
    website = StringField(_l("Leave this field empty"), render_kw={"autocomplete": "off", "tabindex": "-1"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ground.choices = ground_choices()


class SeveralForm(BaseForm):
    """Nothing but the token: what is chosen comes as pairs, see `versions`."""


def ground_choices() -> list[tuple[str, str]]:
    return [(ground.key, str(ground.name)) for ground in GROUNDS.values()]


def versions(pairs: Iterable[str]) -> list[tuple[int, int]]:
    """Read "id:version" pairs; what is not one is left out."""
    return [(int(m[1]), int(m[2])) for m in map(PAIR.match, pairs) if m]


def ids(values: Iterable[str]) -> list[int]:
    """Read ids; what is not one is left out."""
    return sorted({int(value) for value in values if re.fullmatch(r"\d{1,9}", value, re.ASCII)})
