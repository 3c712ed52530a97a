"""What the municipality answers for and which body decides about it, and what belongs to somebody else.

The list is the municipality's own, from its settings: areas with a body, areas that lie elsewhere, and who answers
for those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app import i18n
from app.dialogues import bodies
from app.i18n import LazyText, lazy_p


class Level(StrEnum):
    """Who else there is, in kinds."""

    REGION = "region"
    STATE = "state"
    COMPANY = "company"
    OTHER = "other"


LEVEL_NAMES: Mapping[Level, LazyText] = {
    Level.REGION: lazy_p("authority", "the region"),
    Level.STATE: lazy_p("authority", "the state"),
    Level.COMPANY: lazy_p("authority", "a company"),
    Level.OTHER: lazy_p("authority", "somebody else"),
}


@dataclass(frozen=True)
class Authority:
    """Somebody else who answers for an area. `name` is a proper name, in Swedish in every language."""

    key: str
    level: Level
    name: str
    url: str = ""


@dataclass(frozen=True)
class Area:
    """Something that a question may be about: `body_key` decides about it, or `elsewhere` does."""

    key: str
    names: Mapping[str, str]  # language → name; Swedish is always there
    body_key: str = ""
    elsewhere: Authority | None = None

    @property
    def name(self) -> str:
        return self.names.get(i18n.current().ui, self.names["sv"])

    @property
    def is_ours(self) -> bool:
        return self.elsewhere is None

    @property
    def answers_for_it(self) -> str:
        """The proper name of the body, or of whoever else answers for it."""
        return self.elsewhere.name if self.elsewhere is not None else bodies.name_of(self.body_key)


@dataclass
class _Settings:
    areas: dict[str, Area] = field(default_factory=dict)
    authorities: dict[str, Authority] = field(default_factory=dict)


_settings = _Settings()


def use(municipality: Mapping[str, Any]) -> None:
    """Take what the municipality's file says in [[elsewhere]] (key, level, name, url) and [[areas]] (key, name, and
    body or elsewhere). Without areas each body is one of its own. Raises KeyError for one that answers to nobody."""
    others = (
        Authority(one["key"], Level(one["level"]), one["name"], one.get("url", ""))
        for one in municipality.get("elsewhere", ())
    )
    _settings.authorities = {one.key: one for one in others}
    areas = [_area(one) for one in municipality.get("areas", ())]
    areas = areas or [Area(one["key"], {"sv": one["name"]}, one["key"]) for one in municipality["bodies"]]
    _settings.areas = {one.key: one for one in areas}


def _area(said: Mapping[str, Any]) -> Area:
    if "body" in said:
        return Area(said["key"], said["name"], said["body"])
    return Area(said["key"], said["name"], elsewhere=_settings.authorities[said["elsewhere"]])


def areas() -> Iterable[Area]:
    """Every area, in the order of the settings."""
    return _settings.areas.values()


def find(key: str | None) -> Area | None:
    """The area of this key; None where the settings have none such (any longer)."""
    return _settings.areas.get(key or "")


def name_of(key: str) -> str:
    """What an area is called; one that the settings have no longer is called by its key."""
    area = find(key)
    return area.name if area is not None else key


def authorities() -> Iterable[Authority]:
    return _settings.authorities.values()


def authority(key: str | None) -> Authority | None:
    """Somebody else who answers for something; None where the settings have none such (any longer)."""
    return _settings.authorities.get(key or "")
