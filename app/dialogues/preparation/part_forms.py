"""The forms of two parts that the body decides about: the level and why, and the time plan with its meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField

from app import i18n
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.forms import EditForm, level_choices
from app.dialogues.preparation import goals as council
from app.forms import DateField, MomentField, SeveralField, TextField, one_of, required
from app.i18n import LazyText
from app.i18n import lazy as _l


class MeetingField(SelectField):
    """One of a body's meetings; `data` is its day, or None where none of them is chosen."""

    def __init__(self, label: LazyText, validators: list[Any], **more: Any) -> None:
        super().__init__(label, validators, coerce=_day, choices=[], validate_choice=False, **more)

    def offer(self, meetings: Iterable[BodyMeeting]) -> None:
        """Let one of these meetings be chosen."""
        words = _l("%(day)s, papers by %(papers_by)s")
        days = [(one.held_on.isoformat(), words.filled(day=one.held_on, papers_by=one.papers_by)) for one in meetings]
        self.choices = [("", str(_l("Choose a meeting"))), *((day, str(said)) for day, said in days)]


def _day(value: object) -> date | None:
    """The day that a choice stands for."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def _goal_choices() -> list[tuple[str, str]]:
    return [(one.key, i18n.swedish(one.name)) for one in council.goals()]


class LevelForm(EditForm):
    """The level and what leads to it: the purpose is written already, the other reasons are written here."""

    goals = SeveralField(
        _l("Goals of the council that the dialogue serves"),
        [one_of(_l("Choose at least one of the council's goals."))],
        choices=_goal_choices,
    )
    target_groups = TextField(
        _l("Target groups"),
        [required(_l("Say whom the dialogue is for: its target groups."))],
        longest=600,
        description=_l("Whose knowledge and views does the body need?"),
    )
    resources = TextField(
        _l("Available resources"),
        [required(_l("Say what there is to hold it with: people, time and money."))],
        longest=600,
        description=_l("Who works with it, for how long, and with how much money?"),
    )
    level = RadioField(
        _l("Level of participation"),
        [one_of(_l("Choose a level."))],
        choices=level_choices,
        description=_l("No level is better than another: purpose, target group and resources decide."),
        validate_choice=False,  # the rule says what is wrong with it
    )
    level_reason = TextField(
        _l("Why this level?"),
        [required(_l("Say why purpose, goals, target groups and resources lead to this level."))],
        longest=1000,
        description=_l("How do purpose, goals, target groups and resources lead to it?"),
    )


class PlanForm(EditForm):
    opens_at = MomentField(_l("Opens"), [required(_l("Say when the dialogue opens."))])
    closes_at = MomentField(
        _l("Closes"),
        [required(_l("Say when the dialogue closes."))],
        description=_l("From this moment on nothing more can be sent in. Afterwards it can only be made later."),
    )
    decision_on = MeetingField(
        _l("The body decides on"), [required(_l("Say when the body meets to decide in the matter."))]
    )
    feedback_by = DateField(
        _l("Those who took part are told by"),
        [required(_l("Say by when those who took part are told what became of it."))],
    )
