"""What is written about larger changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField

from app.dialogues import bodies
from app.dialogues.forms import EditForm
from app.dialogues.intake import areas
from app.dialogues.intake.service import Case
from app.dialogues.models import Dialogue
from app.forms import DateField, LineField, TextField, one_of, required
from app.i18n import lazy as _l
from app.i18n import lazy_p


class ChangeForm(EditForm):
    """A case that means a larger change."""

    title = LineField(
        _l("What the case is about"),
        [required(_l("Give the case a title."))],
        longest=160,
        description=_l("In plain words, for example: The school in Larv is to be closed."),
    )
    case_number = LineField(_l("Case number"), [required(_l("Give the case number."))], longest=60)
    area = SelectField(_l("Area"), [one_of(_l("Choose what the case is about."))])
    body_key = SelectField(_l("Who decides"), [one_of(_l("Choose an elected body from the list."))])
    decision_on = DateField(
        _l("Planned day of the decision"), [required(_l("Say when the body is planned to decide."))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = [(one.key, one.name) for one in areas.areas() if one.is_ours]
        self.area.choices = [("", str(_l("Choose"))), *ours]
        self.body_key.choices = [("", str(_l("Choose a body"))), *((one.key, one.name) for one in bodies.bodies())]

    def case(self) -> Case:
        names = ("title", "case_number", "area", "body_key", "decision_on")
        return Case(**{name: getattr(self, name).data for name in names})


class ConsiderForm(EditForm):
    """Whether a dialogue is held for a larger change. `version` is the consideration that was the latest."""

    outcome = RadioField(
        _l("Is a dialogue held?"),
        choices=lambda: [("dialogue", str(_l("Yes, a dialogue is held"))), ("none", str(_l("No, none")))],
        validators=[one_of(_l("Choose whether a dialogue is held."))],
    )
    dialogue_id = SelectField(_l("Which dialogue?"), default="", description=_l("Only where a dialogue is held."))
    considered_by = LineField(
        _l("Who considered it?"),
        [required(_l("Say who considered it: the body, the committee or the office."))],
        longest=120,
        description=_l("The body, the committee or the office, never a person or a party."),
    )
    reason = TextField(
        lazy_p("consideration", "Why?"),
        [required(_l("Say why, in words that everyone can read."))],
        longest=2000,
        description=_l("Where no dialogue is held, everyone can read this among the considered questions."),
    )

    def offer(self, dialogues: Iterable[Dialogue]) -> None:
        """The dialogues to choose from."""
        named = [(str(one.id), one.question or one.title) for one in dialogues]
        self.dialogue_id.choices = [("", str(_l("Choose a dialogue"))), *named]

    def named(self) -> int | None:
        """The chosen dialogue; None where none is held. Puts the sentence at the field where one is missing."""
        if self.outcome.data != "dialogue":
            return None
        if not self.dialogue_id.data:
            self.refuse(self.dialogue_id, _l("Choose the dialogue that is held."))
            return None
        return int(self.dialogue_id.data)
