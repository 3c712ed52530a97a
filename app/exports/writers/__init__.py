"""One writer for each format. Tables come one after the other, rows one at a time; nothing is held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.exports.formats import Format
from app.exports.tables import Table
from app.exports.writers import comma_separated, json_tables, workbook

About = Mapping[str, Any]  # the dialogue and the circumstances, for formats that have room for them
Writer = Callable[[Path, About, Iterator[Table], bool], str]  # path, about, tables, one table alone → the suffix

WRITERS: Mapping[Format, Writer] = {
    Format.CSV: lambda path, _about, tables, alone: comma_separated.write(path, tables, alone=alone, swedish=False),
    Format.CSV_SV: lambda path, _about, tables, alone: comma_separated.write(path, tables, alone=alone, swedish=True),
    Format.XLSX: lambda path, _about, tables, _alone: workbook.write(path, tables),
    Format.JSON: lambda path, about, tables, _alone: json_tables.write(path, about, tables),
}
