"""Who hears of an event, and with which words."""

from __future__ import annotations

from collections.abc import Iterable

from app import events, i18n, mail
from app.accounts.core.addresses import key_of
from app.ladder import Notice, Recipient

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
    """Plan one mail for each recipient of the event, in the open unit; nobody hears the same thing twice.

    Each hears in their own language. A notice without a template tells nobody, and asks no one who they are.
    """
    told: set[tuple[str, str]] = set()  # template and address
    for notice in _notices.get(type(event), ()):
        if notice.template is None:
            continue
        new = [one for one in _distinct(notice.recipients(event)) if (notice.template, key_of(one.email)) not in told]
        if not new:
            continue
        facts = dict(notice.facts(event))
        for recipient in new:
            told.add((notice.template, key_of(recipient.email)))
            mail.post(notice.template, recipient.email, i18n.named(recipient.language), **facts)


def _distinct(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Everyone once, however their address is written; the first mention counts. Nobody without an address."""
    found: dict[str, Recipient] = {}
    for one in recipients:
        if one.email.strip():
            found.setdefault(key_of(one.email), one)
    return list(found.values())
