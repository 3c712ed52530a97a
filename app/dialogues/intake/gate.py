"""What is asked beside the four criteria before a question may become a dialogue, and when it lets one pass.

Reference: the municipality's guideline, on when a dialogue is held and when it is not. Doubt stops as a no does.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogues.criteria import ANSWER_NAMES, Answer, Criterion
from app.dialogues.intake import areas, prior
from app.dialogues.intake.models import AssessmentBasis, Competence
from app.dialogues.problems import NotAccepted
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.multilingual.queries import Text

POSITION = Criterion(
    "position",
    _l("Has the body already made up its mind?"),
    _l("Say how you know. A body that knows what it wants to decide does not ask."),
    _l("Tell residents what the body has decided or means to decide. Only information is possible here."),
)
PRIOR = Criterion(
    "prior",
    _l("Has a decision already been made in the same case?"),
    _l("Say what you have looked at: minutes, the case register, earlier dialogues."),
    _l("Tell residents what has been decided and why. Only information is possible here."),
)
COMPETENCE = Criterion(
    "area",
    _l("What is the question about, and whose is it?"),
    _l("Say which part of it the municipality decides, and which part it does not."),
    _l("Tell the one who raised the question who answers for it, and why the municipality does not."),
)
VALUE = Criterion(
    "value",
    _l("What would residents' views be worth to the work?"),
    _l("Say what the work would gain from them: what they know, live with or weigh in another way than we do."),
    _l("Say what residents' views would be worth. Where nobody can say, nobody should be asked."),
)
UNCLEAR = "oklart"  # in the form: nobody knows whose it is


@dataclass(frozen=True)
class Rest:
    """What somebody answers beside the four criteria. `area` is a key of `areas`, or UNCLEAR."""

    position: str
    position_reason: str
    prior: str
    prior_reason: str
    area: str
    area_reason: str
    value: str
    case_number: str = ""


def row(assessment_id: int, rest: Rest) -> AssessmentBasis:
    """The row that keeps these answers. Raises NotAccepted for the first that lacks an answer or a reason."""
    for key in ("position", "prior"):
        if getattr(rest, key) not in set(Answer):
            raise NotAccepted(key, _l("Choose an answer."))
    area = areas.find(rest.area)
    if area is None and rest.area != UNCLEAR:
        raise NotAccepted("area", _l("Choose what the question is about."))
    for key in ("position_reason", "prior_reason", "area_reason"):
        if not getattr(rest, key).strip():
            raise NotAccepted(key, _l("Say why."))
    if not rest.value.strip():
        raise NotAccepted("value", _l("Say what residents' views would be worth to the work."))
    return AssessmentBasis(
        assessment_id=assessment_id,
        position=rest.position,
        position_reason=rest.position_reason,
        prior=rest.prior,
        prior_reason=rest.prior_reason,
        case_number=rest.case_number,
        case_key=prior.key_of(rest.case_number),
        area=area.key if area else "",
        competence=Competence.UNCLEAR if area is None else Competence.OURS if area.is_ours else Competence.ELSEWHERE,
        area_reason=rest.area_reason,
        answers_for_it=area.answers_for_it if area else None,
        value=rest.value,
    )


def is_settled(basis: AssessmentBasis, *, decided: bool) -> bool:
    """Whether only information is left: something is decided, or somebody's mind made up, or that cannot be ruled out.

    `decided`: a decision in the case is in our own records, whatever was answered.
    """
    return decided or basis.position != Answer.NO or basis.prior != Answer.NO


def passes(basis: AssessmentBasis, *, decided: bool) -> bool:
    """Whether nothing here stands in the way of a dialogue."""
    ours, worth = basis.competence == Competence.OURS, bool(basis.value.strip())
    return not is_settled(basis, decided=decided) and ours and worth


@dataclass(frozen=True)
class Stop:
    """One question that stands in the way: what was answered, why, and what to do instead."""

    question: Text | LazyText
    answer: str | LazyText
    reason: str
    instead: Text | LazyText


def stops(basis: AssessmentBasis, *, decided: bool) -> list[Stop]:
    """What stands in the way, in the order in which it is asked."""
    found = []
    if basis.position != Answer.NO:
        found.append(
            Stop(POSITION.question, ANSWER_NAMES[Answer(basis.position)], basis.position_reason, POSITION.instead)
        )
    if decided:
        answer = _l("Yes, by our own records: case %(number)s.", number=basis.case_number)
        found.append(Stop(PRIOR.question, answer, basis.prior_reason, PRIOR.instead))
    elif basis.prior != Answer.NO:
        found.append(Stop(PRIOR.question, ANSWER_NAMES[Answer(basis.prior)], basis.prior_reason, PRIOR.instead))
    if basis.competence != Competence.OURS:
        found.append(Stop(COMPETENCE.question, area_words(basis), basis.area_reason, COMPETENCE.instead))
    return found


def area_words(basis: AssessmentBasis) -> LazyText:
    """What it is about and whose it is, in words."""
    if basis.competence == Competence.UNCLEAR:
        return _l("It is not clear whose it is")
    return _l("%(area)s: %(who)s", area=areas.name_of(basis.area), who=basis.answers_for_it)
