"""`serve`: the whole service in the foreground, on one machine: database, demo content, web server and worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import db
from app.cli import database, demo
from app.cli.worker import Stop

ROOT = Path(__file__).parents[2]
GRACE = 30  # seconds that requests under way may take after SIGTERM
WEB = ("gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", str(GRACE))
WEB_LOG = ("--log-level", "warning", "--no-control-socket")


@click.command("serve")
@click.option("--migrate", is_flag=True, help="Also bring a PostgreSQL database up to date.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@with_appcontext
def serve(*, migrate: bool, host: str) -> None:
    """Migrate, load the demo municipality into an empty database, and serve with a worker until stopped."""
    settings = current_app.config["SETTINGS"]
    port = int(os.environ.get("PORT", "8000"))
    _check_port(host, port)
    if settings.database_url.startswith("sqlite"):
        database.make_room(settings.database_url)
    elif not migrate:
        raise click.ClickException(
            "A PostgreSQL database is not migrated unasked. Run `flask --app wsgi migrate`, or serve with --migrate."
        )
    database.upgrade(settings.database_url)
    accounts = demo.load_if_empty() if settings.loopback else None
    db.engine().dispose()
    click.echo(f"\n{settings.municipality['name']}: {settings.base_url}\n")
    if accounts is not None:
        click.echo(accounts.words())
    click.echo("Stop with Ctrl-C.")
    code = run_all(
        (
            [sys.executable, "-m", *WEB, *WEB_LOG, "--bind", f"{host}:{port}", "wsgi:app"],
            [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
        )
    )
    raise SystemExit(code)


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise click.ClickException(
                f"Port {port} cannot be used: {problem.strerror}. Choose another, for example PORT={port + 1}."
            ) from problem


def run_all(commands: Sequence[Sequence[str]]) -> int:
    """Run these together until a signal comes or one of them ends; then stop the others and wait for them.

    Returns 0 where all stopped because they were asked to, else 1.
    """
    stop = Stop()
    stop.listen()
    # Each in a process group of its own: Ctrl-C then reaches this process alone, which stops them in order.
    children = [subprocess.Popen(command, cwd=ROOT, process_group=0) for command in commands]
    while not stop() and all(child.poll() is None for child in children):
        time.sleep(0.2)
    fell = [
        " ".join(command[2:4]) for command, child in zip(commands, children, strict=True) if child.poll() is not None
    ]
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE + 5
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    if fell:
        click.echo(f"Stopped, because a part ended by itself: {fell[0]}", err=True)
    return 1 if fell else 0
