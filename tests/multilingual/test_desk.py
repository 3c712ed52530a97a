"""The translators' desk: one text after the other, and never one's own draft to review."""

from __future__ import annotations

import pytest

from app import db
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_person
from tests.visitor import Visitor


@pytest.fixture
def desk(the_app, isolated):
    """A dialogue with texts to translate, and two who can."""
    with db.unit():
        dialogue = make_dialogue()
        people = [make_person(Role.TRANSLATOR) for _ in range(2)]
    return f"/oversattning/dialoger/{dialogue.id}/en", *(Visitor(the_app).sign_in_as(one) for one in people)


def go_through(visitor: Visitor, start: str, **fields: str) -> int:
    """Take one text after the other until none is left; how many."""
    visitor.get(start)
    visitor.get(next(link for link in visitor.page.links() if link.startswith(start + "/")))
    taken = 0
    while visitor.page.path != start:
        holding = "text" if fields else f"{visitor.page.path}/granska"
        visitor.submit(fields, holding=holding, press="next")
        taken += 1
        assert taken < 100
    return taken


def test_one_writes_and_another_reviews_text_after_text(desk):
    start, writer, reviewer = desk
    written = go_through(writer, start, text="In English")
    assert written > 3
    assert go_through(reviewer, start) == written
    assert "Nothing remains here." in reviewer.get(start + "?kvar=1").words


def test_ones_own_drafts_are_not_the_next_text(desk):
    start, writer, _reviewer = desk
    go_through(writer, start, text="In English")
    first = next(link for link in writer.page.links() if link.startswith(start + "/"))
    assert "Next text that remains" not in writer.get(first).words


def test_a_saved_draft_stays_before_ones_eyes(desk):
    start, writer, _reviewer = desk
    writer.get(start)
    first = next(link for link in writer.page.links() if link.startswith(start + "/"))
    writer.get(first)
    assert writer.submit({"text": "In English"}, holding="text").path == first
