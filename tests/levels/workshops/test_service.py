"""Steps, cards, dots, themes and proposals: what the service does and refuses, and what the constraints hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app import clock, db, subjects
from app.audit import AuditEntry
from app.contributions.models import Contribution
from app.contributions.service import AlreadySent, Draft
from app.dialogues.models import Card
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.stages import Stage
from app.levels.influence.workshops import exports, queries, service
from app.levels.influence.workshops.models import PAPER_GRACE, Step, WorkshopCard, WorkshopDot, WorkshopSource
from app.levels.influence.workshops.service import NoDotLeft
from app.levels.influence.workshops.service.cards import Notes
from app.permissions import GUEST, Refusal, Role
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.workshops import card, make_proposal, make_theme, make_workshop, place

FACTS = {"title": "Ungdomsverkstad", "lead": "Var kan man vara?", "dots": 3, "one_a_card": False, "reads_first": False}


def open_dialogue(**fields):
    return make_dialogue(Stage.OPEN, level="influence", **fields)


def refused(code, call, *values):
    with pytest.raises(Refusal) as problem:
        call(*values)
    assert problem.value.reason.code == code


def test_it_begins_with_critique_and_keeps_its_card_on_the_dialogue_page(unit):
    dialogue, lead = open_dialogue(), make_actor(Role.OFFICIAL)
    row = service.start(lead, dialogue, FACTS)
    assert list(queries.steps(row)) == [Step.CRITIQUE, Step.VISION, Step.ACTION]
    kept = db.session().get_one(Card, subjects.key("workshop", row.id))
    assert (kept.title, kept.method, kept.responses, kept.is_input) == ("Ungdomsverkstad", "workshops", 0, True)
    refused("role", service.start, make_actor(), dialogue, FACTS)
    refused("level", service.start, lead, make_dialogue(level="discussion"), FACTS)


def test_a_card_stands_in_the_step_where_the_workshop_is(unit):
    row, lead = make_workshop(open_dialogue()), make_actor(Role.OFFICIAL)
    first = card(row)
    assert service.move(lead, row, Step.VISION)
    assert not service.move(lead, row, Step.VISION)  # nobody is told twice
    second = card(row)
    assert [queries.place_of(one).step.step for one in (first, second)] == ["critique", "vision"]
    refused("signed_in", service.add_card, GUEST, row, Draft("Hej", "sv"))
    moved = [one for one in db.session().scalars(select(AuditEntry.event)) if one == "WorkshopMoved"]
    assert len(moved) == 1


def test_nobody_writes_after_the_dialogue_or_the_workshop_has_closed(unit):
    dialogue, lead = open_dialogue(), make_actor(Role.OFFICIAL)
    row = make_workshop(dialogue)
    one = card(row)
    refused("no_proposals", service.close, lead, row)
    make_proposal(row, one)
    service.close(lead, row)
    refused("finished", card, row)
    refused("finished", service.give_dot, make_actor(), one, 1)
    refused("finished", service.move, lead, row, Step.VISION)
    other = make_workshop(dialogue)
    two = card(other)
    clock.shift((dialogue.closes_at or clock.now()) - clock.now())
    refused("closed", card, other)
    refused("closed", service.give_dot, make_actor(), two, 1)


def test_a_moderator_reads_first_where_that_is_ruled(unit):
    row = make_workshop(open_dialogue(), reads_first=True)
    waiting = card(row)
    assert waiting.is_waiting
    refused("waiting", service.give_dot, make_actor(), waiting, 1)
    page = queries.board(queries.step_of(row, Step.CRITIQUE).id, GUEST)
    assert page.cards == []


def test_paper_notes_have_a_channel_and_never_the_staff_as_their_author(unit):
    dialogue, clerk = open_dialogue(), make_actor(Role.CONTACT_CENTRE)
    row = make_workshop(dialogue, reads_first=True)
    theme = make_theme(row)
    notes = Notes(["Det är mörkt.", "Ingen bänk."], Step.CRITIQUE, "paper", "sv", "a form", theme.id)
    cards = service.register_notes(clerk, row, notes)
    assert [(one.person_id, one.name, one.role, one.channel) for one in cards] == [(None, "", "", "paper")] * 2
    assert {one.registered_by for one in cards} == {clerk.person_id}
    assert all(one.is_public for one in cards)
    assert {queries.place_of(one).theme_id for one in cards} == {theme.id}
    refused("role", service.register_notes, make_actor(), row, notes)
    clock.shift(timedelta(hours=1))
    with pytest.raises(AlreadySent):
        service.register_notes(clerk, row, notes)


def test_paper_that_was_written_in_time_is_entered_for_a_week_after_the_closing(unit):
    dialogue, lead = open_dialogue(), make_actor(Role.OFFICIAL)
    row = make_workshop(dialogue)
    left = dialogue.closes_at - clock.now()
    dialogue.stage = Stage.CLOSED
    clock.shift(left + PAPER_GRACE - timedelta(minutes=1))
    service.register_notes(lead, row, Notes(["Sent."], Step.ACTION, "meeting", "sv", "one"))
    clock.shift(left + PAPER_GRACE)
    refused("late", service.register_notes, lead, row, Notes(["För sent."], Step.ACTION, "meeting", "sv", "two"))


def test_a_theme_of_another_workshop_takes_no_notes(unit):
    dialogue, lead = open_dialogue(), make_actor(Role.OFFICIAL)
    row, theirs = make_workshop(dialogue), make_theme(make_workshop(dialogue))
    with pytest.raises(IntegrityError), db.session().begin_nested():
        service.register_notes(lead, row, Notes(["Hej."], Step.CRITIQUE, "paper", "sv", "x", theirs.id))


def test_each_has_as_many_dots_as_the_official_says(unit):
    row, me = make_workshop(open_dialogue(), dots=2), make_actor()
    first, second, third = card(row), card(row), card(row)
    assert service.give_dot(me, first, 1)
    assert not service.give_dot(me, first, 1)  # the same button, pressed twice
    assert service.give_dot(me, first, 2)
    with pytest.raises(NoDotLeft):
        service.give_dot(me, second, 1)
    assert service.take_dot(me, first, 2)
    assert not service.take_dot(me, first, 2)
    assert service.give_dot(me, second, 1)
    step = queries.place_of(first).step_id
    seen = queries.dots(step, [first.id, third.id], me.person_id)
    assert (seen.on, seen.mine, seen.given) == ({first.id: 1}, {first.id: 1, second.id: 1}, 2)


def test_a_dot_leaves_with_the_day_in_the_municipality(unit):
    row = make_workshop(open_dialogue(), dots=2)
    one, person = card(row), make_person()
    service.give_dot(actor_of(person), one, 1)
    db.session().execute(update(WorkshopDot).values(given_at=datetime(2027, 1, 31, 23, 30, tzinfo=UTC)))
    (cells,) = exports.dots(row.dialogue_id)
    assert cells[3] == date(2027, 2, 1)


def test_never_two_on_a_card_where_that_is_ruled(unit):
    row, me = make_workshop(open_dialogue(), one_a_card=True), make_actor()
    one = card(row)
    assert service.give_dot(me, one, 1)
    assert not service.give_dot(me, one, 2)


def test_dots_belong_to_the_step_and_come_back_with_a_card_that_is_taken_away(unit):
    row, lead, me, author = make_workshop(open_dialogue(), dots=1), make_actor(Role.OFFICIAL), make_actor(), None
    one = card(row)
    service.give_dot(me, one, 1)
    author = make_actor()
    mine = service.add_card(author, row, Draft("Min", "sv", author.name))
    service.move(lead, row, Step.VISION)
    refused("step", service.give_dot, author, one, 1)
    assert service.give_dot(me, card(row), 1)  # a new step, new dots
    service.move(lead, row, Step.CRITIQUE)
    service.take_dot(me, one, 1)
    service.give_dot(me, mine, 1)
    service.remove_card(author, mine)
    assert queries.dots_of(queries.place_of(one).step_id, me.person_id) == []


def test_the_rules_for_dots_stay_once_somebody_has_put_one(unit):
    row, lead = make_workshop(open_dialogue()), make_actor(Role.OFFICIAL)
    service.change(lead, row, {**FACTS, "dots": 5}, row.version)
    service.give_dot(make_actor(), card(row), 1)
    for change in ({"dots": 1}, {"dots": 5, "one_a_card": True}):
        with pytest.raises(NotAccepted):
            service.change(lead, row, {**FACTS, **change}, row.version)
    with pytest.raises(Overtaken):
        service.change(lead, row, {**FACTS, "dots": 5}, row.version - 1)


def test_the_constraints_know_no_dot_too_many(unit):
    row, me = make_workshop(open_dialogue()), make_actor()
    one, two = card(row), card(row)
    step = queries.place_of(one).step_id
    service.give_dot(me, one, 1)
    values = {"card_id": two.id, "step_id": step, "person_id": me.person_id, "slot": 2, "layer": 1}
    for wrong in ({"slot": 1}, {"card_id": one.id}, {"slot": 11}, {"layer": 0}, {"step_id": step + 1}):
        with pytest.raises(IntegrityError), db.session().begin_nested():
            db.session().execute(insert(WorkshopDot).values({**values, **wrong, "given_at": clock.now()}))


def test_several_cards_are_sorted_at_once_and_a_theme_can_go(unit):
    dialogue, lead = open_dialogue(), make_actor(Role.OFFICIAL)
    row = make_workshop(dialogue)
    theme = service.add_theme(lead, row, "Trafik")
    with pytest.raises(NotAccepted):
        service.add_theme(lead, row, "trafik")
    cards, other = [card(row), card(row)], card(make_workshop(dialogue))
    assert service.sort_cards(lead, row, [*(one.id for one in cards), other.id], theme) == 2
    assert [queries.place_of(one).theme_id for one in (*cards, other)] == [theme.id, theme.id, None]
    service.rename_theme(lead, row, theme, "Gå och cykla", theme.version)
    with pytest.raises(Overtaken):
        service.rename_theme(lead, row, theme, "Cykla", theme.version - 1)
    service.remove_theme(lead, row, theme)
    assert queries.themes(row.id) == []
    assert db.session().scalars(select(WorkshopCard.theme_id)).all() == [None] * 3
    refused("role", service.sort_cards, make_actor(Role.CONTACT_CENTRE), row, [cards[0].id], None)


def test_a_proposal_names_its_cards_and_only_those_that_everyone_can_read(unit):
    dialogue, lead = open_dialogue(), make_actor(Role.OFFICIAL)
    row = make_workshop(dialogue)
    shown, hidden, other = card(row), place(row, state=State.HIDDEN), card(make_workshop(dialogue))
    text = {"title": "Bänkar", "text": "Var femtionde meter."}
    with pytest.raises(NotAccepted):
        service.propose(lead, row, text, [hidden.id, other.id])
    made = service.propose(lead, row, text, [shown.id, hidden.id, other.id])
    assert [one.id for one, _ in queries.sources_of(made.id)] == [shown.id]
    more = card(row)
    assert service.take_up(lead, row, made, [shown.id, more.id]) == 1
    service.change_proposal(lead, row, made, {**text, "title": "Soffor"}, [more.id], made.version)
    assert [one.id for one, _ in queries.sources_of(made.id)] == [more.id]
    service.withdraw_proposal(lead, row, made)
    assert (queries.proposals(row.id), row.proposals) == ([], 0)


def test_a_source_is_of_the_same_workshop(unit):
    dialogue = open_dialogue()
    row, other = make_workshop(dialogue), card(make_workshop(dialogue))
    made = make_proposal(row)
    values = {"proposal_id": made.id, "card_id": other.id, "workshop_id": row.id, "added_at": clock.now()}
    with pytest.raises(IntegrityError), db.session().begin_nested():
        db.session().execute(insert(WorkshopSource).values(values))


def test_a_workshop_with_a_card_stays(unit):
    lead, dialogue = make_actor(Role.OFFICIAL), open_dialogue()
    row, empty = make_workshop(dialogue), make_workshop(dialogue)
    card(row)
    refused("written", service.withdraw, lead, row)
    service.withdraw(lead, empty)
    assert queries.in_dialogue(dialogue.id) == [row]
    assert db.session().get(Card, subjects.key("workshop", empty.id)) is None


def test_what_is_counted_is_what_everyone_can_read(unit):
    row = make_workshop(open_dialogue())
    one = card(row)
    place(row, state=State.HIDDEN)
    service.register_notes(
        make_actor(Role.OFFICIAL), row, Notes(["På papper."], Step.VISION, "paper", "sv", "the form")
    )
    service.give_dot(make_actor(), one, 1)
    service.count_now(row)
    counted = {step: (each.cards, each.dots) for step, each in queries.steps(row).items()}
    assert counted == {Step.CRITIQUE: (1, 1), Step.VISION: (1, 0), Step.ACTION: (0, 0)}
    assert (row.cards, row.people) == (2, 3)
    assert db.session().scalars(select(Contribution.id)).all()
