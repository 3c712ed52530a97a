"""The shape of what is written about a question that is being considered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField

from app.dialogues import bodies
from app.dialogues.criteria import ANSWER_NAMES
from app.dialogues.forms import CriteriaForm, DateField, EditForm
from app.dialogues.intake import areas
from app.dialogues.intake.gate import COMPETENCE, POSITION, PRIOR, UNCLEAR, VALUE, Rest
from app.dialogues.intake.models import AssessmentBasis, Competence
from app.dialogues.intake.service import Case
from app.dialogues.models import Dialogue
from app.forms import LineField, TextField, one_of, required
from app.i18n import lazy as _l
from app.i18n import lazy_p


def area_choices() -> list[tuple[str, str]]:
    """Every area with whoever answers for it: the municipality's own first."""
    ours = [(one.key, f"{one.name} ({one.answers_for_it})") for one in areas.areas() if one.is_ours]
    others = [
        (one.key, str(_l("%(area)s (not the municipality: %(who)s)", area=one.name, who=one.answers_for_it)))
        for one in areas.areas()
        if not one.is_ours
    ]
    return [*ours, *others]


def _answers() -> list[tuple[str, str]]:
    return [(str(key), str(name)) for key, name in ANSWER_NAMES.items()]


class AssessmentForm(CriteriaForm):
    """The four criteria, and what else must be known before residents are asked."""

    position = RadioField(POSITION.question, [one_of(_l("Choose an answer."))], choices=_answers)
    position_reason = TextField(
        lazy_p("criterion", "Why?"), [required(_l("Say why."))], longest=2000, description=POSITION.hint
    )
    prior = RadioField(PRIOR.question, [one_of(_l("Choose an answer."))], choices=_answers)
    case_number = LineField(
        _l("Case number"),
        longest=60,
        description=_l("If the case has one. We look for it among the decisions that are on record here."),
    )
    prior_reason = TextField(
        lazy_p("criterion", "Why?"), [required(_l("Say why."))], longest=2000, description=PRIOR.hint
    )
    area = SelectField(COMPETENCE.question, [one_of(_l("Choose what the question is about."))])
    area_reason = TextField(
        lazy_p("criterion", "Why?"), [required(_l("Say why."))], longest=2000, description=COMPETENCE.hint
    )
    value = TextField(
        VALUE.question,
        [required(_l("Say what residents' views would be worth to the work."))],
        longest=2000,
        description=VALUE.hint,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unclear = (UNCLEAR, str(_l("It is not clear whose it is")))
        self.area.choices = [("", str(_l("Choose"))), *area_choices(), unclear]

    def rest(self) -> Rest:
        """What was answered beside the criteria."""
        names = ("position", "position_reason", "prior", "prior_reason", "area", "area_reason", "value", "case_number")
        return Rest(**{name: getattr(self, name).data or "" for name in names})


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
        choices=lambda: [("dialogue", str(_l("Yes, this one:"))), ("none", str(_l("No")))],
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


def answered(basis: AssessmentBasis | None) -> dict[str, str]:
    """What the form is filled in with: what was answered the last time."""
    if basis is None:
        return {}
    names = ("position", "position_reason", "prior", "prior_reason", "case_number", "area_reason", "value")
    area = UNCLEAR if basis.competence == Competence.UNCLEAR else basis.area
    return {**{name: getattr(basis, name) for name in names}, "area": area}
