"""Projects and their people: who starts, joins, leaves and follows, and what the stage of the dialogue allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.accounts.models import Person
from app.contributions.service import AlreadySent, Draft
from app.dialogues.models import Card
from app.dialogues.problems import Overtaken
from app.dialogues.stages import Stage
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.models import Follower, Invitation, Member, Project, Task
from app.levels.influence.projects.rules import GOES_ON, Do
from app.levels.influence.projects.service import Gone
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.service import Seen
from app.permissions import GUEST, Refusal, Role, can, refusal
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.projects import FACTS, make_member, make_milestone, make_project, make_task, place_status

NEWS = Draft("Bänkarna är beställda.", "sv", "Åsa")


def running(stage: Stage = Stage.OPEN, **fields) -> Project:
    return make_project(make_dialogue(stage, level="influence"), **fields)


def test_a_lead_starts_a_project_that_has_a_card(unit):
    lead = make_actor(Role.OFFICIAL)
    row = service.start(lead, make_dialogue(level="influence"), FACTS)
    card = db.session().get(Card, f"project:{row.id}")
    assert (card.title, card.sentence, card.responses, card.is_input) == (FACTS["title"], FACTS["lead"], 0, True)
    service.change(lead, row, {**FACTS, "title": "Fler bänkar"}, row.version)
    assert card.title == "Fler bänkar"
    with pytest.raises(Overtaken):
        service.change(lead, row, FACTS, row.version - 1)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ELECTED, Role.ADMINISTRATOR, Role.CONTACT_CENTRE])
def test_others_do_not_start_projects(unit, role):
    with pytest.raises(Refusal):
        service.start(make_actor(role), make_dialogue(level="influence"), FACTS)


@pytest.mark.parametrize("level", ["consultation", "discussion"])
def test_projects_are_for_influence_and_above(unit, level):
    with pytest.raises(Refusal, match="level"):
        service.start(make_actor(Role.OFFICIAL), make_dialogue(level=level), FACTS)
    assert service.start(make_actor(Role.OFFICIAL), make_dialogue(level="codecision"), FACTS).id


def test_somebody_asks_is_let_in_and_follows(unit):
    row, lead, asker = running(), make_actor(Role.OFFICIAL), make_actor()
    me = service.join(asker, row, "Åsa", "Jag kan snickra.")
    assert not me.is_in
    assert refusal(asker, Do.JOIN, row).code == "asked"
    assert not can(asker, Do.ADD_TASK, row)
    service.admit(lead, row, asker.person_id)
    assert (me.is_in, me.message, queries.follows(row.id, asker.person_id)) == (True, "", True)
    assert refusal(asker, Do.JOIN, row).code == "member"
    assert can(asker, Do.ADD_TASK, row)
    with pytest.raises(Gone):
        service.admit(lead, row, asker.person_id)


def test_whoever_is_told_no_is_forgotten_and_may_ask_again(unit):
    row, lead, asker = running(), make_actor(Role.OFFICIAL), make_actor()
    service.join(asker, row, "Åsa")
    service.decline(lead, row, asker.person_id)
    assert queries.member(row.id, asker.person_id) is None
    with pytest.raises(Gone):
        service.decline(lead, row, asker.person_id)
    assert can(asker, Do.JOIN, row)


def test_the_invited_are_in_at_once_however_their_address_is_written(unit):
    row, lead, guest = running(), make_actor(Role.OFFICIAL), make_actor()
    service.invite(lead, row, guest.email.upper())
    service.invite(lead, row, guest.email)
    assert len(queries.waiting(row.id).invited) == 1
    assert service.join(guest, row, "").is_in
    assert db.session().scalars(select(Invitation)).all() == []


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.ADMINISTRATOR, Role.ELECTED])
def test_only_the_lead_lets_people_in(unit, role):
    row, asker = running(), make_person()
    make_member(row, asker, is_in=False)
    somebody = make_actor(*([role] if role else []))
    for act in (service.admit, service.decline):
        with pytest.raises(Refusal):
            act(somebody, row, asker.id)
    with pytest.raises(Refusal):
        service.invite(somebody, row, "ny@example.se")
    with pytest.raises(Refusal):
        service.remove(somebody, row, asker.id, "Nej")


def test_leaving_frees_what_one_had_taken_on_and_ends_the_mails(unit):
    row, person = running(), make_person()
    make_member(row, person)
    service.follow(actor_of(person), row)
    task = make_task(row, owner_id=person.id)
    service.leave(actor_of(person), row)
    assert (task.owner_id, queries.member(row.id, person.id), queries.follows(row.id, person.id)) == (None, None, False)
    with pytest.raises(Refusal):
        service.leave(actor_of(person), row)


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CLOSED, Stage.ARCHIVED, Stage.CANCELLED])
def test_one_may_leave_and_stop_following_at_any_time(unit, stage):
    row = running(stage)
    person = make_member(row)
    db.session().add(Follower(project_id=row.id, person_id=person.id, since=clock.now()))
    service.unfollow(actor_of(person), row)
    service.leave(actor_of(person), row)
    assert queries.numbers(row.id)[2:] == (0, 0)


def test_somebody_is_taken_out_with_a_reason(unit):
    row, lead = running(), make_actor(Role.OFFICIAL)
    person = make_member(row)
    task = make_task(row, owner_id=person.id)
    service.remove(lead, row, person.id, "Skrev om grannar.")
    assert (queries.member(row.id, person.id), task.owner_id) == (None, None)
    with pytest.raises(Gone):
        service.remove(lead, row, person.id, "Igen")


def test_following_twice_is_once_and_stopping_twice_is_fine(unit):
    row, reader = running(), make_actor()
    for _ in range(2):
        service.follow(reader, row)
    assert queries.numbers(row.id).followers == 1
    for _ in range(2):
        service.unfollow(reader, row)
    assert queries.numbers(row.id).followers == 0
    assert refusal(GUEST, Do.FOLLOW, row).sign_in


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.OPEN])
def test_new_people_and_new_tasks_come_while_the_dialogue_is_open(unit, stage):
    row = running(stage)
    member = actor_of(make_member(row))
    assert not can(make_actor(), Do.JOIN, row)
    assert not can(member, Do.ADD_TASK, row)


@pytest.mark.parametrize("stage", list(Stage))
def test_what_was_taken_on_goes_on_until_the_evaluation(unit, stage):
    row = running(stage)
    person = make_member(row)
    task = make_task(row, owner_id=person.id)
    free, member = make_task(row), actor_of(person)
    goes_on = stage in GOES_ON.stages
    assert can(member, Do.PROGRESS, task) == goes_on
    assert can(member, Do.CLAIM, free) == goes_on
    assert can(member, Do.WRITE_STATUS, row) == goes_on
    if not goes_on and can(member, Do.READ, row):
        assert "until it has been evaluated" in str(refusal(member, Do.PROGRESS, task).sentence)


def test_a_late_clock_takes_in_nobody(unit):
    row = running()
    clock.shift(timedelta(days=8))
    assert refusal(make_actor(), Do.JOIN, row).code == "closed"


def test_an_ended_project_is_read_only(unit):
    row, lead = running(), make_actor(Role.OFFICIAL)
    member, asker = actor_of(make_member(row)), make_member(row, is_in=False)
    task = make_task(row)
    db.session().add(
        Invitation(project_id=row.id, email="a@b.se", email_key="a@b.se", language="sv", invited_at=clock.now())
    )
    db.session().flush()
    with pytest.raises(Overtaken):
        service.end(lead, row, "Fjorton bänkar.", row.version - 1)
    service.end(lead, row, "Fjorton bänkar.", row.version)
    assert queries.member(row.id, asker.id) is None
    assert db.session().scalars(select(Invitation)).all() == []
    for do, subject in ((Do.JOIN, row), (Do.FOLLOW, row), (Do.WRITE_STATUS, row), (Do.CLAIM, task), (Do.ADD_TASK, row)):
        assert refusal(member, do, subject).code == "ended"
    for do in (Do.CHANGE, Do.PLAN, Do.ADMIT, Do.END):
        assert refusal(lead, do, row).code == "ended"
    assert db.session().get(Card, f"project:{row.id}").is_input is False


def test_a_project_that_somebody_joined_or_wrote_in_stays(unit):
    lead, empty, joined, written, planned = make_actor(Role.OFFICIAL), *(running() for _ in range(4))
    make_task(empty, by=make_person(Role.OFFICIAL))
    make_task(planned, by=make_person())  # by somebody who has left since
    make_member(joined)
    place_status(written, state=State.HIDDEN)
    service.withdraw(lead, empty)
    assert db.session().get(Card, f"project:{empty.id}") is None
    assert not can(GUEST, Do.READ, empty)
    for row in (joined, written, planned):
        with pytest.raises(Refusal, match="touched"):
            service.withdraw(lead, row)


def test_a_ruling_brings_no_card_back_to_a_project_that_is_gone(app):
    with db.unit():
        row, moderator = running(), make_actor(Role.MODERATOR)
        task = make_task(row)
        service.withdraw(make_actor(Role.OFFICIAL), row)
        item = moderation.item(task.review_id, moderator)
        moderators.hide(moderator, item, Seen(task.review.version), ground="insult")
    with db.reading() as session:
        assert session.get(Card, f"project:{row.id}") is None


def test_milestones_are_planned_changed_reached_and_taken_away(unit):
    row, lead = running(), make_actor(Role.OFFICIAL)
    one = service.plan_milestone(lead, row, "Platserna är valda", date(2027, 3, 1))
    service.change_milestone(lead, row, one, "Alla platser är valda", date(2027, 2, 1), one.version)
    with pytest.raises(Overtaken):
        service.change_milestone(lead, row, one, "Igen", date(2027, 2, 1), one.version - 1)
    service.reach_milestone(lead, row, one)
    first = one.reached_at
    service.reach_milestone(lead, row, one)
    assert (one.reached_at, queries.milestones(row.id)) == (first, [one])
    other = make_milestone(row)
    service.remove_milestone(lead, row, other)
    assert queries.milestones(row.id) == [one]
    with pytest.raises(Refusal):
        service.plan_milestone(actor_of(make_member(row)), row, "Mitt", date(2027, 3, 1))


def test_members_and_officials_write_status_texts_and_others_do_not(unit):
    row = running()
    member = actor_of(make_member(row))
    assert service.write_status(member, row, NEWS).is_public
    assert service.write_status(make_actor(Role.OFFICIAL), row, NEWS).role == Role.OFFICIAL
    for other in (GUEST, make_actor(), make_actor(Role.MODERATOR), make_actor(Role.ADMINISTRATOR)):
        with pytest.raises(Refusal):
            service.write_status(other, row, NEWS)


def test_a_status_text_waits_where_a_moderator_reads_first_and_is_sent_once(unit):
    row = running(reads_first=True)
    member = actor_of(make_member(row))
    draft = Draft("Nytt.", "sv", "Åsa", form_key="the form")
    status = service.write_status(member, row, draft)
    assert status.is_waiting
    with pytest.raises(AlreadySent):
        service.write_status(member, row, draft)


def test_an_author_changes_and_takes_away_and_nobody_else_does(unit):
    row = running()
    author = make_member(row)
    status = place_status(row, by=author)
    service.change_status(actor_of(author), row, status, "Det går mycket bra.", "sv")
    for other in (GUEST, make_actor(), make_actor(Role.MODERATOR), make_actor(Role.OFFICIAL)):
        assert not can(other, Do.CHANGE_STATUS, status)
        assert not can(other, Do.REMOVE_STATUS, status)
    service.remove_status(actor_of(author), row, status)
    assert status.text is None


def test_lists_show_what_may_be_read(unit):
    lead = make_actor(Role.OFFICIAL)
    rows = [running(stage) for stage in (Stage.OPEN, Stage.IDEA, Stage.ARCHIVED)]
    author = make_person()
    for row in rows:
        for state in State:
            make_task(row, state=state, by=author)
    tasks = list(db.session().scalars(select(Task)))
    for actor in (GUEST, make_actor(), actor_of(author), lead, make_actor(Role.MODERATOR)):
        listed = {one.id for one in db.session().scalars(queries.visible_to(actor))}
        assert listed == {one.id for one in rows if can(actor, Do.READ, one)}
        seen = {one.id for one in db.session().scalars(queries.tasks_visible_to(actor))}
        assert seen == {one.id for one in tasks if can(actor, Do.READ_TASK, one)}


def test_what_is_kept_of_a_person_is_all_said(unit):
    row, person = running(), make_person()
    make_member(row, person, name="Åsa från Jung")
    make_task(row, owner_id=person.id, by=person)
    service.follow(actor_of(person), row)
    service.invite(make_actor(Role.OFFICIAL), running(), person.email)
    kept = queries.kept_of(person.id)
    assert {name for one in kept for name in one} >= {"standing", "since", "owns_task", "email"}
    assert "Åsa från Jung" in str(kept)
    assert [one["title"] for one in queries.tasks_written_by(person.id)] == ["Fråga apoteket"]
    (own,) = queries.own(person.id)
    assert (own.title, str(own.state)) == (row.title, "You are a member")
    assert queries.kept_of(make_person().id) == []


def test_participants_are_members_followers_and_authors_once_each(unit):
    row = running()
    member = make_member(row)
    service.follow(actor_of(member), row)
    reader, author, blocked = make_actor(), make_person(), make_person()
    service.follow(reader, row)
    place_status(row, by=author)
    make_member(row, blocked)
    blocked.blocked_at, blocked.block_reason = clock.now(), "Skräp"
    told = {one.person_id for one in queries.participants(row.dialogue_id)}
    assert told == {member.id, reader.person_id, author.id}
    assert db.session().get(Person, blocked.id) is not None
    assert db.session().get(Member, (row.id, blocked.id)) is not None
