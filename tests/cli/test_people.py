"""`people add`: the first administrator."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app import db
from app.accounts.models import Person, RoleGrant
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_person
from tests.mailbox import Mailbox
from tests.visitor import Visitor


@pytest.fixture
def run(the_app, isolated):
    def people(*arguments: str):
        return the_app.test_cli_runner().invoke(args=["people", "add", *arguments])

    return people


def test_there_is_nobody_on_a_fresh_install(isolated):
    with db.reading() as session:
        assert session.scalars(select(Person.id)).all() == []


def test_the_first_administrator_comes_in_by_the_invitation(run, the_app):
    mailbox = Mailbox(the_app)
    result = run("chef@vara.example", "--role", "administrator", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.output)
    assert (report["created"], report["granted"], report["invited"]) == (True, True, True)
    visitor = Visitor(the_app)
    visitor.get(mailbox.link("chef@vara.example"))
    visitor.submit({"name": "Admin Ek", "password": "tre gula hästar"}, holding="password")
    assert visitor.get("/admin/anvandare").status == 200


def test_a_second_time_changes_nothing(run):
    run("chef@vara.example", "--role", "administrator")
    report = json.loads(run("Chef@Vara.example", "--role", "administrator", "--json").output)
    assert (report["created"], report["granted"]) == (False, False)
    with db.reading() as session:
        assert len(session.scalars(select(RoleGrant)).all()) == 1


def test_somebody_who_has_an_account_is_told_of_the_role(run, the_app):
    mailbox = Mailbox(the_app)
    with db.unit():
        person, dialogue = make_person(), make_dialogue()
    result = run(person.email, "--role", "moderator", "--dialogue", str(dialogue.id))
    assert result.exit_code == 0
    assert len(mailbox.to(person.email)) == 1
    with db.reading() as session:
        grant = session.scalars(select(RoleGrant).filter_by(person_id=person.id)).one()
        assert (grant.role, grant.dialogue_id, grant.granted_by) == (Role.MODERATOR, dialogue.id, None)


@pytest.mark.parametrize(
    "arguments",
    [
        ("inte en adress", "--role", "moderator"),
        ("a@example.se", "--role", "kung"),
        ("a@example.se", "--role", "moderator", "--dialogue", "999999"),
    ],
)
def test_what_cannot_be_done_is_said_and_fails(run, arguments):
    result = run(*arguments)
    assert result.exit_code != 0
    with db.reading() as session:
        assert session.scalars(select(Person.id)).all() == []


def test_an_administrator_of_one_dialogue_is_refused(run):
    with db.unit():
        number = make_dialogue().id
    result = run("a@example.se", "--role", "administrator", "--dialogue", str(number), "--json")
    assert result.exit_code == 1
    with db.reading() as session:
        assert session.scalars(select(Person.id)).all() == []
