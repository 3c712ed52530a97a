"""Languages: which there are, which one is spoken now, and texts that are translated when they are read.

Msgids are English. An address without a prefix is Swedish; `/en/…` speaks English, `/lattlast/…` easy Swedish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from flask_babel import force_locale, gettext, ngettext, pgettext
from markupsafe import Markup

from app import clock

PREFIX_KEY = "app.language"


@dataclass(frozen=True)
class Language:
    """A language that texts may be in. `ui` is the catalogue that the interface uses with it."""

    code: str
    tag: str  # BCP 47, for lang= and hreflang=
    dir: str
    endonym: str
    prefix: str
    ui: str
    only_content: bool = False  # texts may be in it; the interface has no catalogue of its own


LANGUAGES: Mapping[str, Language] = {
    language.code: language
    for language in (
        Language("sv", "sv", "ltr", "Svenska", "", "sv"),
        Language("en", "en", "ltr", "English", "en", "en"),
        Language("ar", "ar", "rtl", "العربية", "ar", "ar"),
        Language("sv-simple", "sv-simple", "ltr", "Lättläst", "lattlast", "sv", only_content=True),
    )
}
SOURCE = LANGUAGES["sv"]

_spoken: ContextVar[Language] = ContextVar("language", default=SOURCE)
_shipped: list[Language] = list(LANGUAGES.values())


def ship(codes: Iterable[str]) -> None:
    """Choose the languages of this installation. Raises KeyError for one that the product does not know."""
    _shipped[:] = [LANGUAGES[code] for code in codes]


def shipped() -> tuple[Language, ...]:
    return tuple(_shipped)


def speak(language: Language) -> None:
    """Set the language of this context (a request)."""
    _spoken.set(language)


def current() -> Language:
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything inside the block in this language: mails, exports, files."""
    token = _spoken.set(language)
    try:
        with force_locale(language.ui):
            yield
    finally:
        _spoken.reset(token)


def named(code: str | None) -> Language:
    """The language of this code; Swedish where it is unknown or not shipped."""
    language = LANGUAGES.get(code or "", SOURCE)
    return language if language in _shipped else SOURCE


class LazyText:
    """A text that is translated each time it is read. Placeholders are named; lists become "a, b and c"."""

    __slots__ = ("context", "msgid", "params")

    def __init__(self, msgid: str, context: str | None = None, params: Mapping[str, Any] | None = None) -> None:
        self.msgid = msgid
        self.context = context
        self.params = dict(params or {})

    def __str__(self) -> str:
        params = {key: _said(value) for key, value in self.params.items()}
        if self.context:
            return pgettext(self.context, self.msgid, **params)
        return gettext(self.msgid, **params)

    def __repr__(self) -> str:
        return f"LazyText({self.msgid!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LazyText):
            return NotImplemented
        return (self.msgid, self.context, self.params) == (other.msgid, other.context, other.params)

    def __hash__(self) -> int:
        return hash((self.msgid, self.context))

    def filled(self, **params: Any) -> LazyText:
        """The same text with these placeholders filled."""
        return LazyText(self.msgid, self.context, {**self.params, **params})


def lazy(msgid: str, **params: Any) -> LazyText:
    """Mark a text for translation where it is written once and read in many languages (import time)."""
    return LazyText(msgid, params=params)


def lazy_p(context: str, msgid: str, **params: Any) -> LazyText:
    """As lazy(), for a short word that means different things in different places."""
    return LazyText(msgid, context, params)


LANGUAGE_NAMES: Mapping[str, LazyText] = {
    "sv": lazy_p("language", "Swedish"),
    "en": lazy_p("language", "English"),
    "ar": lazy_p("language", "Arabic"),
    "sv-simple": lazy_p("language", "easy Swedish"),
}


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return long_datetime(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, list | tuple):
        return listed(value)
    return str(value) if isinstance(value, LazyText) else value


def babel_locale() -> str:
    return current().ui


def long_date(value: date | datetime) -> str:
    """7 maj 2026, in the municipality's time zone."""
    day = clock.local(value).date() if isinstance(value, datetime) else value
    return format_date(day, "d MMMM y", locale=babel_locale())


def long_datetime(value: datetime) -> str:
    """7 maj 2026 kl. 23.59: the day and the time of day, as each language writes them."""
    wall = clock.local(value).replace(tzinfo=None)
    if babel_locale() == "sv":
        return f"{format_date(wall, 'd MMMM y', locale='sv')} kl. {wall:%H.%M}"
    return format_datetime(wall, "d MMMM y HH:mm", locale=babel_locale())


def moment(written: str) -> str:
    """As long_datetime, of a moment as a mail's facts hold it (ISO 8601). What is none is given back as it is."""
    try:
        return long_datetime(datetime.fromisoformat(written))
    except ValueError:
        return written


def day(written: str) -> str:
    """As long_date, of a day as a mail's facts hold it (ISO 8601). What is none is given back as it is."""
    try:
        return long_date(date.fromisoformat(written))
    except ValueError:
        return written


def clock_time(value: datetime) -> str:
    return format_time(clock.local(value).replace(tzinfo=None), "HH:mm", locale=babel_locale())


def number(value: float) -> str:
    return str(format_decimal(value, locale=babel_locale()))


def percent(share: float) -> str:
    """A share between 0 and 1 as whole per cent."""
    return str(format_percent(share, "#,##0 %" if babel_locale() == "sv" else "#,##0%", locale=babel_locale()))


def listed(items: Iterable[object]) -> str:
    """a, b and c, as each language lists things."""
    return str(format_list([str(item) for item in items], locale=babel_locale()))


def swedish(text: str | None) -> str:
    """A Swedish text as it was written (a name, an official's own words), marked where the page speaks otherwise."""
    if not text or babel_locale() == SOURCE.ui:
        return text or ""
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(SOURCE.tag, SOURCE.dir, text)


Plural = Callable[..., str]
plural: Plural = ngettext
