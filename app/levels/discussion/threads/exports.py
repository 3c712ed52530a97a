"""What leaves of a dialogue's forum: its threads, and every post with the thread that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.contributions import exports as engine
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.discussion.threads import queries

THREAD_COLUMNS = ("id", "title", "lead", "posts", "authors", "created_at", "locked_at", "lock_reason", "conclusion",
                  "concluded_at")  # fmt: skip
POST_COLUMNS = (Column("thread"), *engine.COLUMNS)


def threads(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each thread, with the figures of the latest count."""
    for row in queries.every_thread(dialogue_id):
        yield [getattr(row, name) for name in THREAD_COLUMNS]


def posts(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each post, thread by thread in reading order. Streamed."""
    titles = {row.id: row.title for row in queries.every_thread(dialogue_id)}
    for thread_id, cells in engine.rows(dialogue_id, queries.POST):
        yield [titles.get(thread_id, ""), *cells]


EXPORTS = (
    Export(
        "threads",
        lazy_p("export", "Threads of the forum"),
        lambda _id: [Column(name) for name in THREAD_COLUMNS],
        threads,
        lambda dialogue_id: sum(1 for _ in queries.every_thread(dialogue_id)),
    ),
    Export(
        "posts",
        lazy_p("export", "Posts in the forum"),
        lambda _id: list(POST_COLUMNS),
        posts,
        lambda dialogue_id: engine.count(dialogue_id, queries.POST),
    ),
)
