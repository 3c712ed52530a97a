"""`migrate`: bring the database up to date, and where the migrations are for whoever asks."""

from __future__ import annotations

from pathlib import Path

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url

ROOT = Path(__file__).parents[2]


def upgrade(url: str) -> None:
    """Run the migrations that the database at `url` lacks. Safe where several nodes do it at once."""
    command.upgrade(settings_for(url), "head")


def make_room(url: str) -> None:
    """Make the folder of an SQLite file."""
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def settings_for(url: str) -> AlembicConfig:
    """Alembic's settings (pyproject.toml), pointed at this database."""
    settings = AlembicConfig(toml_file=str(ROOT / "pyproject.toml"))
    settings.attributes["url"] = url
    return settings


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database of DATABASE_URL up to date."""
    url = current_app.config["SETTINGS"].database_url
    make_room(url)
    upgrade(url)
    click.echo("The database is up to date.")
