"""Every endpoint asked by those whom its declared access keeps out, with a valid form token, by GET and by POST."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.routing import AnyConverter

from app import db
from app.audit import AuditEntry
from app.web import PUBLIC, SIGNED_IN, STAFF, SmallInteger
from tests.factories.people import make_person
from tests.visitor import Visitor

KEPT_OUT = {"guest": {SIGNED_IN, STAFF}, "resident": {STAFF}}


def example(kind: Any) -> Any:
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return 1 if isinstance(kind, SmallInteger) else "x"


@pytest.mark.parametrize("who", KEPT_OUT)
def test_whoever_has_no_business_there_is_refused_and_nothing_is_done(the_app, isolated, who):
    visitor, form = Visitor(the_app), "/logga-in"
    if who == "resident":
        with db.unit():
            person = make_person()
        visitor.sign_in_as(person)
        form = "/konto/uppgifter"
    visitor.get(form)
    token = visitor.page.form("csrf_token").findall(".//*[@name='csrf_token']")[0].get("value")
    asked = 0
    for rule in the_app.url_map.iter_rules():
        access = getattr(the_app.view_functions[rule.endpoint], "access", PUBLIC)
        if access not in KEPT_OUT[who]:
            continue
        values = {name: example(kind) for name, kind in rule._converters.items()}
        path = the_app.url_map.bind("localhost").build(rule.endpoint, values)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            data = {"data": {"csrf_token": token}} if method == "POST" else {}
            answer = visitor.client.open(path, method=method, **data)
            assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
            asked += 1
    assert asked > 50
    with db.reading() as session:
        assert session.query(AuditEntry).count() == 0
