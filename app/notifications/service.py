"""Who hears of an event, and with which words."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from itertools import islice

from app import events, i18n, jobs, mail
from app.accounts.core.addresses import key_of
from app.ladder import Notice, Recipient

A_PAGE = 100  # as many mails as one transaction plans; where more hear, a job plans them page by page
JOB = "notifications.fan_out"
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

    Each hears in their own language. A notice without a template tells nobody, and asks no one who they are. Where
    more hear than a page, the unit plans a single job for all of them, so that it stays short.
    """
    told: set[tuple[str, str]] = set()  # template and address
    telling, in_pages = secrets.token_hex(8), set[str]()
    for place, notice in enumerate(notices_for(type(event))):
        if notice.template is None:
            continue
        first = list(islice(notice.recipients(event), A_PAGE + 1))
        if len(first) > A_PAGE or (first and notice.template in in_pages):
            in_pages.add(notice.template)
            heard = sorted(address for template, address in told if template == notice.template)
            args = {"telling": telling, "notice": place, "told": heard, "words": dict(notice.facts(event))}
            jobs.enqueue(JOB, {**args, **events.stored(event)})
            continue
        new = [one for one in distinct(first) if (notice.template, key_of(one.email)) not in told]
        if not new:
            continue
        facts, logged = dict(notice.facts(event)), notice.log(event, new)
        for recipient in new:
            key = key_of(recipient.email)
            told.add((notice.template, key))
            language = i18n.named(recipient.language)
            mail.post(notice.template, recipient.email, language, reports_to=logged.get(key), **facts)


def distinct(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Everyone once, however their address is written; the first mention counts. Nobody without an address."""
    found: dict[str, Recipient] = {}
    for one in recipients:
        if one.email.strip():
            found.setdefault(key_of(one.email), one)
    return list(found.values())
