"""Who is told: all who took part, of the next step and of the end; and those whose cards became a proposal."""

from __future__ import annotations

import pytest

from app import db
from app.dialogues.stages import Stage
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.models import Step, Workshop
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.workshops import card, make_workshop
from tests.mailbox import Mailbox


@pytest.fixture
def scene(app):
    """Åsa has written a card, Bo has put a dot on it, Cilla has only written in another workshop."""
    with db.unit():
        dialogue = make_dialogue(Stage.OPEN, level="influence")
        row, lead = make_workshop(dialogue, title="Verkstaden\n--\nom gatan"), make_actor(Role.OFFICIAL)
        asa, bo, cilla = (make_person(name=name, language="sv") for name in ("Åsa", "Bo", "Cilla"))
        one = card(row, by=asa)
        service.give_dot(actor_of(bo), one, 1)
        card(make_workshop(dialogue), by=cilla)
    return row.id, one.id, lead, [one.email for one in (asa, bo, cilla)], Mailbox(app)


def counted(box, people):
    return [len(box.to(one)) for one in people]


def test_who_took_part_hears_of_the_next_step_and_of_the_end(scene):
    workshop_id, card_id, lead, people, box = scene
    with db.unit() as session:
        service.move(lead, session.get_one(Workshop, workshop_id), Step.VISION)
    assert counted(box, people) == [1, 1, 0]
    assert f"/verkstad/{workshop_id}" in box.to(people[0])[-1]
    with db.unit() as session:
        row = session.get_one(Workshop, workshop_id)
        service.propose(lead, row, {"title": "Bänkar", "text": "Här."}, [card_id])
        service.close(lead, row)
    assert counted(box, people) == [3, 2, 0]
    assert f"/verkstad/{workshop_id}/forslag" in box.to(people[1])[-1]


def test_whoever_wrote_a_card_hears_once_that_it_became_a_proposal(scene):
    workshop_id, card_id, lead, people, box = scene
    with db.unit() as session:
        row = session.get_one(Workshop, workshop_id)
        made = service.propose(lead, row, {"title": "Bänkar", "text": "Här."}, [card_id])
        service.change_proposal(lead, row, made, {"title": "Soffor", "text": "Där."}, [card_id], made.version)
        number = made.id
    assert counted(box, people) == [1, 0, 0]
    assert "Bänkar" in box.to(people[0])[0]
    assert f"/forslag/{number}" in box.to(people[0])[0]
    with db.reading() as session:
        assert queries.proposal(number).title == "Soffor"
