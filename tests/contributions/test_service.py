"""Writing, changing, taking away: versions are kept, the constraints hold, and nothing hidden is public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.contributions import queries, rules, service
from app.contributions.models import Contribution, ContributionVersion, VersionChanged
from app.contributions.service import AlreadySent, Draft
from app.moderation import queries as moderation
from app.permissions import GUEST, Role
from app.reviews.models import State
from tests.factories.contributions import KIND, make_container, write
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person


def test_an_answer_to_an_answer_stands_at_the_foot_of_the_same_root(unit):
    box = make_container(make_dialogue().id)
    root = write(box)
    answer = write(box, parent=root)
    second = write(box, parent=answer)
    assert root.position == root.id
    assert root.is_root
    assert (answer.position, answer.root_id) == (root.id, root.id)
    assert (second.position, second.parent_id) == (root.id, answer.id)


def test_an_answer_stands_where_its_parent_does(unit):
    root = write(make_container(make_dialogue().id))
    with pytest.raises(AlreadySent):  # the constraint, whatever it is called
        write(make_container(make_dialogue().id), parent=root)


def test_how_it_read_is_kept_and_cannot_be_changed(unit):
    row = write(make_container(make_dialogue().id), "Först")
    assert not service.change(row, "Först", "sv")
    assert service.change(row, "Sedan", "en")
    assert (row.text, row.language, row.review.language) == ("Sedan", "en", "en")
    assert row.edited_at is not None
    service.take_away(row)
    kept = queries.versions(row)
    assert [(one.text, one.language) for one in kept] == [("Först", "sv"), ("Sedan", "en")]
    assert row.text is None
    assert queries.whole_text(row) == "Sedan"
    kept[0].text = "Något annat"
    with pytest.raises(VersionChanged):
        db.session().flush()
    db.session().rollback()


def test_a_change_moves_the_review_so_that_no_one_judges_the_old_text(unit):
    row = write(make_container(make_dialogue().id))
    seen = row.review.version
    service.change(row, "Något helt annat", "sv")
    assert row.review.version > seen
    assert row.review.is_shown
    service.change(row, "En gång till", "sv", wait=True)
    assert row.is_waiting


def test_a_form_that_is_sent_twice_counts_once(unit):
    box, actor = make_container(make_dialogue().id), make_actor()
    draft = Draft("Plantera lindar.", "sv", form_key="the form")
    row = service.add(actor, box, draft, shown=True)
    with pytest.raises(AlreadySent):
        service.add(actor, box, draft, shown=True)
    assert queries.by_form(box.id, "the form") is row
    other = make_container(make_dialogue().id)
    assert service.add(actor, other, draft, shown=True) is not row


@pytest.mark.parametrize("channel", ["paper", "phone", "meeting"])
def test_whoever_enters_something_for_somebody_is_not_its_author(unit, channel):
    staff = make_actor(Role.CONTACT_CENTRE)
    row = service.add(
        staff, make_container(make_dialogue().id), Draft("På papper", "sv", "Ulla", channel), shown=False
    )  # fmt: skip
    assert (row.person_id, row.registered_by, row.role, row.name) == (None, staff.person_id, "", "Ulla")
    assert rules.is_author(staff, row) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "paper"},
        {"registered_by": "person_id"},
        {"channel": "smoke"},
        {"text": ""},
        {"quotes_parent": True},
        {"parent_id": "id"},
    ],
)
def test_the_constraints_tell_the_truth(unit, wrong):
    row = write(make_container(make_dialogue().id))
    for column, value in wrong.items():
        setattr(row, column, getattr(row, value) if value in ("id", "person_id") else value)
    with pytest.raises(IntegrityError):
        db.session().flush()
    db.session().rollback()


def test_the_one_who_writes_is_marked_with_the_role(unit):
    dialogue, other = make_dialogue(), make_dialogue()
    elected = make_actor(Role.OFFICIAL, Role.ELECTED)
    assert rules.mark(elected, dialogue.id) == "elected"
    lead = make_actor(Role.OFFICIAL, dialogue_id=dialogue.id)
    assert rules.mark(lead, dialogue.id) == "official"
    assert rules.mark(lead, other.id) == ""
    assert rules.mark(make_actor(), dialogue.id) == ""


def test_the_window_is_half_open(unit):
    author = make_person()
    row = write(make_container(make_dialogue().id), by=author)
    check = rules.within(timedelta(minutes=30))
    clock.shift(timedelta(minutes=29))
    assert check(actor_of(author), row) is None
    clock.shift(timedelta(minutes=30))
    assert check(actor_of(author), row).code == "late"


def test_figures_are_of_what_everyone_reads(unit):
    box, author = make_container(make_dialogue().id), make_person()
    write(box, by=author)
    write(box, by=author)
    write(box, state=State.HIDDEN)
    write(box, state=State.WAITING)
    service.take_away(write(box))
    assert queries.figures(box.id)[:2] == (2, 1)


def test_moderators_judge_a_text_in_its_place(unit):
    """The queue needs the text and its author: of those that were taken away, what they last said."""
    from app.contributions.subject import subject  # noqa: PLC0415  # a kind that no method has, for this test

    kind = subject("leaf", name="Löv", read=None, address=lambda _row: ("site.front", {}), context=lambda _row: "Var?")
    author = make_person()
    row = write(make_container(make_dialogue().id, "leaf"), "Du är dum", by=author)
    service.take_away(row)
    found = kind.by_review([row.review_id])[row.review_id]
    assert kind.text(found) == "Du är dum"
    assert kind.author(found) == (author.email, "sv", author.id)
    assert kind.personal_data(author.id)[0]["text"] == "Du är dum"
    assert moderation.review(row.review_id) is not None
    assert kind.index_text(found) == ""


def test_nobody_but_those_who_may_reads(unit):
    """The list and the rule agree, row by row."""
    author = make_person()
    mine, closed = make_dialogue(), make_dialogue("idea")
    rows = []
    for place in (mine.id, closed.id, None):
        box = make_container(place)
        for state in State:
            rows += [write(box, state=state), write(box, state=state, by=author)]
            rows.append(write(box, state=state, by=author))
            service.take_away(rows[-1])
    actors = [GUEST, actor_of(author), make_actor(Role.MODERATOR), make_actor(Role.MODERATOR, dialogue_id=mine.id),
              make_actor(Role.OFFICIAL), make_actor(Role.OFFICIAL, dialogue_id=closed.id), make_actor()]  # fmt: skip
    for actor in actors:
        seen = {row.id for row in db.session().scalars(queries.visible_to(actor, KIND))}
        assert seen == {row.id for row in rows if rules.MAY_READ[0](actor, row) is None}


def test_versions_are_numbered_by_the_row(unit):
    row = write(make_container(make_dialogue().id))
    for number in range(3):
        service.change(row, f"Nummer {number}", "sv")
    counted = select(func.count()).select_from(ContributionVersion)
    assert db.session().scalars(counted).one() == 3
    assert db.session().get(Contribution, row.id) is row
