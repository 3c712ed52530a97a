"""The formats in which collected material leaves."""

from __future__ import annotations

from enum import StrEnum

from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l


class Format(StrEnum):
    CSV = "csv"
    CSV_SV = "csv-sv"
    XLSX = "xlsx"
    JSON = "json"


NAMES: dict[Format, LazyText] = {
    Format.XLSX: _l("Excel: one sheet for each table"),
    Format.CSV_SV: _l("CSV for Swedish Excel: semicolons and decimal commas"),
    Format.CSV: _l("CSV for other programs: commas"),
    Format.JSON: _l("JSON for programs: everything in one file"),
}
SHORT_NAMES: dict[Format, LazyText | str] = {
    Format.XLSX: "Excel",
    Format.CSV_SV: lazy_p("format", "CSV for Swedish Excel"),
    Format.CSV: "CSV",
    Format.JSON: "JSON",
}
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
}
