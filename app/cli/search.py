"""`search rebuild`: the index of words made anew."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.search import rebuilding


@click.group("search")
def search() -> None:
    """The index of words."""


@search.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Index everything that search finds anew. The service may run meanwhile."""
    click.echo(f"Indexed: {rebuilding.rebuild()}")
