"""What suggestions may concern, and how soon they are answered: the municipality's own, from its settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app import i18n
from app.i18n import lazy_p

UNNAMED = lazy_p("box", "Leave a suggestion")
ANSWER_DAYS = 10  # working days, where the settings do not say


@dataclass(frozen=True)
class Matter:
    """Something that a suggestion may concern. `unit` is the unit that owns it, by its Swedish name."""

    key: str
    names: Mapping[str, str]  # language → name; Swedish is always there
    unit: str

    @property
    def name(self) -> str:
        return self.names.get(i18n.current().ui, self.names["sv"])

    def __str__(self) -> str:
        return self.name


@dataclass
class _Settings:
    names: Mapping[str, str] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    localities: tuple[str, ...] = ()
    answer_days: int = ANSWER_DAYS


_settings = _Settings()


def use(municipality: Mapping[str, Any]) -> None:
    """Take what the municipality's file says in [suggestions]: name, answer_days, matters; [places]: localities."""
    said = municipality.get("suggestions", {})
    _settings.names = said.get("name", {})
    _settings.matters = {one["key"]: Matter(one["key"], one["name"], one["unit"]) for one in said.get("matters", ())}
    _settings.answer_days = int(said.get("answer_days", ANSWER_DAYS))
    _settings.localities = tuple(municipality.get("places", {}).get("localities", ()))


class BoxName:
    """What the standing box is called here, in the reader's language."""

    def __str__(self) -> str:
        names = _settings.names
        return names.get(i18n.current().ui) or names.get("sv") or str(UNNAMED)


BOX_NAME = BoxName()


def matters() -> Iterable[Matter]:
    return _settings.matters.values()


def matter(key: str) -> Matter:
    """The matter of this key; one that the settings have no longer is called by its key."""
    return _settings.matters.get(key) or Matter(key, {"sv": key}, "")


def localities() -> tuple[str, ...]:
    """Places of the municipality by their own names, the same in every language."""
    return _settings.localities


def answer_days() -> int:
    """How many working days an answer may take."""
    return _settings.answer_days
