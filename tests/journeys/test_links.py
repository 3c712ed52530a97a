"""Nobody is led to a refusal: a link is there only where the rule behind it lets this person in."""

from __future__ import annotations

import re

import pytest
from flask import url_for
from sqlalchemy import select

from app import db
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.permissions import Role
from app.site import menus
from tests.factories.people import make_person
from tests.town import GUEST, ROLES, crawl, endpoint_of, visitor_as
from tests.visitor import Visitor

MOST = 3  # links of one shape from one kind of page: enough to meet its states
# What leads where does not depend on the database; the pages themselves are tested on both.
on_one_database = pytest.mark.parametrize("town", ["sqlite"], indirect=True)


def refused(app, role: str, visitor: Visitor) -> dict[str, str]:
    """Links that lead this person to a refusal, each with the page that it was on."""
    links, shapes = dict[str, str](), dict[tuple[str, str], int]()
    for found, at in crawl(app, role, each=1, visitor=visitor):
        if at.page is None or at.page.status != 200:
            continue
        for link in at.page.links():
            bare, shape = link.partition("#")[0], (found.endpoint, re.sub(r"\d+[^/]*", "", link))
            if bare.startswith("/") and bare not in links and shapes.get(shape, 0) < MOST:
                shapes[shape] = shapes.get(shape, 0) + 1
                links[bare] = found.path
    found_refused = {}
    for link, page in links.items():
        if endpoint_of(app, link) in (None, "static"):
            continue
        answer = visitor.client.get(link, follow_redirects=True)
        leads_on = role == GUEST and b"/logga-in" in answer.data  # a guest is told to sign in, and can
        if answer.status_code == 403 and not leads_on:
            found_refused[link] = page
        answer.close()
    return found_refused


@pytest.mark.slow
@on_one_database
@pytest.mark.parametrize("role", ROLES)
def test_no_link_leads_to_a_refusal(the_app, town_isolated, role):
    assert refused(the_app, role, visitor_as(the_app, role)) == {}


@pytest.mark.slow
@on_one_database
@pytest.mark.parametrize("role", list(Role))
def test_no_link_leads_whoever_works_with_one_dialogue_to_a_refusal(the_app, town_isolated, role):
    with db.unit() as session:
        prepared = select(Dialogue.id).where(Dialogue.stage == Stage.PREPARED).order_by(Dialogue.id)
        person = make_person(role, dialogue_id=session.scalars(prepared).first())
    assert refused(the_app, role, Visitor(the_app).sign_in_as(person)) == {}


@on_one_database
def test_a_link_to_a_refusal_is_seen(the_app, town_isolated, monkeypatch):
    """A menu that offers everybody the administrators' pages turns the crawl red."""
    monkeypatch.setattr(menus, "way_to", lambda address: url_for(address[0]))
    monkeypatch.setattr(menus, "MAIN", (*menus.MAIN, menus.ADMINISTRATION))
    assert "/admin/anvandare" in refused(the_app, "invanare", visitor_as(the_app, "invanare"))
