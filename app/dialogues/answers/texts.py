"""The texts of what comes after in the reader's language, and those that can be translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from app import subjects
from app.dialogues import queries as dialogues
from app.dialogues.answers import queries
from app.dialogues.answers.models import Compilation, Consideration, FollowUp, FollowUpChange, Theme
from app.dialogues.answers.queries import Compiled, Followed
from app.dialogues.queries import Dossier
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels

Fields = Mapping[str, tuple[LazyText, int]]
COMPILATION_FIELDS: Fields = {
    "finding": (_l("What is most important"), 160),
    "other": (_l("What else was said"), 400),
    "who": (_l("Who took part, and who is missing"), 4000),
    "method_note": (_l("How it was put together"), 4000),
    "limits": (_l("What the answers cannot say"), 4000),
}
THEME_FIELDS: Fields = {"name": (_l("Theme"), 160), "said": (_l("What people said"), 4000)}
CONSIDERATION_FIELDS: Fields = {"why": (_l("Why"), 2000)}
FOLLOW_UP_FIELDS: Fields = {"text": (_l("What the municipality does"), 300)}
CHANGE_FIELDS: Fields = {"why": (_l("A word about how far it has come"), 400)}


def row_of(row: Compilation) -> Row:
    return subjects.key("compilation", row.dialogue_id), _plain(row, COMPILATION_FIELDS)


def row_of_theme(row: Theme) -> Row:
    return subjects.key("theme", row.id), {"name": (row.name, None), "said": (row.said, row.html)}


def row_of_consideration(row: Consideration) -> Row:
    return subjects.key("consideration", row.theme_id), _plain(row, CONSIDERATION_FIELDS)


def row_of_follow_up(row: FollowUp) -> Row:
    return subjects.key("follow_up", row.id), _plain(row, FOLLOW_UP_FIELDS)


def row_of_change(row: FollowUpChange) -> Row:
    return subjects.key("follow_up_change", row.id), _plain(row, CHANGE_FIELDS)


def rows_of(found: Compiled) -> list[Row]:
    """Everything that was found, and what became of it."""
    whole = [row_of(found.compilation)] if found.compilation is not None else []
    return [
        *whole,
        *map(row_of_theme, found.themes),
        *map(row_of_consideration, found.considered.values()),
    ]


def rows_followed(items: Sequence[Followed]) -> list[Row]:
    changes = (change for one in items for change in one.changes if change.why)
    return [*(row_of_follow_up(one.item) for one in items), *map(row_of_change, changes)]


def _plain(row: object, fields: Fields) -> dict[str, tuple[str, Markup | None]]:
    return {one: (getattr(row, one), None) for one in fields}


def _items(rows: Sequence[tuple[str, str, object]], fields: Fields, rich: str = "") -> list[Item]:
    """(subject key, its name for the translator, the row) → its texts."""
    return [
        Item(key, title, field, label, getattr(row, field), is_rich=field == rich, longest=longest)
        for key, title, row in rows
        for field, (label, longest) in fields.items()
    ]


def _dossier(dialogue_id: int | None) -> Dossier | None:
    row = dialogues.dialogue(dialogue_id) if dialogue_id is not None else None
    return Dossier(row) if row is not None else None


def _found(dialogue_id: int | None) -> Compiled:
    dossier = _dossier(dialogue_id)
    return queries.compiled(dossier) if dossier else Compiled()


def _followed(dialogue_id: int | None) -> list[Followed]:
    dossier = _dossier(dialogue_id)
    return queries.follow_ups(dossier) if dossier else []


def _of_compilation(dialogue_id: int | None) -> list[Item]:
    found = _found(dialogue_id)
    row = found.compilation
    return _items([(subjects.key("compilation", row.dialogue_id), row.finding, row)] if row else [], COMPILATION_FIELDS)


def _of_themes(dialogue_id: int | None) -> list[Item]:
    themes = _found(dialogue_id).themes
    return _items([(subjects.key("theme", one.id), one.name, one) for one in themes], THEME_FIELDS, rich="said")


def _of_considerations(dialogue_id: int | None) -> list[Item]:
    found = _found(dialogue_id)
    rows = [
        (subjects.key("consideration", one.id), one.name, found.considered[one.id])
        for one in found.themes
        if one.id in found.considered
    ]
    return _items(rows, CONSIDERATION_FIELDS)


def _of_follow_ups(dialogue_id: int | None) -> list[Item]:
    found = _followed(dialogue_id)
    return _items(
        [(subjects.key("follow_up", one.item.id), one.item.text, one.item) for one in found], FOLLOW_UP_FIELDS
    )


def _of_changes(dialogue_id: int | None) -> list[Item]:
    found = _followed(dialogue_id)
    changes = [(one.item, change) for one in found for change in one.changes]
    return _items(
        [(subjects.key("follow_up_change", change.id), item.text, change) for item, change in changes], CHANGE_FIELDS
    )


SOURCES = (
    Source("compilation", lazy_p("subject", "The result as a whole"), labels(COMPILATION_FIELDS), _of_compilation),
    Source("theme", lazy_p("subject", "Theme in the answers"), labels(THEME_FIELDS), _of_themes),
    Source(
        "consideration", lazy_p("subject", "What became of a theme"), labels(CONSIDERATION_FIELDS), _of_considerations
    ),
    Source("follow_up", lazy_p("subject", "What the municipality does"), labels(FOLLOW_UP_FIELDS), _of_follow_ups),
    Source("follow_up_change", lazy_p("subject", "How far it has come"), labels(CHANGE_FIELDS), _of_changes),
)
