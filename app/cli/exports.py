"""`export`: everything collected in a dialogue, or one table of it, into a file."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import click
from flask.cli import with_appcontext

from app import db
from app.exports import making, service, tables
from app.exports.formats import Format
from app.exports.making import Made, Order
from app.permissions import SYSTEM


@click.command("export")
@click.argument("dialogue", type=int, metavar="ID")
@click.option("--format", "format_", type=click.Choice([one.value for one in Format]), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--table", help="One table alone, by its key. Without it: everything.")
@click.option("--personal-data", is_flag=True, help="With names, addresses and other things that point at a person.")
@click.option("--json", "as_json", is_flag=True, help="Report as one JSON object.")
@with_appcontext
def export(
    dialogue: int, format_: str, out: Path, table: str | None, personal_data: bool, as_json: bool
) -> None:  # fmt: skip
    """Write what has been collected in the dialogue ID.

    Everything as CSV is a zip with one CSV file for each table; --table gives a plain CSV file.
    """
    order = Order(dialogue, Format(format_), personal_data, table)
    made = _made(order, out)
    with db.unit():
        service.made(SYSTEM, order, made)
    if as_json:
        report = {"dialogue": dialogue, "format": format_, "personal_data": personal_data, "path": str(out)}
        click.echo(json.dumps({**report, "kind": made.suffix[1:], "size": made.size, "tables": made.rows}))
        return
    click.echo(f"{out}: {made.total} rows in {len(made.rows)} tables, {made.size} bytes.")
    if made.suffix == ".zip":
        click.echo("It is a zip file with one CSV file for each table: " + ", ".join(made.rows))


def _made(order: Order, out: Path) -> Made:
    """Write beside the wanted place and move there in one step, so that a failure leaves no half file."""
    half = out.with_name(f".{out.name}.{secrets.token_hex(4)}.half")
    try:
        made = making.make(order, half)
        half.replace(out)
    except making.NoSuchDialogue as problem:
        raise click.ClickException(f"There is no dialogue with id {order.dialogue_id}.") from problem
    except tables.NoSuchTable as problem:
        keys = ", ".join(one.key for one in tables.sources())
        raise click.ClickException(f"There is no table {order.table}. There are: {keys}.") from problem
    except OSError as problem:
        raise click.ClickException(f"{out} cannot be written: {problem.strerror or problem}.") from problem
    finally:
        half.unlink(missing_ok=True)
    return made
