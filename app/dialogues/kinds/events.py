"""What happens around the kinds, besides what happens to every dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.dialogues.stages import KIND_NAMES
from app.events import Event, Say, by_name
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class KindChosen(Event):
    sentence: ClassVar[LazyText] = _l(
        "The first questions were answered. They propose: %(proposed)s. Chosen: %(chosen)s. %(reason)s"
    )
    said: ClassVar[Mapping[str, Say]] = {"proposed": by_name(KIND_NAMES), "chosen": by_name(KIND_NAMES)}
    proposed: str
    chosen: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DialogueRedirected(Event):
    sentence: ClassVar[LazyText] = _l("The question was sent on to another kind (%(kind)s): %(title)s. %(reason)s")
    said: ClassVar[Mapping[str, Say]] = {"kind": by_name(KIND_NAMES)}
    to_id: int
    kind: str
    title: str
    reason: str


EVENTS: tuple[type[Event], ...] = (KindChosen, DialogueRedirected)
