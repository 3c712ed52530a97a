"""Who hears of an event, and with which words."""

from __future__ import annotations

from collections.abc import Iterable

from app import events, i18n, mail
from app.ladder import Notice

_notices: dict[type[events.Event], list[Notice]] = {}


def add(notices: Iterable[Notice]) -> None:
    """Take in notices; the same one twice counts once."""
    for notice in notices:
        known = _notices.setdefault(notice.event, [])
        if notice not in known:
            known.append(notice)


def notices_for(kind: type[events.Event]) -> tuple[Notice, ...]:
    return tuple(_notices.get(kind, ()))


def tell(event: events.Event) -> None:
    """Plan one mail for each recipient of the event, in the open unit; nobody hears the same thing twice."""
    for notice in _notices.get(type(event), ()):
        if notice.template is None:
            continue
        facts = dict(notice.facts(event))
        for recipient in {r.email: r for r in notice.recipients(event)}.values():
            mail.post(notice.template, recipient.email, i18n.named(recipient.language), **facts)
