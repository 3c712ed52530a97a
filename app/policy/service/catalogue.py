"""What stands at the steps of the ladder: methods and local examples, written by communications."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from app import db, ladder, subjects
from app.events import emit
from app.i18n import lazy as _l
from app.multilingual import service as multilingual
from app.permissions import Actor, require
from app.policy.events import LadderEntryAdded, LadderEntryChanged, LadderEntryRemoved
from app.policy.models import EntryKind, LadderEntry
from app.policy.problems import NotAccepted, Overtaken
from app.policy.rules import Do

FIELDS = ("name", "text")  # what can be translated


def add(actor: Actor, kind: EntryKind, values: Mapping[str, Any]) -> LadderEntry:
    """Add a method or an example. `values`: name, text, levels (keys), is_vote, url. Raises NotAccepted."""
    require(actor, Do.DESCRIBE)
    row = LadderEntry(kind=kind, **_taken(kind, values))
    db.session().add(row)
    db.session().flush()
    emit(LadderEntryAdded(subject=key_of(row), actor=actor, title=row.name))
    return row


def change(actor: Actor, row: LadderEntry, version: int, values: Mapping[str, Any]) -> None:
    """Change it, where something has changed. Raises NotAccepted, or Overtaken where somebody else has been there."""
    db.session().refresh(row, with_for_update=True)
    require(actor, Do.DESCRIBE, row)
    if row.version != version:
        raise Overtaken
    taken = _taken(EntryKind(row.kind), values)
    if all(getattr(row, name) == value for name, value in taken.items()):
        return
    for name, value in taken.items():
        setattr(row, name, value)
    db.session().flush()
    emit(LadderEntryChanged(subject=key_of(row), actor=actor, title=row.name))


def remove(actor: Actor, row: LadderEntry) -> None:
    """Take it away, with its translations; the log keeps its name."""
    require(actor, Do.DESCRIBE, row)
    for field in FIELDS:
        multilingual.forget(key_of(row), field)
    db.session().delete(row)
    db.session().flush()
    emit(LadderEntryRemoved(subject=key_of(row), actor=actor, title=row.name))


def key_of(row: LadderEntry) -> str:
    return subjects.key("ladder_entry", row.id)


def _taken(kind: EntryKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Raises NotAccepted."""
    chosen: Collection[str] = values["levels"]
    levels = [one.key for one in ladder.LEVELS if one.key in chosen]
    if not levels:
        raise NotAccepted("levels", _l("Choose at least one step."))
    if kind is EntryKind.EXAMPLE and len(levels) > 1:
        raise NotAccepted("levels", _l("An example stands at one step."))
    is_vote = bool(values.get("is_vote")) and kind is EntryKind.METHOD
    if is_vote and levels != [ladder.CODECISION.key]:
        sentence = _l("A vote is offered at the step %(level)s and at no other.", level=ladder.CODECISION.name)
        raise NotAccepted("levels", sentence)
    return {"name": values["name"], "text": values["text"], "url": values["url"], "levels": " ".join(levels),
            "is_vote": is_vote}  # fmt: skip
