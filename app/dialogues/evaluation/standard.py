"""The questionnaires of an evaluation as data: of those who took part, of the same after the feedback, and of staff.

An evaluation keeps the edition that it was asked in. A new wording is a new edition; the old ones stay, so that old
figures are read beside the words that were answered. Texts are of the catalogues: a language whose catalogue is not
complete is not shipped, so whatever language is offered has every text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l


class Circle(StrEnum):
    """Who is asked."""

    PARTICIPANTS = "participants"  # how it was, when the dialogue has closed
    TOLD = "told"  # the same people, when they have been told what became of it
    STAFF = "staff"


class Part(StrEnum):
    """What an improvement is about."""

    INVITATION = "invitation"
    FORM = "form"
    METHOD = "method"
    TIMES = "times"
    TEXTS = "texts"
    ACCESS = "access"
    MODERATION = "moderation"
    FEEDBACK = "feedback"
    OTHER = "other"


PART_NAMES: Mapping[Part, LazyText] = {
    Part.INVITATION: _l("The invitation: who hears of it, and how"),
    Part.FORM: _l("The level of participation: how much can be influenced"),
    Part.METHOD: _l("The method: the way of taking part"),
    Part.TIMES: _l("The time plan: when, and for how long"),
    Part.TEXTS: _l("The texts: easy to understand, in more languages"),
    Part.ACCESS: _l("Help to take part: place, technology, interpreter"),
    Part.MODERATION: _l("The tone, and how it was led"),
    Part.FEEDBACK: _l("The feedback: what became of it"),
    Part.OTHER: _l("Something else"),
}


@dataclass(frozen=True)
class Asked:
    """One question. Figures go by `indicator`, its key, and by the keys of its `options`."""

    indicator: str
    text: LazyText
    options: Mapping[str, LazyText]
    several: bool = False


AGREE: Mapping[str, LazyText] = {
    "yes": lazy_p("evaluation", "Yes"),
    "partly": lazy_p("evaluation", "Partly"),
    "no": lazy_p("evaluation", "No"),
    "unknown": lazy_p("evaluation", "Do not know"),
}

_TOOK_PART = (
    Asked("knowledge", _l("Do you know more now about how decisions are made in the municipality?"), AGREE),
    Asked("hard_choices", _l("Do you understand better what must be weighed against what in this question?"), AGREE),
    Asked("trust", _l("Does it feel worth while to engage, because what people say is taken seriously?"), AGREE),
    Asked("again", _l("Would you like to take part in a dialogue again?"), AGREE),
    Asked("form", _l("Was it clear from the beginning how much you could influence?"), AGREE),
    Asked("method", _l("Did the way of taking part work well, for example the survey or the meeting?"), AGREE),
    Asked("able", _l("Could you take part at a time and in a way that suited you?"), AGREE),
    Asked(
        "better", _l("What should we do better next time?"), {str(key): name for key, name in PART_NAMES.items()}, True
    ),
)
_WAS_TOLD = (
    Asked("influence", _l("Do you feel that you had a chance to influence?"), AGREE),
    Asked("understood", _l("Did you understand what happened with what we were told?"), AGREE),
)
_STAFF = (
    Asked("legitimacy", _l("Will more people accept the decision because of the dialogue?"), AGREE),
    Asked("carry_through", _l("Will the decision be easier to carry through?"), AGREE),
    Asked("needs", _l("Do we know more about what residents need?"), AGREE),
    Asked("openness", _l("Could anyone follow what was done, and why?"), AGREE),
    Asked("value", _l("Was it worth the time and the money?"), AGREE),
    Asked("purpose", _l("Did the dialogue fulfil its purpose?"), AGREE),
    Asked("form", _l("Was the level of participation the right one?"), AGREE),
    Asked("method", _l("Did the methods suit the question and those it concerns?"), AGREE),
    Asked("representation", _l("Were all those whom it concerns represented?"), AGREE),
)
EDITIONS: Mapping[Circle, Mapping[int, tuple[Asked, ...]]] = {
    Circle.PARTICIPANTS: {1: _TOOK_PART},
    Circle.TOLD: {1: _WAS_TOLD},
    Circle.STAFF: {1: _STAFF},
}


def latest(circle: Circle) -> int:
    """The edition that is asked from now on."""
    return max(EDITIONS[circle])


def asked(circle: str, edition: int) -> tuple[Asked, ...]:
    """The questions of an edition, in order."""
    return EDITIONS[Circle(circle)][edition]


class Duty(StrEnum):
    """In which duty a member of staff evaluates."""

    LEAD = "lead"
    DECIDER = "decider"
    MODERATOR = "moderator"
    FACILITATOR = "facilitator"


DUTY_NAMES: Mapping[Duty, LazyText] = {
    Duty.LEAD: lazy_p("duty", "Dialogue lead"),
    Duty.DECIDER: lazy_p("duty", "Elected representative or secretary"),
    Duty.MODERATOR: lazy_p("duty", "Moderator"),
    Duty.FACILITATOR: lazy_p("duty", "Facilitator of a meeting or workshop"),
}
CIRCLE_NAMES: Mapping[Circle, LazyText] = {
    Circle.PARTICIPANTS: _l("Those who took part"),
    Circle.TOLD: _l("Those who took part, after the feedback"),
    Circle.STAFF: _l("Those who worked with it"),
}
# Whoever may have stayed silent: a circle of residents, or one duty of the staff.
PARTY_NAMES: Mapping[str, LazyText] = {
    **{str(one): CIRCLE_NAMES[one] for one in (Circle.PARTICIPANTS, Circle.TOLD)},
    **{str(one): name for one, name in DUTY_NAMES.items()},
}


class Reach(StrEnum):
    """Which dialogues an improvement is for."""

    EVERY = "every"
    LEVEL = "level"
    METHOD = "method"


@dataclass(frozen=True)
class Improvement:
    """One thing to do better: what it is about, the words, which dialogues it is for, and of which level or method."""

    part: Part
    text: str
    reach: Reach
    of: str | None = None


class Taken(StrEnum):
    """What a dialogue under preparation does with an improvement from an earlier one."""

    UP = "taken_up"
    ASIDE = "set_aside"
    ROUTINE = "routine"  # it has become how dialogues are always held, so nobody need be asked again


TAKEN_NAMES: Mapping[Taken, LazyText] = {
    Taken.UP: _l("We take it up in this dialogue"),
    Taken.ASIDE: _l("We set it aside in this dialogue"),
    Taken.ROUTINE: _l("We always do so by now"),
}
