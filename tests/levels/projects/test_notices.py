"""Who is told: followers of status texts, milestones and the end; those who join; whoever leads the project."""

from __future__ import annotations

from datetime import date

import pytest

from app import db
from app.accounts import queries as accounts
from app.contributions.service import Draft
from app.dialogues.stages import Stage
from app.levels.influence.projects import queries, service
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.service import Seen
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.projects import make_member, make_milestone, make_project, make_task
from tests.mailbox import Mailbox


@pytest.fixture
def scene(app):
    """Åsa follows a project; its lead is told of those who ask."""
    with db.unit():
        lead = make_person(Role.OFFICIAL)
        row = make_project(make_dialogue(level="influence"), created_by=lead.id)
        asa = make_person(name="Åsa", language="ar")
        service.follow(actor_of(asa), row)
        actor = actor_of(lead, Role.OFFICIAL)
    return row.id, asa.email, actor, Mailbox(app)


def test_followers_get_status_texts_milestones_and_the_end(scene):
    project_id, address, lead, box = scene
    with db.unit():
        row = queries.project(project_id)
        service.write_status(lead, row, Draft("Bänkarna\nkom i dag.\n\n--\nHacker", "sv", "Anna"))
        service.reach_milestone(lead, row, make_milestone(row, "Bänkarna är på plats", date(2027, 3, 1)))
        service.end(lead, row, "Fjorton bänkar.", row.version)
    news, milestone, end = box.to(address)
    assert "Bänkarna kom i dag. -- Hacker" in news  # one line: nothing in it looks like a part of the mail
    assert f"/projekt/{project_id}/nytt/" in news
    assert f"/projekt/{project_id}#folj" in news
    assert "Bänkarna är på plats" in milestone
    assert "/ar/dialoger/" in end


def test_nobody_is_mailed_their_own_text_and_nobody_after_stopping(scene):
    project_id, address, _lead, box = scene
    with db.unit():
        row = queries.project(project_id)
        member = make_member(row)
        reader = actor_of(accounts.person_at(address))
        service.follow(actor_of(member), row)
        service.write_status(actor_of(member), row, Draft("Nytt.", "sv", "Åsa"))
    assert (len(box.to(address)), box.to(member.email)) == (1, [])
    with db.unit():
        service.unfollow(reader, queries.project(project_id))
        service.write_status(actor_of(member), queries.project(project_id), Draft("Mer.", "sv", "Åsa"))
    assert len(box.to(address)) == 1


def test_a_text_that_waits_is_told_when_it_is_shown_and_once(scene):
    project_id, address, _lead, box = scene
    with db.unit():
        row = queries.project(project_id)
        row.reads_first = True
        status = service.write_status(actor_of(make_member(row)), row, Draft("Nytt.", "sv", "Åsa"))
        review_id = status.review_id
    assert box.to(address) == []
    moderator = None
    for act in ("show", "hide", "show"):
        with db.unit():
            moderator = moderator or make_actor(Role.MODERATOR)
            item = moderation.item(review_id, moderator)
            more = {"ground": "insult"} if act == "hide" else {}
            getattr(moderators, act)(moderator, item, Seen(item.review.version), **more)
    assert len(box.to(address)) == 1


def test_the_lead_hears_who_asks_and_they_hear_the_answer(scene):
    project_id, _address, lead, box = scene
    with db.unit():
        row = queries.project(project_id)
        yes, no = make_actor(), make_actor()
        service.join(yes, row, "Åsa")
        service.join(no, row, "Bo")
        service.admit(lead, row, yes.person_id)
        service.decline(lead, row, no.person_id)
        service.remove(lead, row, yes.person_id, "Skrev om grannar.")
    assert f"/arbetsyta/dialoger/{row.dialogue_id}/projekt/{project_id}/deltagare" in box.to(lead.email)[0]
    assert len(box.to(yes.email)) == 2
    assert "Skrev om grannar." in box.to(yes.email)[1]
    assert len(box.to(no.email)) == 1


def test_an_invitation_goes_to_whoever_has_the_address_and_not_before_the_dialogue_is_public(scene):
    project_id, _address, lead, box = scene
    with db.unit():
        known = make_person(language="ar")
        for email in ("ny@example.org", known.email, "ny@example.org"):
            service.invite(lead, queries.project(project_id), email)
        hidden = make_project(make_dialogue(Stage.PREPARED, level="influence"))
        with pytest.raises(Refusal):
            service.invite(lead, hidden, "ny@example.org")
    assert len(box.to("ny@example.org")) == 1
    assert "/ar/" in box.to(known.email)[0]


def test_a_hidden_task_is_told_to_its_writer_and_no_longer_counted(scene):
    project_id, _address, _lead, box = scene
    with db.unit():
        row = queries.project(project_id)
        writer = make_member(row)
        task = make_task(row, by=writer, title="Dumt skrivet")
        moderator = make_actor(Role.MODERATOR)
        item = moderation.item(task.review_id, moderator)
        moderators.hide(moderator, item, Seen(item.review.version), ground="insult")
    assert "Bänkar längs Storgatan" in box.to(writer.email)[0]
    with db.reading():
        assert queries.numbers(project_id).tasks == 0
