"""Methods that are broken on purpose, one fault each, made from the sound ones: rules and events.

Each function plants its fault and gives the method that has it. `monkeypatch` takes it away again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest
from flask import Flask

from app import events
from app.events import Event
from app.i18n import LazyText, lazy
from app.ladder import Method, Notice, nobody
from app.levels import METHODS
from app.permissions import Reason, Role
from tests.conformance import samples

SOUND = {method.key: method for method in METHODS}
ARTICLES, SURVEYS = SOUND["articles"], SOUND["surveys"]
Fault = Callable[[pytest.MonkeyPatch, Flask], Method]


@dataclass(frozen=True)
class Broken:
    """A fault, the check that must complain of it, and words that the complaint must hold; `also` may complain too."""

    check: str
    words: str
    plant: Fault
    also: str = ""


def _action(method: Method, name: str) -> Any:
    return samples.room(method, "rules").Do[name]


# ------------------------------------------------------------------ rules


def no_rule(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    kept = {action: checks for action, checks in SURVEYS.rules.items() if action.name != "ANSWER"}
    return replace(SURVEYS, rules=kept)


def empty_rule(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    return replace(SURVEYS, rules={**SURVEYS.rules, _action(SURVEYS, "ANSWER"): ()})


def without_stage(name: str, *checks: Any) -> Fault:
    def plant(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
        return replace(SURVEYS, rules={**SURVEYS.rules, _action(SURVEYS, name): checks})

    return plant


def spares_one_role(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    """The stage binds residents, and lets the administrator through."""
    action = _action(SURVEYS, "ANSWER")

    def stage_or_power(actor: Any, row: Any) -> Any:
        sound = (check(actor, row) for check in SURVEYS.rules[action])
        return None if actor.has(Role.ADMINISTRATOR) else next(filter(None, sound), None)

    return replace(SURVEYS, rules={**SURVEYS.rules, action: (stage_or_power,)})


def never(_actor: Any, _row: Any) -> Reason:
    return Reason("never", lazy("This stands in no catalogue."))


def service_without_require(patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    real = samples.files_of
    folder = samples.ROOT / "tests/conformance/planted"
    patch.setattr(samples, "files_of", lambda method, name: [*real(method, name), folder / "writes_freely.txt"])
    return SURVEYS


# ------------------------------------------------------------------ events


@dataclass(frozen=True, kw_only=True)
class Mute(Event):
    """Nothing is said of it."""


@dataclass(frozen=True, kw_only=True)
class Untold(Event):
    sentence: ClassVar[LazyText] = LazyText("The survey “%(title)s” was created.")
    title: str


@dataclass(frozen=True, kw_only=True)
class OnlyEnglish(Event):
    sentence: ClassVar[LazyText] = LazyText("This stands in no catalogue.")


def event(kind: type[Event], *, told: bool = True, known: bool = True) -> Fault:
    def plant(patch: pytest.MonkeyPatch, _app: Flask) -> Method:
        if known:
            patch.setitem(events._known, kind.__name__, kind)
        notices = (*SURVEYS.notices, *([Notice(kind, None, nobody)] if told else []))
        return replace(SURVEYS, events=(*SURVEYS.events, kind), notices=notices)

    return plant


def template(name: str) -> Fault:
    """An event with a notice whose mail is this one, and no facts for it."""

    def plant(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
        return replace(SURVEYS, notices=(*SURVEYS.notices, Notice(SURVEYS.events[0], name, nobody)))

    return plant
