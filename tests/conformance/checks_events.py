"""Events: each is known, is said in the log in every language, and says who outside the log hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from itertools import chain
from typing import Any, get_args, get_type_hints

from flask import Flask
from jinja2 import TemplateNotFound, meta

from app import clock, events, mail, permissions, subjects
from app.admin import queries as kept_log
from app.events import Event
from app.ladder import Method, Notice
from tests import speaking
from tests.conformance import samples

GAP = re.compile(r"%\((\w+)\)")
OF_MAILS = {"base_url", "lang"}  # what app.mail gives every template besides the facts
LETTER_ADDRESS = "someone@example.se"
Kind = type[Event]


def check(method: Method, app: Flask) -> list[str]:
    module = samples.room(method, "events")
    own = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]
    missing = [one for one in own if issubclass(one, Event) and one not in method.events]
    found = [f"{one.__name__} is in events.py and not in the manifest" for one in missing]
    return [*found, *check_events(method.events, app), *check_notices(method.events, method.notices, app)]


def check_events(kinds: Iterable[Kind], app: Flask) -> list[str]:
    with app.app_context(), samples.undone():
        return [f"{kind.__name__}: {one}" for kind in kinds for one in _of_event(kind)]


def _of_event(kind: Kind) -> Iterator[str]:
    if events.known().get(kind.__name__) is not kind:
        yield "it is not registered, so it cannot be emitted"
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        yield "it is no frozen dataclass"
        return
    sentence = getattr(kind, "sentence", None)
    if sentence is None:
        yield "it has no sentence for the log"
        return
    open_gaps = set(GAP.findall(sentence.msgid)) - set(_facts_of(kind))
    if open_gaps:
        yield f"its sentence asks for {', '.join(sorted(open_gaps))}, which it does not carry"
    if set(kind.said) - set(_facts_of(kind)):
        yield f"it says {', '.join(kind.said)} by name and does not carry all of it"
    sample = happened(kind)
    filled = kept_log.sentence(kind.__name__, events._facts(sample), sample.subject)
    yield from (f"its sentence {one}" for one in speaking.complaints(filled))
    if kind.__name__ in speaking.said(filled).values():
        yield "its sentence is the name of its class"


def _facts_of(kind: Kind) -> dict[str, Any]:
    """Invented values of its own fields, by their types."""
    own = {one.name for one in fields(kind)} - {"subject", "actor", "dialogue_id"}
    hints = get_type_hints(kind)
    return {name: _invented(hints[name], kind.said.get(name)) for name in sorted(own)}


def _invented(hint: Any, said: events.Say | None) -> Any:
    """A key that has a name, the first one of a choice, or any value of the type."""
    if isinstance(said, events.Named):
        return next(iter(said.names))
    kind = (get_args(hint) or (hint,))[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    some = {int: 1, bool: True, float: 1.5, date: date(2027, 3, 1), datetime: clock.now()}
    return some.get(kind, "something")


# ------------------------------------------------------------------ who hears


def check_notices(kinds: Iterable[Kind], notices: Iterable[Notice], app: Flask) -> list[str]:
    """Every event says who hears, possibly nobody, and what they hear can be read in every language."""
    told = {notice.event for notice in notices}
    found = [
        f"{kind.__name__}: it has no notice; say Notice({kind.__name__}, None, nobody) where nobody outside hears of it"
        for kind in kinds
        if kind not in told
    ]
    with app.app_context(), samples.undone():
        for notice in notices:
            found += [f"{notice.event.__name__}, {notice.template}: {one}" for one in _of_notice(notice, app)]
    return found


def _of_notice(notice: Notice, app: Flask) -> Iterator[str]:
    if notice.event.__name__ not in events.known():
        yield "the notice is of an event that nobody registered"
        return
    if notice.template is None:
        return
    facts = _facts_somewhere(notice)
    try:
        unknown = _asked_for(notice.template, app) - set(facts) - OF_MAILS - set(app.jinja_env.globals)
    except TemplateNotFound:
        yield "there is no such template in emails/"
        return
    if unknown:
        yield f"the mail asks for {', '.join(sorted(unknown))}, which its facts do not give"
        return
    yield from _of_mails(notice.template, facts)


def _facts_somewhere(notice: Notice) -> Mapping[str, Any]:
    """What the notice says of the first thing in the demo municipality that it has anything to say of."""
    ours = (subjects.key(one.kind, next(iter(samples.rows_of(one)), 0)) for one in subjects.kinds().values())
    said = (notice.facts(happened(notice.event, key)) for key in chain([""], ours))
    return next(filter(None, said), {})


def _asked_for(template: str, app: Flask) -> set[str]:
    source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, f"emails/{template}.txt")  # type: ignore[union-attr]
    return set(meta.find_undeclared_variables(app.jinja_env.parse(source)))


def happened(kind: Kind, subject: str = "", dialogue_id: int | None = None) -> Event:
    """As if this had happened to a subject: to the demo municipality's first dialogue, unless told otherwise."""
    home = dialogue_id or next(iter(samples.dialogues()))
    about = {"subject": subject or f"dialogue:{home}", "dialogue_id": home, "actor": permissions.SYSTEM}
    return kind(**about, **_facts_of(kind))


def _of_mails(template: str, facts: Mapping[str, Any]) -> Iterator[str]:
    said: dict[str, tuple[str, str]] = {}
    for language in speaking.languages():
        message = mail.written(template, LETTER_ADDRESS, language, key="sample", **facts)
        text = message.get_body(("plain",))
        said[language.code] = (str(message["Subject"]).strip(), text.get_content() if text else "")
    for code, (subject, text) in said.items():
        if not subject:
            yield f"the mail has no subject in {code}"
        elif code != "en" and (subject, text) == said["en"]:
            yield f"the mail is not translated into {code}"
