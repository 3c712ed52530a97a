"""What is asked before a question becomes a dialogue."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField

from app.dialogues.criteria import ANSWER_NAMES
from app.dialogues.forms import CriteriaForm
from app.dialogues.intake import areas
from app.dialogues.intake.gate import COMPETENCE, POSITION, PRIOR, UNCLEAR, VALUE, Rest
from app.dialogues.intake.models import AssessmentBasis, Competence
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


def answered(basis: AssessmentBasis | None) -> dict[str, str]:
    """What the form is filled in with: what was answered the last time."""
    if basis is None:
        return {}
    names = ("position", "position_reason", "prior", "prior_reason", "case_number", "area_reason", "value")
    area = UNCLEAR if basis.competence == Competence.UNCLEAR else basis.area
    return {**{name: getattr(basis, name) for name in names}, "area": area}
