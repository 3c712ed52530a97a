"""No form is taken in without its token: every route that can change something, from the URL map."""

from __future__ import annotations

import pytest
from werkzeug.routing import AnyConverter, BaseConverter, Rule
from werkzeug.routing.converters import NumberConverter

from app import db
from app.permissions import Role
from app.web import SAFE
from tests.factories.people import make_person
from tests.visitor import Visitor


def unsafe_routes(app) -> list[tuple[str, str]]:
    """Method and address of each, with a sample for every part."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) - SAFE):
                found.append((method, adapter.build(rule.endpoint, sample(rule), method=method)))
    return found


def sample(rule: Rule) -> dict[str, object]:
    """Something that fits each part of an address; no row needs to be there."""
    return {name: fitting(converter) for name, converter in rule._converters.items()}


def fitting(converter: BaseConverter) -> object:
    if isinstance(converter, NumberConverter):
        return 1
    return min(converter.items) if isinstance(converter, AnyConverter) else "x" * 43


def test_there_are_routes_to_check(the_app):
    assert {"/logga-in", "/logga-ut"} <= {path for _, path in unsafe_routes(the_app)}


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR])
def test_every_unsafe_route_answers_400_without_its_token(the_app, isolated, role):
    visitor = Visitor(the_app)
    if role is not None:
        with db.unit():
            person = make_person(role)
        visitor.sign_in_as(person)
    answers = {
        f"{method} {path}": visitor.client.open(path, method=method, data={"csrf_token": token}).status_code
        for method, path in unsafe_routes(the_app)
        for token in ("", "forged")
    }
    assert {route: status for route, status in answers.items() if status != 400} == {}


def test_a_token_of_somebody_else_is_refused(the_app, isolated):
    theirs, mine = Visitor(the_app), Visitor(the_app)
    token = theirs.get("/logga-in").form("password").findall(".//*[@name='csrf_token']")[0].get("value")
    mine.get("/logga-in")
    page = mine.post("/logga-in", {"csrf_token": token, "email": "a@example.se", "password": "x"})
    assert page.status == 422
    assert "Nothing has been saved yet" in page.words
