"""`demo load`: an invented Vara with people, dialogues in every stage, and what came in to them.

Refused where the service faces the world, and where the database already holds people.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app import clock, db, ladder
from app.accounts.core import passwords
from app.accounts.models import Person, RoleGrant
from app.dialogues import demo as dialogues
from app.dialogues.demo import Town
from app.dialogues.evaluation import demo as evaluation
from app.dialogues.phases import demo as phases
from app.exports import demo as exports
from app.permissions import Role
from app.policy import demo as policy

SEED = 1470  # Vara's number among the municipalities
RESIDENTS = 40  # for each step of the scale
STAFF = {
    Role.MODERATOR: ("moderator", "Maja Lind"),
    Role.OFFICIAL: ("handlaggare", "Anna Ek"),
    Role.ELECTED: ("fortroendevald", "Erik Sand"),
    Role.SECRETARY: ("sekreterare", "Sara Holm"),
    Role.CONTACT_CENTRE: ("kontaktcenter", "Karin Dal"),
    Role.COMMUNICATIONS: ("kommunikation", "Kim Öberg"),
    Role.TRANSLATOR: ("oversattare", "Omar Haddad"),
    Role.REGISTRAR: ("registrator", "Rut Åkesson"),
    Role.ADMINISTRATOR: ("admin", "Adam Frost"),
}
SUBSTITUTE = ("vikarie", "Vera Strand")
STANDS_IN_FOR = (Role.MODERATOR, Role.OFFICIAL, Role.SECRETARY, Role.COMMUNICATIONS)
FIRST = (
    "Alva", "Bengt", "Cecilia", "David", "Ebba", "Fatima", "Gunnar", "Hanna", "Ivar", "Jasmin", "Kerstin", "Leif",
    "Maryam", "Nils", "Olena", "Per", "Rana", "Sixten", "Tove", "Ulla", "Viktor", "Yusuf", "Åke", "Östen",
)  # fmt: skip
LAST = (
    "Andersson", "Berg", "Claesson", "Dahl", "Ekström", "Falk", "Grahn", "Hassan", "Isaksson", "Jönsson", "Kovalenko",
    "Larsson", "Moberg", "Nyström", "Olofsson", "Persson", "Rask", "Svensson", "Törn", "Wallin", "Younes", "Åberg",
)  # fmt: skip


@dataclass(frozen=True)
class DemoAccounts:
    """Who one can sign in as, with one password for all."""

    emails: tuple[str, ...]
    password: str

    def words(self) -> str:
        lines = "\n".join(f"  {email}" for email in self.emails)
        return f"Demo accounts:\n{lines}\nPassword for all of them: {self.password}\n"


@click.group("demo")
def demo() -> None:
    """The demo municipality."""


@demo.command("load")
@click.option("--scale", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many times as many.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed gives the same town.")
@with_appcontext
def load_command(*, scale: int, seed: int) -> None:
    """Fill an empty database with the demo municipality."""
    if not current_app.config["SETTINGS"].loopback:
        raise click.ClickException("Demo accounts must not face the world: BASE_URL is not a loopback address.")
    accounts = load_if_empty(scale=scale, seed=seed)
    if accounts is None:
        raise click.ClickException("The database is not empty. The demo municipality needs one of its own.")
    click.echo(accounts.words())


def load_if_empty(*, scale: int = 1, seed: int = SEED) -> DemoAccounts | None:
    """Load the demo municipality. Returns None, having done nothing, where the database holds people."""
    with db.unit() as session:
        if session.scalars(select(Person.id).limit(1)).first() is not None:
            return None
        return load(scale=scale, seed=seed)


def load(*, scale: int, seed: int) -> DemoAccounts:
    """Build the town in the open unit."""
    rng = random.Random(seed)
    password = current_app.config["SETTINGS"].demo_password or secrets.token_urlsafe(9)
    hashed = passwords.hashed(password)
    resident = _person("Inga Vånare", "invanare@demo.example", hashed)
    staff = {role: _person(name, f"{box}@demo.example", hashed) for role, (box, name) in STAFF.items()}
    substitute = _person(SUBSTITUTE[1], f"{SUBSTITUTE[0]}@demo.example", hashed)
    others = [_resident(rng, number) for number in range(RESIDENTS * scale)]
    session = db.session()
    session.add_all([resident, *staff.values(), substitute, *others])
    session.flush()
    roles = [*staff.items(), *((role, substitute) for role in STANDS_IN_FOR)]
    session.add_all(RoleGrant(person_id=person.id, role=role, granted_at=clock.now()) for role, person in roles)
    town = Town(clock.now(), rng, scale, staff, substitute, [resident, *others])
    policy.build(staff, town.now)
    dialogues.build(town)
    for method in ladder.methods():
        method.demo(town)
    phases.fill(town)
    evaluation.take_up(town.dialogues.values(), town.staff)
    exports.fill(town)
    session.flush()
    people = (resident, *staff.values(), substitute)
    return DemoAccounts(tuple(person.email for person in people), password)


def _person(name: str, email: str, password_hash: str | None) -> Person:
    now = clock.now()
    return Person(
        name=name, email=email, email_key=email, password_hash=password_hash, language="sv", confirmed_at=now,
        created_at=now,
    )  # fmt: skip


def _resident(rng: random.Random, number: int) -> Person:
    """Someone invented, who cannot sign in: an address that leads nowhere and no password."""
    return _person(f"{rng.choice(FIRST)} {rng.choice(LAST)}", f"invanare{number + 1}@demo.example", None)
