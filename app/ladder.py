"""The participation ladder (SKR:s delaktighetstrappa) as data, and the manifest of a method that lives on it.

No step is better than another: purpose, goal, target group and resources decide which one fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app import events, permissions, subjects
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l

if TYPE_CHECKING:
    from flask import Blueprint


@dataclass(frozen=True)
class Level:
    """One step. `promise` is what the municipality commits itself to; it is shown wherever one can take part."""

    key: str
    name: LazyText
    residents_get: LazyText
    promise: LazyText


INFORMATION = Level(
    "information",
    lazy_p("level", "Information"),
    _l("you get to know"),
    _l("We tell you what is going on, early and in words that are easy to understand."),
)
CONSULTATION = Level(
    "consultation",
    lazy_p("level", "Consultation"),
    _l("you say what you think"),
    _l("We ask before we decide. We publish what came in, and tell you how it was used and why."),
)
DISCUSSION = Level(
    "discussion",
    lazy_p("level", "Discussion"),
    _l("we reason together"),
    _l("We discuss the matter with you before we decide, and show what the conversation led to."),
)
INFLUENCE = Level(
    "influence",
    lazy_p("level", "Influence"),
    _l("you take part in planning"),
    _l("You plan together with us over time. We show, proposal by proposal, what was followed and why."),
)
CODECISION = Level(
    "codecision",
    lazy_p("level", "Co-decision"),
    _l("you take part in deciding"),
    _l("Within limits that are known from the start, your vote is part of the decision."),
)
LEVELS = (INFORMATION, CONSULTATION, DISCUSSION, INFLUENCE, CODECISION)
_BY_KEY = {level.key: level for level in LEVELS}


def level(key: str) -> Level:
    """The level of this key. Raises KeyError for an unknown one."""
    return _BY_KEY[key]


@dataclass(frozen=True)
class Missing:
    """Something that must be done first, and where one does it."""

    sentence: LazyText
    address: subjects.Address


@dataclass(frozen=True)
class Column:
    """One column that leaves. `personal` ones leave only with the right to personal data."""

    name: str
    personal: bool = False


@dataclass(frozen=True)
class Export:
    """A table that leaves: the header of one dialogue and its rows, streamed. Every row is as wide as the header."""

    key: str
    name: LazyText
    columns: Callable[[int], Sequence[Column]]  # dialogue id →
    rows: Callable[[int], Iterator[Sequence[Any]]]  # dialogue id →
    count: Callable[[int], int]  # dialogue id → how many rows, for the progress that people see


@dataclass(frozen=True)
class Recipient:
    """Somebody to be told, by mail, in their language."""

    email: str
    language: str
    person_id: int | None = None


@dataclass(frozen=True)
class Notice:
    """Event → who hears, with which template. An event that nobody outside hears of says so with `nobody`.

    Where it matters whether a mail arrived, `log` is given the event and those who are about to be told, and says what
    the mail to each reports to, by the key of the address (`accounts.core.addresses.key_of`, see `mail.keep_log`).
    """

    event: type[events.Event]
    template: str | None
    recipients: Callable[[Any], Iterable[Recipient]]
    facts: Callable[[Any], Mapping[str, Any]] = lambda _event: {}
    log: Callable[[Any, Sequence[Recipient]], Mapping[str, str]] = lambda _event, _recipients: {}


def nobody(_event: Any) -> Iterable[Recipient]:
    """For events that are written in the log and told to no one."""
    return ()


def nothing_left(_dialogue_id: int) -> list[Missing]:
    """Of most methods the result is whole as soon as the dialogue closes."""
    return []


@dataclass(frozen=True)
class Method:
    """The manifest of a method: everything the house knows about it. No boolean flags.

    `ready` says what is missing in a dialogue before it may open, `settled` what must be done before its result may be
    published (a vote that nobody has counted); `participants` whom to tell, for a dialogue.
    """

    key: str
    level: Level
    offered_at: tuple[Level, ...]
    name: LazyText
    invitation: LazyText  # what one does there, in a few words
    figure: Callable[[int], str]  # what the number on its cards counts: 34 → "34 answers", in the reader's language
    blueprints: Sequence[Blueprint]
    home: str  # endpoint of the officials' page of this method in a dialogue; takes dialogue_id
    rules: permissions.Rules
    events: tuple[type[events.Event], ...]
    subjects: tuple[subjects.Subject, ...]
    ready: Callable[[int], list[Missing]]
    participants: Callable[[int], Iterable[Recipient]]
    notices: tuple[Notice, ...]
    exports: tuple[Export, ...]
    demo: Callable[[Any], None]
    settled: Callable[[int], list[Missing]] = nothing_left


_methods: dict[str, Method] = {}


def install(methods: Iterable[Method]) -> None:
    """Register the methods of this installation: rules, events and subjects come along."""
    for method in methods:
        _methods[method.key] = method
        permissions.register(method.rules)
        events.register(*method.events)
        subjects.register(*method.subjects)


def methods() -> tuple[Method, ...]:
    return tuple(_methods.values())


def method(key: str) -> Method:
    """The method of this key. Raises KeyError for an unknown one."""
    return _methods[key]


def methods_at(key: str) -> tuple[Method, ...]:
    """The methods that a dialogue at this level may use."""
    return tuple(one for one in _methods.values() if _BY_KEY[key] in one.offered_at)


def from_here_up(lowest: Level) -> tuple[Level, ...]:
    """This level and those above it: where a method that lives here is offered."""
    return LEVELS[LEVELS.index(lowest) :]
