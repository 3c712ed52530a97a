"""Why a text may be hidden: the rules that everyone can read, that reports name and that decisions rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.i18n import LazyText
from app.i18n import lazy as _l
from app.i18n import lazy_p as _p


@dataclass(frozen=True)
class Ground:
    """One rule. `name` is a few words for lists; `sentence` is what the author and every reader is told."""

    key: str
    name: LazyText
    sentence: LazyText


GROUNDS: Mapping[str, Ground] = {
    ground.key: ground
    for ground in (
        Ground(
            "insult",
            _p("ground", "Insult or hate"),
            _l("A text must not insult anyone, or attack a group of people for who they are."),
        ),
        Ground(
            "threat",
            _p("ground", "Threat"),
            _l("A text must not threaten anyone, or urge others to violence or crime."),
        ),
        Ground(
            "personal_data",
            _p("ground", "Personal data about someone else"),
            _l("A text must not tell private things about someone else, such as health, address or phone number."),
        ),
        Ground(
            "illegal",
            _p("ground", "Against the law in another way"),
            _l("A text must not break the law, for instance by copying what belongs to someone else."),
        ),
        Ground(
            "advertising",
            _p("ground", "Advertising"),
            _l("A text must not sell anything or advertise."),
        ),
        Ground(
            "spam",
            _p("ground", "Spam"),
            _l("The same text must not be sent over and over, and links must have to do with the matter."),
        ),
        Ground(
            "off_topic",
            _p("ground", "Off topic"),
            _l("A text must be about what the dialogue asks."),
        ),
    )
}


def named(key: str) -> Ground:
    """The ground of this key. Raises KeyError for one that there is no rule about."""
    return GROUNDS[key]
