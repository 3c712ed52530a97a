"""The closed lists of a preparation: the seven grounds, how people are reached, what costs; keys and names.

Reference: the municipality's guideline, its principle that dialogues are open to all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l


@dataclass(frozen=True)
class Ground:
    """One of the seven grounds of discrimination. `hint` helps somebody who does this for the first time."""

    key: str
    name: LazyText
    hint: LazyText


SEVEN = (
    Ground("age", lazy_p("ground", "Age"), _l("Think of children, young people and old people: times, places, words.")),
    Ground(
        "sex",
        lazy_p("ground", "Sex"),
        _l("Think of who usually speaks at meetings, who looks after children at that hour, and who feels safe there."),
    ),
    Ground(
        "gender_identity",
        lazy_p("ground", "Transgender identity or expression"),
        _l("Think of forms that ask for sex or title, and of how people are spoken to."),
    ),
    Ground(
        "orientation",
        lazy_p("ground", "Sexual orientation"),
        _l("Think of pictures and examples: which families and couples can be seen in them?"),
    ),
    Ground(
        "ethnicity",
        lazy_p("ground", "Ethnicity"),
        _l("Think of languages, and of groups that the municipality seldom hears from."),
    ),
    Ground(
        "religion",
        lazy_p("ground", "Religion or other belief"),
        _l("Think of holidays and fasts, food, and which houses one meets in."),
    ),
    Ground(
        "disability",
        lazy_p("ground", "Disability"),
        _l("Think of the way there, hearing loops, plain words, screen readers, and answering on paper or by phone."),
    ),
)
GROUNDS: Mapping[str, Ground] = {one.key: one for one in SEVEN}


class Finding(StrEnum):
    BARRIER = "barrier"
    NONE = "none"


FINDINGS: Mapping[Finding, LazyText] = {
    Finding.BARRIER: lazy_p("finding", "Something is in the way"),
    Finding.NONE: lazy_p("finding", "Nothing was found"),
}


class Influence(StrEnum):
    """How much a group can do about the question itself."""

    LITTLE = "little"
    SOME = "some"
    GREAT = "great"


INFLUENCES: Mapping[Influence, LazyText] = {
    Influence.LITTLE: lazy_p("influence", "Little"),
    Influence.SOME: lazy_p("influence", "Some"),
    Influence.GREAT: lazy_p("influence", "Great"),
}

# How people are invited and reached; at least one for each group that is affected.
CHANNELS: Mapping[str, LazyText] = {
    "web": lazy_p("channel", "website and social media"),
    "letter": lazy_p("channel", "letter home"),
    "translated_letter": lazy_p("channel", "letter or e-mail in their own language"),
    "email": lazy_p("channel", "e-mail"),
    "phone": lazy_p("channel", "phone"),
    "poster": lazy_p("channel", "posters"),
    "local_paper": lazy_p("channel", "local paper"),
    "school": lazy_p("channel", "school or preschool"),
    "association": lazy_p("channel", "associations"),
    "workplace": lazy_p("channel", "workplaces and companies"),
    "care": lazy_p("channel", "staff in health and social care"),
    "meeting": lazy_p("channel", "meeting where they are"),
}


def channel_names(keys: Iterable[str]) -> list[LazyText]:
    """What these channels are called, those that there are (any longer)."""
    return [CHANNELS[key] for key in keys if key in CHANNELS]


class Cost(StrEnum):
    """What a sum of money is for."""

    PART = "part"
    OPTION = "option"
    FRAME = "frame"


COSTS: Mapping[Cost, LazyText] = {
    Cost.PART: lazy_p("cost", "The dialogue itself"),
    Cost.OPTION: lazy_p("cost", "An option that is under discussion"),
    Cost.FRAME: lazy_p("cost", "The frame that the options must fit in"),
}
MOST_KRONOR = 2_000_000_000
