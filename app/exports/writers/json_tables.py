"""JSON: one object with the dialogue and its tables, written row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.exports.cells import for_json
from app.exports.tables import Table


def write(path: Path, about: Mapping[str, Any], tables: Iterator[Table]) -> str:
    """Write {…about, "tables": [{key, name, columns, rows}]} to `path`. Returns the suffix of the file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{\n")
        for key, value in about.items():
            file.write(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n")
        file.write('"tables": [')
        for place, table in enumerate(tables):
            head = {"key": table.key, "name": table.name, "columns": list(table.header)}
            file.write(("," if place else "") + "\n" + json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')
            for number, row in enumerate(table.rows):
                cells = ", ".join(for_json(value) for value in row)
                file.write(("," if number else "") + f"\n[{cells}]")
            file.write("\n]}")
        file.write("\n]\n}\n")
    return ".json"
