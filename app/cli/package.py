"""How the command line is hung on the application."""

from flask import Flask

from app.cli import clock, database, demo, serve, worker


def install(app: Flask) -> None:
    """Register the commands."""
    for command in (serve.serve, worker.worker, clock.tick_once, database.migrate, demo.demo):
        app.cli.add_command(command)
