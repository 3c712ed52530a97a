"""How the command line is hung on the application."""

from __future__ import annotations

import click
from flask import Flask

from app.cli import clock, database, demo, exports, people, search, serve, worker

# Every command: `flask --app wsgi NAME`.
GROUPS: tuple[click.Command, ...] = (
    serve.serve,
    worker.worker,
    clock.tick_once,
    database.migrate,
    demo.demo,
    people.people,
    exports.export,
    search.search,
)


def install(app: Flask) -> None:
    """Register the commands."""
    for group in GROUPS:
        app.cli.add_command(group)
