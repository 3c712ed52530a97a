"""XLSX: one sheet for each table, every text a text: no formulas and no links, whatever somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.exports.cells import number, plain, wall
from app.exports.tables import Table

MOST_ROWS = 1_048_576  # of a sheet, its header included
MOST_CHARACTERS = 32_767  # of a cell, counted as Excel does: UTF-16 units
MOST_DIGITS = 15  # that a number in Excel keeps
FIRST_YEAR = 1900  # dates before it are text
CUT = " […]"
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write(path: Path, tables: Iterator[Table]) -> str:
    """Write the tables to `path`; rows on their way rest in a folder beside it. Returns the suffix of the file."""
    with TemporaryDirectory(prefix=f"{path.name}.", dir=path.parent) as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        try:
            with xlsxwriter.Workbook(str(path), options) as book:
                book.use_zip64()
                pen = _Pen(book)
                for table in tables:
                    pen.write(table)
        except FileCreateError as problem:
            raise OSError(str(problem)) from problem
    return ".xlsx"


class _Pen:
    """Writes sheets into one book; a table that is longer than a sheet goes on in the next one."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._names: set[str] = set()
        self._bold: Format = book.add_format({"bold": True})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def write(self, table: Table) -> None:
        sheet, line = self._begin(table), 1
        for row in table.rows:
            if line == MOST_ROWS:
                sheet, line = self._begin(table), 1
            for place, value in enumerate(row):
                self._cell(sheet, line, place, value)
            line += 1

    def _begin(self, table: Table) -> Worksheet:
        sheet = self._book.add_worksheet(_sheet_name(table.name or table.key, self._names))
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(table.header):
            sheet.write_string(0, place, _cut(name), self._bold)
        return sheet

    def _cell(self, sheet: Worksheet, line: int, place: int, value: Any) -> None:
        known = plain(value)
        if known is None or known == "":
            return
        if isinstance(known, bool):
            sheet.write_boolean(line, place, known)
        elif isinstance(known, datetime) and wall(known).year >= FIRST_YEAR:
            sheet.write_datetime(line, place, wall(known), self._moment)
        elif isinstance(known, date) and not isinstance(known, datetime) and known.year >= FIRST_YEAR:
            sheet.write_datetime(line, place, datetime.combine(known, time()), self._day)
        elif isinstance(known, int | float | Decimal) and _keeps_its_digits(known):
            sheet.write_number(line, place, float(known))
        else:
            sheet.write_string(line, place, _cut(_words(known)))


def _words(known: Any) -> str:
    if isinstance(known, Decimal) and not known.is_finite():
        return str(known)
    return number(known) if isinstance(known, int | float | Decimal) else str(known)


def _keeps_its_digits(value: float | Decimal) -> bool:
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    return isinstance(value, float) or len(number(value).lstrip("-0.").replace(".", "")) <= MOST_DIGITS


def _cut(text: str) -> str:
    """As much as a cell holds, with a mark where something is left out."""
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) // 2 <= MOST_CHARACTERS:
        return text
    return units[: (MOST_CHARACTERS - len(CUT)) * 2].decode("utf-16-le", "ignore") + CUT


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts: at most 31 characters, none of []:*?/\\, no apostrophe at the ends, used once."""
    base = NOT_IN_NAMES.sub(" ", wanted).strip().strip("'").strip() or "Tabell"
    if base.lower() == "history":  # a name that Excel keeps for itself
        base += " 1"
    name, copy = base[:31].rstrip(" '"), 1
    while name.lower() in taken:
        copy += 1
        ending = f" ({copy})"
        name = base[: 31 - len(ending)].rstrip(" '") + ending
    taken.add(name.lower())
    return name
