"""What happens to a text that can be judged. `subject` is "reviewable:id"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.events import Event, Say, by_name
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.moderation.grounds import GROUNDS

GROUND_NAMES = {ground.key: ground.name for ground in GROUNDS.values()}


@dataclass(frozen=True, kw_only=True)
class ItemShown(Event):
    """A moderator let a text be shown, or kept it shown after a report."""

    sentence: ClassVar[LazyText] = _l("A moderator let a text be shown.")
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemHidden(Event):
    """A moderator hid a text. `ground` is a key of moderation.grounds; `note` is for the author."""

    sentence: ClassVar[LazyText] = _l("A moderator hid a text (rule: %(ground)s).")
    said: ClassVar[Mapping[str, Say]] = {"ground": by_name(GROUND_NAMES)}
    ground: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemRestored(Event):
    """A hidden text is shown again."""

    sentence: ClassVar[LazyText] = _l("A moderator let a hidden text be shown again.")
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemReported(Event):
    """Somebody reported a text. Who it was stands with the report, not in the log."""

    sentence: ClassVar[LazyText] = _l("A text was reported (rule: %(ground)s).")
    said: ClassVar[Mapping[str, Say]] = {"ground": by_name(GROUND_NAMES)}
    ground: str


EVENTS = (ItemShown, ItemHidden, ItemRestored, ItemReported)
