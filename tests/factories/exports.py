"""A planted export, for tests of what methods may give: any columns, any rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app import ladder
from app.exports import tables
from app.i18n import lazy
from app.ladder import Column, Export

TRICKY = (
    'säger "hej"', "rad ett\nrad två", "ett;två,tre", "الشجرة الكبيرة", "👩‍👩‍👧 träd", "007", "12345678901234567890",
    "  mellanrum  ", "_x0041_ är text", "<b>fet</b> & mer", "http://example.com", "mailto:a@b.example",
    "3,5", "1e5", "2027-03-01", "ja\tnej", "ＡＢＣ", "e\u0301", "true", "'apostrof", "{=1+1}",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\ttab", "＝1+1", "＋1", "－1", "＠x", "﹢1", "﹣1",
    " =1", "\u00a0=1", "\u2003+1", "\u3000@x", "\u200b=1", "\ufeff=1", " \u00a0\u200b -cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example";"klicka")', "+46 70 123 45 67", "-", "=",
)  # fmt: skip


def planted(
    key: str,
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[Any]],
    *,
    name: str = "Planterad",
    count: int | None = None,
) -> Export:
    """An export with these rows for every dialogue. `rows` may be a function that gives them anew each time."""
    heads = [one if isinstance(one, Column) else Column(one) for one in columns]

    def give(_dialogue_id: int) -> Iterator[Sequence[Any]]:
        yield from (rows() if callable(rows) else rows)

    many = count if count is not None else len(list(rows))
    return Export(key, lazy(name), lambda _dialogue_id: heads, give, lambda _dialogue_id: many)


def plant(monkeypatch: Any, *exports: Export) -> None:
    """Let these be the only exports that there are."""
    monkeypatch.setattr(tables, "EXPORTS", exports)
    monkeypatch.setattr(ladder, "methods", lambda: ())
