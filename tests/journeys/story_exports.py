"""The files that leave, read with readers that are not the product's, and what should stand in each of their cells."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.journeys import story_truth as truth
from tests.journeys.story_people import House, Visit
from tests.journeys.story_truth import Member, Resident

FORMATS = ("xlsx", "csv", "csv-sv", "json")
HIDDEN = "[dold]"
Cell = str | float | None
Rows = list[list[Cell]]
# What a spreadsheet would run, and what CSV writes instead: the one change that is allowed.
NEUTRALISED = {
    text: "'" + text
    for one in truth.RESIDENTS
    for text in (one.called, one.why)
    if text[:1] in ("=", "+", "@", "-", "＝") and text != "-5"
} | {"=A1 and more": "'=A1 and more", "=Dan": "'=Dan"}


def expected(people: Sequence[Resident], members: Sequence[Member], hidden: Iterable[str], *, personal: bool) -> Rows:
    """What the thirty typed, as a table: a row for each response, a column for each question (for each option of one
    with several choices), and beside each free text the whole of it where personal data leave too."""
    hidden = set(hidden)
    found: Rows = [header(personal=personal)]
    blank_open: list[Cell] = [None] * _width(personal=personal)
    for number, one in enumerate(people, 1):
        facts: list[Cell] = [truth.OPEN_SURVEY, number, "", one.language, "web", *([None, None] if personal else [])]
        chosen: list[Cell] = [int(place in one.wishes) if one.wishes else None for place in truth.PLACES]
        row = [*facts, *_text(one.called, hidden, personal=personal), one.number, one.uses, *chosen, one.safe]
        found.append(
            [*row, *_text(one.why.strip(), hidden, personal=personal), None, *([None] * (2 if personal else 1))]
        )
    for number, member in enumerate(members, 1):
        facts = [truth.ACCOUNT_SURVEY, number, "", member.language, "web"]
        facts += [member.name, member.email] if personal else []
        found.append([*facts, *blank_open, member.important, *_text(member.says, hidden, personal=personal)])
    return found


def header(*, personal: bool) -> list[Cell]:
    facts = ["survey", "number", "received_on", "language", "channel", *(["name", "email"] if personal else [])]
    first, second = f"{truth.OPEN_SURVEY}: ", f"{truth.ACCOUNT_SURVEY}: "
    whole = " (hela texten)"
    called, why, secret = first + truth.CALLED, first + truth.WHY, second + truth.SECRET
    return [
        *facts,
        called, *([called + whole] if personal else []),
        first + truth.YEARS, first + truth.USES,
        *(f"{first}{truth.WISHES}: {place}" for place in truth.PLACES),
        first + truth.SAFE,
        why, *([why + whole] if personal else []),
        second + truth.AGAIN,
        secret, *([secret + whole] if personal else []),
    ]  # fmt: skip


def _width(*, personal: bool) -> int:
    """How many columns the first survey takes."""
    return 5 + len(truth.PLACES) + (2 if personal else 0)


def _text(text: str, hidden: set[str], *, personal: bool) -> list[Cell]:
    shown: list[Cell] = [HIDDEN if text in hidden else text or None]
    return [*shown, text or None] if personal else shown


def as_written(rows: Rows, format_: str) -> list[list[str]]:
    """The truth as this format writes it, every cell as text."""
    return [[_written(cell, format_) for cell in row] for row in rows]


def _written(cell: Cell, format_: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return NEUTRALISED.get(cell, cell) if format_.startswith("csv") else cell
    plain = f"{Decimal(str(cell)).normalize():f}"
    return plain.replace(".", ",") if format_ == "csv-sv" else plain


def read(path: Path, format_: str) -> dict[str, list[list[str]]]:
    """Every table of a file, its header first, every cell as text; by the key of the table (XLSX: by its name)."""
    if format_ == "xlsx":
        book = load_workbook(path, data_only=False)
        assert all(cell.data_type != "f" and cell.hyperlink is None for sheet in book for row in sheet for cell in row)
        return {sheet.title: [[_read(cell) for cell in row] for row in sheet.values] for sheet in book}
    if format_ == "json":
        tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
        return {one["key"]: [[_read(cell) for cell in row] for row in [one["columns"], *one["rows"]]] for one in tables}
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return {name.removesuffix(".csv"): _csv(archive.read(name), format_) for name in names}


def _csv(data: bytes, format_: str) -> list[list[str]]:
    swedish = format_ == "csv-sv"
    assert data.startswith(b"\xef\xbb\xbf") == swedish
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if swedish else ",", strict=True))


def _read(cell: Any) -> str:
    if isinstance(cell, bool) or cell is None:
        return str(cell or "").lower()
    return f"{Decimal(str(cell)).normalize():f}" if isinstance(cell, int | float) else str(cell)


def responses(tables: dict[str, list[list[str]]]) -> list[list[str]]:
    """The table of answers; the day each came in is looked at and then left out, for the truth does not know it."""
    table = next(table for table in tables.values() if table[0][0] == "survey")
    place = table[0].index("received_on")
    assert len({row[place][:10] for row in table[1:]}) == 1
    return [table[0], *([*row[:place], "", *row[place + 1 :]] for row in table[1:])]


def by_browser(official: Visit, dialogue_id: int, format_: str, folder: Path, *, personal: bool) -> Path:
    """Order a file, see it wait, let the worker make it, see the page say so by itself, and fetch it."""
    official.open(f"/arbetsyta/dialoger/{dialogue_id}/export")
    official.send({"format": format_, "personal_data": personal})
    assert "The file waits for its turn." in official.words
    official.house.work()
    button = official.main.get_by_role("button", name="Download the file")
    button.wait_for()
    with official.page.expect_download() as coming:
        button.click()
    path = folder / f"{format_}-{personal}-{coming.value.suggested_filename}"
    coming.value.save_as(path)
    return path


def by_command(house: House, dialogue_id: int, format_: str, folder: Path, *, personal: bool) -> Path:
    path = folder / f"command-{personal}.{format_}"
    more = ["--personal-data"] if personal else []
    house.command("export", str(dialogue_id), "--format", format_, "--out", str(path), *more)
    return path
