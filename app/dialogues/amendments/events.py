"""What happens to a change of what a body has decided about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.dialogues.amendments.fields import NAMES
from app.events import Event, Say
from app.i18n import LazyText
from app.i18n import lazy as _l


def _parts(value: Any, _subject: str) -> list[Any]:
    return [NAMES.get(one, one) for one in value]


SAID: Mapping[str, Say] = {"parts": _parts}


@dataclass(frozen=True, kw_only=True)
class ChangeDrafted(Event):
    sentence: ClassVar[LazyText] = _l("A change was drafted for the body to decide about: %(parts)s.")
    said: ClassVar[Mapping[str, Say]] = SAID
    parts: list[str]


@dataclass(frozen=True, kw_only=True)
class ChangePut(Event):
    sentence: ClassVar[LazyText] = _l("A change was put to the body: %(parts)s.")
    said: ClassVar[Mapping[str, Say]] = SAID
    parts: list[str]


@dataclass(frozen=True, kw_only=True)
class ChangeWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("A change that was proposed to the body was taken back.")


@dataclass(frozen=True, kw_only=True)
class ChangeRejected(Event):
    sentence: ClassVar[LazyText] = _l("The body turned down a change: %(parts)s.")
    said: ClassVar[Mapping[str, Say]] = SAID
    parts: list[str]


@dataclass(frozen=True, kw_only=True)
class DialogueAmended(Event):
    """The values have changed, in this transaction; they stand in the row. `stage`: where the dialogue stood."""

    sentence: ClassVar[LazyText] = _l("A decision of the body changed the dialogue: %(parts)s.")
    said: ClassVar[Mapping[str, Say]] = SAID
    parts: list[str]
    amendment_id: int
    stage: str


EVENTS: tuple[type[Event], ...] = (ChangeDrafted, ChangePut, ChangeWithdrawn, ChangeRejected, DialogueAmended)
