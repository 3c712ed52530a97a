"""Where nothing is open, nothing is taken in: every write of every method is asked of information and of a statutory
consultation, which hold something of every sort in spite of the rules. The addresses come from the URL map.
"""

from __future__ import annotations

from typing import Any

import pytest

from app import db, ladder
from app.dialogues.models import Dialogue
from app.dialogues.stages import Kind, Stage
from app.permissions import Role
from tests.conformance.test_dialogues_apart import PICKY, _other_dialogue, _words
from tests.factories.dialogues import make_whole
from tests.factories.people import make_person
from tests.visitor import Visitor

pytestmark = pytest.mark.requirement("R22", "R7")
# What information may hold: what one reads, and a meeting, to which signing up is the only form there is.
TOLD = {"article_desk", "meeting_desk"}
SIGNING_UP = {"meetings.sign_up"}
INPUT = {"meeting_desk.enter_said"}  # what people said there would be input
NEVER = (403, 405)
# What gives nothing and may always be done.
TAKING_BACK = {
    "meetings.leave": "a seat is given back by its receipt",
    "projects.unfollow": "nobody is kept on a list of those who get e-mail",
    "article_desk.withdraw": "what turns out to be wrong can be taken away however it came here",
    "votes.finish": "a browser forgets a code",
}
PUBLIC = (Stage.ANNOUNCED, Stage.ARCHIVED)
STAGES = {"guest": PUBLIC, "resident": PUBLIC, "lead": (Stage.IDEA, Stage.ANNOUNCED), "staff": PUBLIC}
SENT = {"form": "1", "email": "kim@example.se"}


@pytest.fixture(params=[Kind.INFORMATION, Kind.STATUTORY_CONSULTATION])
def kind(request) -> Kind:
    return request.param


@pytest.fixture
def place(the_app, isolated, kind) -> dict[str, Any]:
    """Something of every sort, with nothing open round it."""
    with the_app.test_request_context(), db.unit():
        values = _other_dialogue(make_person().id)
        row = db.session().get_one(Dialogue, values["dialogue_id"])
        row.kind, row.stage = kind, Stage.ANNOUNCED
        row.level = "information" if kind is Kind.INFORMATION else None
    return values


def writes(app: Any, values: dict[str, Any]) -> list[tuple[str, str]]:
    """(endpoint, address) of every POST of every method in a dialogue, as these values make it."""
    names = {blueprint.name for method in ladder.methods() for blueprint in method.blueprints}
    known, found = {**PICKY, **values}, []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in names or "POST" not in (rule.methods or ()):
            continue
        taken = rule.arguments - set(rule.defaults or ())
        if "dialogue_id" in (rule.defaults or ()) or not taken & values.keys():
            continue  # the site's own
        given = {name: value for name, value in {**known, **_words(rule)}.items() if name in taken}
        found.append((rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, given)))
    return found


def may(kind: Kind, endpoint: str) -> bool:
    """Whether the write is no input: telling, and coming to a meeting."""
    tells = endpoint.partition(".")[0] in TOLD and endpoint not in INPUT
    return (kind is Kind.INFORMATION and (tells or endpoint in SIGNING_UP)) or endpoint in TAKING_BACK


def token_of(visitor: Visitor) -> str:
    visitor.get("/konto/uppgifter" if visitor.page is None else "/logga-in")
    return next(e.get("value") for e in visitor.page.find_all("input") if e.get("name") == "csrf_token")


def someone(app: Any, who: str, dialogue_id: int) -> tuple[Visitor, str]:
    visitor = Visitor(app, strict=False)
    if who == "guest":
        visitor.get("/logga-in")
        return visitor, token_of(visitor)
    with db.unit():
        roles = {"resident": (), "staff": tuple(Role), "lead": (Role.OFFICIAL,)}[who]
        person = make_person(*roles, dialogue_id=dialogue_id if who == "lead" else None)
    visitor.sign_in_as(person)
    return visitor, token_of(visitor)


def test_many_writes_are_asked(the_app, place):
    asked = {endpoint for endpoint, _path in writes(the_app, place)}
    assert len(asked) > 80
    methods = {endpoint.partition(".")[0] for endpoint in asked}
    for method in ladder.methods():
        assert methods & {blueprint.name for blueprint in method.blueprints}, method.key


@pytest.mark.parametrize("who", ["guest", "resident", "lead", "staff"])
def test_every_write_of_every_method_is_refused_at_every_stage(the_app, place, kind, who):
    visitor, token = someone(the_app, who, place["dialogue_id"])
    taken = {}
    for stage in STAGES[who]:
        with db.unit() as session:
            session.get_one(Dialogue, place["dialogue_id"]).stage = stage
        for endpoint, path in writes(the_app, place):
            if may(kind, endpoint):
                continue
            status = visitor.client.post(path, data={**SENT, "csrf_token": token}).status_code
            if status not in NEVER:
                taken[endpoint] = f"{status} at {stage}"
    assert taken == {}


def test_the_same_writes_are_taken_where_something_is_open(the_app, isolated):
    """Else the test above would prove nothing: in a citizens' dialogue many of them are not refused."""
    with the_app.test_request_context(), db.unit():
        values = _other_dialogue(make_person().id)
        db.session().get_one(Dialogue, values["dialogue_id"]).stage = Stage.OPEN
        make_whole(Stage.OPEN)
    visitor, token = someone(the_app, "staff", values["dialogue_id"])
    taken = [
        endpoint
        for endpoint, path in writes(the_app, values)
        if visitor.client.post(path, data={**SENT, "csrf_token": token}).status_code not in NEVER
    ]
    assert len(taken) > 25
