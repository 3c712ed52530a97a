"""What happened: `emit` writes the audit row and calls subscribers, in the same transaction.

Slow work is a job row in that transaction too. Where an answer is promised not to be tied to a person, the event
carries no actor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, TypeVar, get_type_hints

from app import audit
from app.i18n import LazyText
from app.permissions import Actor

Say = Callable[[Any, str], Any]  # a fact as it is kept, and the event's subject → what people read


@dataclass(frozen=True, eq=False)
class Named:
    """As by_name; `names` are the keys that there are."""

    names: Mapping[Any, Any]

    def __call__(self, value: Any, _subject: str) -> Any:
        return self.names.get(value, value)


def by_name(names: Mapping[Any, Any]) -> Say:
    """Say a key by its name; one that there is no name for (any longer) as it stands."""
    return Named(names)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every event: a frozen dataclass named in the past tense, with `sentence` for people who read the log.

    Placeholders in the sentence are the event's own fields. A field that holds a key is said by name: `said` tells how.
    """

    sentence: ClassVar[LazyText]
    said: ClassVar[Mapping[str, Say]] = {}

    subject: str
    actor: Actor | None = None
    dialogue_id: int | None = None


E = TypeVar("E", bound=Event)
_subscribers: dict[type[Event], list[Callable[[Any], None]]] = {}
_known: dict[str, type[Event]] = {}


def register(*kinds: type[Event]) -> None:
    """Make events known by name, so that the log can say them in words."""
    for kind in kinds:
        if _known.setdefault(kind.__name__, kind) is not kind:
            raise ValueError(f"two events named {kind.__name__}")


def known() -> dict[str, type[Event]]:
    return dict(_known)


def on(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Subscribe a function; it runs in the emitter's transaction, so it must be quick and must not fail lightly."""

    def add(function: Callable[[E], None]) -> Callable[[E], None]:
        listeners = _subscribers.setdefault(kind, [])
        if function not in listeners:
            listeners.append(function)
        return function

    return add


def emit(event: Event) -> None:
    """Write the audit row and tell the subscribers. Raises LookupError for an event that nobody registered."""
    name = type(event).__name__
    if name not in _known:
        raise LookupError(f"event {name} is not registered")
    audit.record(
        name,
        actor_id=event.actor.person_id if event.actor else None,
        by_system=bool(event.actor and event.actor.is_system),
        subject=event.subject,
        dialogue_id=event.dialogue_id,
        facts=_facts(event),
    )
    for listener in (*_subscribers.get(type(event), ()), *_subscribers.get(Event, ())):
        listener(event)


def stored(event: Event) -> dict[str, Any]:
    """An event as plain values, for a job that goes on with it later. Who acted is left out."""
    return {
        "event": type(event).__name__,
        "subject": event.subject,
        "dialogue_id": event.dialogue_id,
        "facts": _facts(event),
    }


def restored(values: Mapping[str, Any]) -> Event:
    """The event of these values. Raises LookupError for one that is not known (any longer)."""
    kind = _known.get(values["event"])
    if kind is None:
        raise LookupError(f"event {values['event']} is not registered")
    types = get_type_hints(kind)
    facts = {name: _typed(types.get(name), value) for name, value in values["facts"].items()}
    return kind(subject=values["subject"], dialogue_id=values["dialogue_id"], **facts)


def _typed(type_: Any, value: Any) -> Any:
    """A plain value as the event's field has it."""
    if not isinstance(type_, type) or value is None:
        return value
    if issubclass(type_, datetime | date):
        return type_.fromisoformat(value)
    return type_(value) if issubclass(type_, Enum) else value


def _facts(event: Event) -> dict[str, Any]:
    own = {f.name for f in fields(event)} - {"subject", "actor", "dialogue_id"}
    return {name: _plain(getattr(event, name)) for name in sorted(own)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
