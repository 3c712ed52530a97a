"""How the material of dialogues is kept: the municipality's retention plan; and for how long people are asked.

Both are the municipality's own, from its settings. A class says what is kept, what is thinned, and how many days after
the feedback; the addresses of those who were told are needed until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from app import clock, i18n

WEEKS = 4  # that an evaluation stays open, where the settings do not say


@dataclass(frozen=True)
class Words:
    """A text of the municipality's own, by language; Swedish is always there."""

    texts: Mapping[str, str]

    def __str__(self) -> str:
        return self.texts.get(i18n.current().ui) or self.texts.get("sv", "")


@dataclass(frozen=True)
class RetentionClass:
    """One class: what is kept and what is thinned, in words; `after` the feedback; whether the archive holds names."""

    key: str
    name: Words
    keeps: Words
    thins: Words
    after: timedelta
    names: bool


@dataclass
class _Settings:
    classes: dict[str, RetentionClass] = field(default_factory=dict)
    weeks: int = WEEKS


_settings = _Settings()


def use(municipality: Mapping[str, Any]) -> None:
    """Take what the municipality's file says in [[retention]] and [evaluation]. Raises KeyError for half a class."""
    classes = [_class(one) for one in municipality.get("retention", ())]
    _settings.classes = {one.key: one for one in classes}
    _settings.weeks = int(municipality.get("evaluation", {}).get("weeks", WEEKS))


def _class(said: Mapping[str, Any]) -> RetentionClass:
    name, keeps, thins = (Words(said[one]) for one in ("name", "keeps", "thins"))
    return RetentionClass(said["key"], name, keeps, thins, timedelta(days=int(said["days"])), bool(said["names"]))


def classes() -> tuple[RetentionClass, ...]:
    return tuple(_settings.classes.values())


def find(key: str | None) -> RetentionClass | None:
    """The class of this key; None where the settings have none such (any more)."""
    return _settings.classes.get(key or "")


def named(key: str) -> RetentionClass:
    """The class of this key; one that the settings have no longer is called by its key."""
    words = Words({"sv": key})
    return find(key) or RetentionClass(key, words, Words({}), Words({}), timedelta(0), names=False)


def closing_after(opened_at: datetime) -> datetime:
    """When a questionnaire that was opened then closes: so many weeks later, at the end of the day."""
    last = clock.local(opened_at).date() + timedelta(weeks=_settings.weeks)
    return clock.from_local(datetime.combine(last, time(23, 59)))
