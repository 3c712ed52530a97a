"""Who does what in a dialogue: every duty has a holder and a substitute, and both are told."""

from __future__ import annotations

import pytest

from app import db
from app.accounts.models import Person, RoleGrant
from app.dialogues import service
from app.dialogues.duties import queries
from app.dialogues.duties import service as sharing
from app.dialogues.duties.duties import DUTIES, LEAD, MODERATION
from app.dialogues.duties.models import DutyHolder
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.people import make_actor, make_person
from tests.visitor import Page

ROLES = (Role.OFFICIAL, Role.MODERATOR, Role.SECRETARY, Role.COMMUNICATIONS)


@pytest.fixture
def two(unit) -> tuple[Person, Person]:
    """Two people who may have every duty."""
    return make_person(*ROLES, name="Anna Ek"), make_person(*ROLES, name="Vera Strand")


def all_to(holder: Person, substitute: Person) -> dict[str, tuple[int, int]]:
    return {duty.key: (holder.id, substitute.id) for duty in DUTIES}


def test_duties_are_settled_and_settled_anew(two):
    dialogue, official = make_dialogue(Stage.ASSESSED), make_actor(Role.OFFICIAL)
    sharing.share(official, dialogue, dialogue.version, all_to(*two))
    sharing.share(official, dialogue, dialogue.version, all_to(*reversed(two)))
    assert {pair.holder.name for pair in queries.pairs(dialogue.id).values()} == {"Vera Strand"}


def test_nobody_is_their_own_substitute(two):
    dialogue = make_dialogue(Stage.ASSESSED)
    chosen = all_to(*two) | {LEAD.key: (two[0].id, two[0].id)}
    with pytest.raises(NotAccepted) as refused:
        sharing.share(make_actor(Role.OFFICIAL), dialogue, dialogue.version, chosen)
    assert refused.value.field == "lead_substitute"


@pytest.mark.parametrize(("place", "field"), [(0, "moderation"), (1, "moderation_substitute")])
def test_a_duty_needs_its_role(two, place, field):
    dialogue, pair = make_dialogue(Stage.ASSESSED), [one.id for one in two]
    pair[place] = make_person(Role.OFFICIAL).id
    chosen = all_to(*two) | {MODERATION.key: (pair[0], pair[1])}
    with pytest.raises(NotAccepted) as refused:
        sharing.share(make_actor(Role.OFFICIAL), dialogue, dialogue.version, chosen)
    assert refused.value.field == field


def test_a_second_editor_is_told(two):
    dialogue, official = make_dialogue(Stage.ASSESSED), make_actor(Role.OFFICIAL)
    began = dialogue.version
    sharing.share(official, dialogue, began, all_to(*two))
    with pytest.raises(Overtaken):
        sharing.share(official, dialogue, began, all_to(*two))


def test_it_is_an_official_who_settles_it_and_only_while_the_dialogue_goes_on(two):
    running, over = make_dialogue(Stage.OPEN), make_dialogue(Stage.ARCHIVED)
    for actor, dialogue in ((make_actor(Role.MODERATOR), running), (make_actor(Role.OFFICIAL), over)):
        with pytest.raises(Refusal):
            sharing.share(actor, dialogue, dialogue.version, all_to(*two))


@pytest.mark.requirement("R3")
def test_nothing_goes_to_the_body_before_every_duty_has_a_substitute(unit):
    dialogue = make_whole(Stage.ASSESSED)
    row = db.session().get_one(DutyHolder, (dialogue.id, MODERATION.key))
    grant = db.session().query(RoleGrant).filter_by(person_id=row.substitute_id, role=Role.MODERATOR).one()
    db.session().delete(grant)
    db.session().flush()
    with pytest.raises(Refusal) as refused:
        service.move(make_actor(Role.OFFICIAL), dialogue, Stage.PREPARED)
    assert "who takes over when they are away" in str(refused.value.reason.sentence)


def test_the_page_puts_two_people_forward_and_keeps_what_was_chosen(app, visitor):
    with db.unit():
        anna, _ = make_person(*ROLES, name="Anna Ek"), make_person(*ROLES, name="Vera Strand")
        dialogue_id = make_dialogue(Stage.ASSESSED).id
    visitor.sign_in_as(anna)
    page = visitor.get(f"/arbetsyta/dialoger/{dialogue_id}/ansvariga")
    shown = [one.text for one in page.find_all("option") if one.get("selected") is not None]
    assert shown == ["Anna Ek", "Vera Strand"] * len(DUTIES)
    sent = visitor.submit({"lead_substitute": str(anna.id)})
    assert sent.status == 422
    assert "The substitute must be somebody else." in sent.text
    assert visitor.submit({"lead_substitute": shown_id(sent, "Vera Strand")}).status == 200
    with db.reading():
        assert queries.pairs(dialogue_id).keys() == {duty.key for duty in DUTIES}


def shown_id(page: Page, name: str) -> str:
    return next(str(one.get("value")) for one in page.find_all("option") if one.text == name)
