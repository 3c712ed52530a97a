"""`people add`: the first administrator, and others. There is no default account."""

from __future__ import annotations

import json

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup, with_appcontext

from app import db, i18n
from app.accounts import service
from app.accounts.core.addresses import key_of
from app.dialogues.models import Dialogue
from app.permissions import SYSTEM, Role

people = AppGroup("people", help="Accounts and their roles.")


@people.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What they may do.")
@click.option("--dialogue", type=int, help="In one dialogue, by its id. Without it: everywhere.")
@click.option("--language", default=i18n.SOURCE.code, show_default=True, help="The language of mails to them.")
@click.option("--json", "as_json", is_flag=True, help="Report as one JSON object.")
@with_appcontext
def add(email: str, role: str, dialogue: int | None, language: str, as_json: bool) -> None:
    """Give EMAIL a role. Where nobody has that address, an account is made and an invitation is mailed."""
    address = _checked(email)
    with db.unit() as session:
        if dialogue is not None and session.get(Dialogue, dialogue) is None:
            raise click.ClickException(f"There is no dialogue with id {dialogue}.")
        try:
            done = service.add(SYSTEM, address, Role(role), dialogue_id=dialogue, language=language)
        except service.Declined as problem:
            raise click.ClickException(str(problem.reason.sentence)) from problem
    if as_json:
        report = {"email": address, "role": role, "dialogue": dialogue, "person": done.person_id}
        click.echo(json.dumps({**report, "created": done.created, "granted": done.granted, "invited": done.invited}))
        return
    where = "everywhere" if dialogue is None else f"in dialogue {dialogue}"
    click.echo(f"Account {done.person_id} {'was made for' if done.created else 'belongs to'} {address}.")
    click.echo(f"It {'now has' if done.granted else 'already had'} the role {role}, {where}.")
    if done.invited:
        click.echo("An invitation to choose a password waits to be mailed; the background worker sends it.")


def _checked(email: str) -> str:
    try:
        validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as problem:
        raise click.ClickException(f"{email} is not an e-mail address.") from problem
    return key_of(email)
