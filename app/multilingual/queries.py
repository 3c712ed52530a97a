"""Reads of content texts: what a reader sees in their language, and how far a language has come.

Owners hand in their Swedish texts and get back what to show, always in one statement however many there are.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import ColumnElement, select

from app import db, i18n
from app.i18n import Language
from app.multilingual.models import Status, Translation

Sources = Mapping[str, tuple[str, Markup | None]]  # field → the Swedish text and, for rich text, its clean HTML
Row = tuple[str, Sources]  # ("article:3", its texts)
Place = tuple[str, str]  # (subject key, field)

EASY = i18n.LANGUAGES["sv-simple"]


@dataclass(frozen=True)
class Text:
    """A text as it is shown: `tag` and `dir` are those of the text itself, whatever the page speaks.

    `is_fallback`: Swedish, because there is nothing in the reader's language. `is_ordinary`: ordinary Swedish, where
    easy Swedish was asked for; that changes no language, so a page says it once (`in_ordinary_swedish`).
    `is_stale`: the Swedish text has changed since. The macros of `_macros/passage.html` take it as it is.
    """

    text: str
    html: Markup | None
    tag: str
    dir: str
    is_fallback: bool = False
    is_machine: bool = False
    is_stale: bool = False
    is_ordinary: bool = False

    def __str__(self) -> str:
        return self.text


def digest(source: str) -> str:
    """The version of a Swedish text: 16 hex digits that change when it does."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def texts(rows: Sequence[Row], language: Language | None = None, *, machine: bool = True) -> Mapping[Place, Text]:
    """Every text of `rows` as it is read in `language` (the current one), in one statement; in Swedish none.

    Drafts are never among them. What is missing comes in Swedish and says so. With `machine` false a machine's
    translation counts as missing: surveys and ballots show none.
    """
    spoken = language or i18n.current()
    if spoken is i18n.SOURCE or not rows:
        return {(subject, field): _swedish(*source) for subject, field, source in _each(rows)}
    shown = _shown(rows, spoken, machine=machine)
    return {
        (subject, field): _in_language(source, shown.get((subject, field)), spoken)
        for subject, field, source in _each(rows)
    }


def in_ordinary_swedish(shown: Iterable[Text]) -> bool:
    """Whether something is in ordinary Swedish where easy Swedish was asked for: the page then says so once."""
    return any(text.is_ordinary for text in shown)


def is_complete(rows: Sequence[Row], language: Language) -> bool:
    """Whether every text of `rows` is reviewed and made from the Swedish of today, in one statement."""
    return language in _complete(rows, [language])


def languages_offered(rows: Sequence[Row]) -> list[Language]:
    """The languages of this installation in which `rows` is complete; Swedish always. One statement."""
    return _complete(rows, i18n.shipped())


def _each(rows: Sequence[Row]) -> Iterable[tuple[str, str, tuple[str, Markup | None]]]:
    return ((subject, field, source) for subject, sources in rows for field, source in sources.items())


def _among(rows: Sequence[Row]) -> ColumnElement[bool]:
    """The rows of these subjects and fields (and a few more where subjects have different fields)."""
    fields = {field for _, sources in rows for field in sources}
    subjects = {subject for subject, _ in rows}
    return Translation.subject.in_(sorted(subjects)) & Translation.field.in_(sorted(fields))


def _shown(rows: Sequence[Row], language: Language, *, machine: bool) -> dict[Place, Translation]:
    statuses = [Status.REVIEWED, Status.MACHINE] if machine else [Status.REVIEWED]
    wanted = select(Translation).where(
        _among(rows), Translation.language == language.code, Translation.status.in_(statuses)
    )
    shown: dict[Place, Translation] = {}
    for row in db.session().scalars(wanted):
        place = (row.subject, row.field)
        if place not in shown or row.status == Status.REVIEWED:
            shown[place] = row
    return shown


def _in_language(source: tuple[str, Markup | None], row: Translation | None, language: Language) -> Text:
    swedish, html = source
    if not swedish:
        return Text("", None, language.tag, language.dir)
    if row is None:
        return _swedish(swedish, html, easy=language is EASY, fallback=language is not EASY)
    return Text(
        row.text,
        row.html if html is not None else None,
        language.tag,
        language.dir,
        is_machine=row.status == Status.MACHINE,
        is_stale=row.source_version != digest(swedish),
    )


def _swedish(text: str, html: Markup | None, *, easy: bool = False, fallback: bool = False) -> Text:
    return Text(text, html, i18n.SOURCE.tag, i18n.SOURCE.dir, is_fallback=fallback, is_ordinary=easy)


def _complete(rows: Sequence[Row], languages: Sequence[Language]) -> list[Language]:
    wanted = {(subject, field): digest(source) for subject, field, (source, _) in _each(rows) if source}
    others = [language for language in languages if language is not i18n.SOURCE]
    fresh: dict[str, set[Place]] = defaultdict(set)
    if wanted and others:
        made = select(Translation.subject, Translation.field, Translation.language, Translation.source_version)
        made = made.where(
            _among(rows),
            Translation.status == Status.REVIEWED,
            Translation.language.in_([language.code for language in others]),
        )
        for subject, field, code, version in db.session().execute(made):
            if wanted.get((subject, field)) == version:
                fresh[code].add((subject, field))
    return [one for one in languages if one is i18n.SOURCE or fresh[one.code] >= wanted.keys()]
