"""CSV as in RFC 4180: one table alone is a file, everything is a zip with one file for each table."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from app.exports.cells import for_csv
from app.exports.tables import Table


def write(path: Path, tables: Iterator[Table], *, alone: bool, swedish: bool) -> str:
    """Write the tables to `path`. Returns the suffix that the file should have.

    Swedish Excel expects semicolons, decimal commas, and a byte order mark before it reads å, ä and ö.
    """
    encoding = "utf-8-sig" if swedish else "utf-8"
    if alone:
        with path.open("w", encoding=encoding, newline="") as file:
            for table in tables:
                _write(file, table, swedish=swedish)
        return ".csv"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            name = re.sub(r"[^a-z0-9_-]+", "-", table.key.lower()) + ".csv"
            with (
                archive.open(name, "w", force_zip64=True) as raw,
                TextIOWrapper(raw, encoding=encoding, newline="") as file,
            ):
                _write(file, table, swedish=swedish)
    return ".zip"


def _write(file: IO[str], table: Table, *, swedish: bool) -> None:
    writer = csv.writer(file, delimiter=";" if swedish else ",", lineterminator="\r\n")
    writer.writerow([for_csv(name, swedish=swedish) for name in table.header])
    for row in table.rows:
        writer.writerow([for_csv(value, swedish=swedish) for value in row])
