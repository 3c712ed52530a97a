"""Exports: as wide as their header, streamed, counted, and without what may not leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from app import db
from app.accounts.models import Person
from app.exports import tables
from app.ladder import Export, Method
from app.permissions import can
from app.reviews.models import State
from tests.conformance import moments, people, samples, texts


def check(method: Method, app: Flask) -> list[str]:
    """Of every dialogue: each table as it leaves with personal data and without."""
    return check_exports(method.exports, app)


def check_exports(exports: Sequence[Export], app: Flask) -> list[str]:
    keys = [export.key for export in exports]
    found = [f"two exports are called {key}" for key in set(keys) if keys.count(key) > 1]
    with app.app_context(), samples.undone():
        ids = list(samples.dialogues())
        for export in exports:
            found += [f"export {export.key}: {one}" for one in dict.fromkeys(_shape(export, ids))]
    return found


def check_secrets(method: Method, app: Flask) -> list[str]:
    """Nothing personal and nothing hidden leaves without the right to personal data."""
    found: list[str] = []
    with app.app_context(), samples.undone():
        ids = list(samples.dialogues())
        texts.plant(method)
        for export in method.exports:
            found += [f"export {export.key}: {one}" for one in dict.fromkeys(_secrets(method, export, ids))]
    return found


# ------------------------------------------------------------------ shape


def _shape(export: Export, ids: Sequence[int]) -> Iterator[str]:
    if not str(export.name).strip():
        yield "it has no name"
    seen = 0
    for number in ids:
        columns = export.columns(number)
        if len({column.name for column in columns}) != len(columns):
            yield "two columns have the same name"
        rows = export.rows(number)
        if iter(rows) is not rows:
            yield "its rows are a list; give them one by one (yield)"
        widths, is_streamed = _read(rows)
        seen += len(widths)
        if any(width != len(columns) for width in widths):
            yield f"rows of {sorted(set(widths))} cells stand under {len(columns)} headings"
        if export.count(number) != len(widths):
            yield f"it counts {export.count(number)} rows and gives {len(widths)}"
        if widths and not is_streamed:
            yield "its rows are read whole; add execution_options(yield_per=…) to what it reads"
    if not seen:
        yield "the demo municipality holds no row of it, so nothing is proved"


def _read(rows: Any) -> tuple[list[int], bool]:
    """The widths of the rows, and whether the database was asked for them batch by batch."""
    options: list[bool] = []

    def note(_connection: Any, _cursor: Any, _statement: Any, _parameters: Any, context: Any, _many: Any) -> None:
        options.append(bool(context and context.execution_options.get("yield_per")))

    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        return [len(row) for row in rows], any(options)
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)


# ------------------------------------------------------------------ secrets


def _secrets(method: Method, export: Export, ids: Sequence[int]) -> Iterator[str]:
    if not any(texts.found_in(_cells(export, number, personal_data=True)) for number in ids):
        yield "none of the planted texts leaves by it, so nothing is proved"
    yield from _about_people(export, ids)
    for subject in method.subjects:
        if samples.is_judged(subject):
            yield from _hidden(export, ids, subject)
        for column in moments.switches(subject):
            with samples.changed():
                moments.flip(subject, column)
                yield from _unread_by_all(method, export, ids, column)


def _leaves(export: Export, ids: Sequence[int]) -> texts.Found:
    return {one for number in ids for one in texts.found_in(_cells(export, number))}


def _cells(export: Export, dialogue_id: int, *, personal_data: bool = False) -> Iterator[Any]:
    """Everything that leaves of a dialogue: the header, then cell by cell."""
    table = tables.table(export, dialogue_id, personal_data=personal_data, passed=lambda: None)
    yield from table.header
    try:
        for row in table.rows:
            yield from row
    except tables.WrongWidth:
        return  # is complained of elsewhere


def _about_people(export: Export, ids: Sequence[int]) -> Iterator[str]:
    addresses = set(db.session().scalars(select(Person.email)))
    for number in ids:
        cells = list(_cells(export, number))
        if any(table == "person" for table, _, _ in texts.found_in(cells)):
            yield "a person's name leaves without the right to personal data; mark its column as personal"
        if addresses & {cell for cell in cells if isinstance(cell, str)}:
            yield "an e-mail address leaves without the right to personal data; mark its column as personal"


def _hidden(export: Export, ids: Sequence[int], subject: Any) -> Iterator[str]:
    """What a moderator has hidden does not leave."""
    with samples.changed():
        moments.judge(subject, State.HIDDEN)
        rows = samples.rows_of(subject)
        kept = {text for row in rows.values() for text in texts.protected(subject, row)}
        if kept & _leaves(export, ids):
            yield f"what a moderator has hidden leaves: {subject.kind}"


def _unread_by_all(method: Method, export: Export, ids: Sequence[int], column: str) -> Iterator[str]:
    """What nobody at all may read any longer does not leave either."""
    crowd = people.everyone([])
    for subject in method.subjects:
        gone: texts.Found = set()
        for row in samples.rows_of(subject).values():
            if not any(can(who.actor, subject.read, row) for who in crowd):
                gone |= texts.protected(subject, row)
        if gone & _leaves(export, ids):
            yield f"{subject.kind}: what nobody may read leaves ({column} changed)"
