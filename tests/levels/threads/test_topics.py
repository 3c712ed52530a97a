"""Residents start threads of their own where the lead lets them: heading and first post are judged as one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.audit import AuditEntry
from app.contributions import queries as contributions
from app.contributions.service import Draft
from app.dialogues.models import Card, Dialogue
from app.dialogues.stages import Stage
from app.levels.discussion.threads import queries, service
from app.levels.discussion.threads.models import ForumRule, Starts, Thread, Topic
from app.levels.discussion.threads.rules import Do
from app.levels.discussion.threads.service import HIDDEN_TITLE
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.service import Seen
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import GUEST, Refusal, Role, can, refusal
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.threads import make_thread, post
from tests.visitor import Visitor

TITLE, TEXT = "Var ska snön ligga?", "Gatan blir smalare med träd."


def forum(starts: Starts | None = Starts.READ_FIRST, stage: Stage = Stage.OPEN) -> Dialogue:
    dialogue = make_dialogue(stage, level="discussion")
    if starts is not None:
        db.session().add(ForumRule(dialogue_id=dialogue.id, starts=starts, said_at=clock.now()))
        db.session().flush()
    return dialogue


def propose(dialogue: Dialogue, key: str = "a form", actor=None) -> Topic:
    return service.propose(actor or make_actor(), dialogue, TITLE, Draft(TEXT, "sv", "Kim", form_key=key))


def judge(row: Topic, how: str, **ground: str) -> None:
    moderator = make_actor(Role.MODERATOR)
    review = contributions.contribution(row.post_id).review
    item = moderation.item(review.id, moderator)
    getattr(moderators, how)(moderator, item, Seen(review.version), **ground)


@pytest.fixture
def visited(the_app, isolated):
    """A dialogue whose forum lets residents start threads that a moderator reads first, its address, and a resident."""
    with the_app.test_request_context(), db.unit():
        dialogue, person = forum(), make_person(name="Åsa Öberg")
    return dialogue, f"/dialoger/{dialogue.id}-drottninggatan/forum", Visitor(the_app).sign_in_as(person)


@pytest.mark.parametrize("starts", [None, Starts.LEADS])
def test_where_nothing_is_said_the_leads_start_threads(unit, starts):
    dialogue = forum(starts)
    assert refusal(make_actor(), Do.PROPOSE, dialogue).code == "leads_start"
    with pytest.raises(Refusal):
        propose(dialogue)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.OPEN])
def test_nobody_starts_one_while_the_dialogue_is_not_open(unit, stage):
    with pytest.raises(Refusal):
        propose(forum(Starts.AT_ONCE, stage))


def test_a_guest_is_asked_to_sign_in(unit):
    assert refusal(GUEST, Do.PROPOSE, forum()).sign_in


def test_a_lead_sets_the_rule_and_others_do_not(unit):
    dialogue = forum(None)
    service.set_rule(make_actor(Role.OFFICIAL), dialogue, Starts.AT_ONCE)
    service.set_rule(make_actor(Role.OFFICIAL), dialogue, Starts.READ_FIRST)
    assert queries.starts_in(dialogue.id) is Starts.READ_FIRST
    for role in (Role.MODERATOR, Role.ELECTED, Role.ADMINISTRATOR):
        assert not can(make_actor(role), Do.SET_RULE, dialogue)


def test_shown_at_once_it_is_a_thread_with_its_first_post_and_a_card(unit):
    row = propose(forum(Starts.AT_ONCE))
    thread = queries.thread(row.id)
    assert (thread.title, thread.reads_first, thread.created_by) == (TITLE, False, None)
    assert db.session().get_one(Card, f"thread:{row.id}").title == TITLE
    assert contributions.contribution(row.post_id).is_public
    assert post(thread).is_public


def test_read_first_it_is_a_thread_once_a_moderator_has_shown_it(app):
    with db.unit():
        row = propose(forum())
        assert queries.thread(row.id) is None
        assert queries.in_dialogue(row.dialogue_id).rows == []
        waiting = contributions.contribution(row.post_id)
        assert waiting.is_waiting
        assert queries.whole_text(waiting) == f"{TITLE}\n\n{TEXT}"
        assert queries.heading_of(waiting) == TITLE
        judge(row, "show")
    with db.unit():
        thread = queries.thread(row.id)
        assert (thread.title, thread.reads_first) == (TITLE, True)
        assert contributions.contribution(row.post_id).shown_at is not None
        judge(row, "hide", ground="insult")
        assert queries.thread(row.id).title == HIDDEN_TITLE
        assert db.session().get_one(Card, f"thread:{row.id}").title == HIDDEN_TITLE
        judge(row, "show")
        assert queries.thread(row.id).title == TITLE


def translated(row: Topic) -> list[str]:
    mine = select(Translation.language).filter_by(subject=f"thread:{row.id}", field="title")
    return sorted(db.session().scalars(mine))


def translate(row: Topic) -> None:
    for status, language in ((Status.REVIEWED, "ar"), (Status.MACHINE, "en"), (Status.DRAFT, "en")):
        db.session().add(
            Translation(
                subject=f"thread:{row.id}", field="title", language=language, status=status, text="KANARIE",
                source_version=digest(TITLE), source_text=TITLE, written_at=clock.now(),
            )
        )  # fmt: skip
    db.session().flush()


def test_a_hidden_heading_is_hidden_in_every_language(the_app, visitor, isolated):
    with the_app.test_request_context(), db.unit():
        row = propose(forum(Starts.AT_ONCE))
        translate(row)
        other = propose(forum(Starts.AT_ONCE))
        translate(other)
    address = f"/ar/dialoger/{row.dialogue_id}-drottninggatan/forum"
    assert "KANARIE" in visitor.get(address).words
    with the_app.test_request_context(), db.unit():
        judge(row, "hide", ground="insult")
        assert (translated(row), translated(other)) == ([], ["ar", "en", "en"])
    assert "KANARIE" not in visitor.get(address).words
    with the_app.test_request_context(), db.unit():
        translate(row)  # of what stands there now, which is not the heading
        judge(row, "show")
        assert queries.thread(row.id).title == TITLE
        assert translated(row) == []


def test_the_heading_goes_with_the_first_post_that_its_author_takes_away(app):
    with db.unit():
        author = make_actor()
        row = propose(forum(Starts.AT_ONCE), actor=author)
        translate(row)
        thread = queries.thread(row.id)
        later = post(thread)
        service.remove_post(actor_of(later.person), thread, later)
        assert thread.title == TITLE
        service.remove_post(author, thread, contributions.contribution(row.post_id))
        assert thread.title == HIDDEN_TITLE
        assert db.session().get_one(Card, f"thread:{row.id}").title == HIDDEN_TITLE
        assert translated(row) == []
        concealed = db.session().scalars(select(AuditEntry).filter_by(event="TopicConcealed")).one()
        assert concealed.actor_id == author.person_id
        judge(row, "hide", ground="insult")
    with db.unit():
        judge(row, "show")
        assert queries.thread(row.id).title == HIDDEN_TITLE


def test_the_log_never_has_a_residents_heading(app):
    with db.unit():
        author = make_actor()
        row = propose(forum(), actor=author)
        judge(row, "show")
        thread = queries.thread(row.id)
        post(thread)
        judge(row, "hide", ground="insult")
        judge(row, "show")
        lead = make_actor(Role.OFFICIAL)
        service.lock(lead, thread, "Klart.")
        service.unlock(lead, thread)
        logged = {entry.event: str(entry.facts) for entry in db.session().scalars(select(AuditEntry))}
        assert {"TopicProposed", "ThreadStarted", "PostWritten", "PostShown", "ThreadLocked"} <= logged.keys()
        assert TITLE not in str(logged)
        assert f"#{row.id}" in logged["ThreadStarted"]
        facts = {"title": "Snö på gatan", "lead": "Om vintern.", "reads_first": False}
        service.change(lead, thread, facts, thread.version)
        changed = db.session().scalars(select(AuditEntry).filter_by(event="ThreadChanged").order_by(AuditEntry.id))
        assert changed.all()[-1].facts["title"] == "Snö på gatan"


def test_nobody_fills_a_forum_alone(visited):
    _dialogue, address, resident = visited
    for status in (200, 200, 200, 429):
        resident.get(address + "/ny")
        assert resident.submit({"title": "", "text": TEXT}).status == 422  # not counted as a thread
        assert resident.submit({"title": f"Snö {status}", "text": TEXT}).status == status
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Topic)).one() == 3


def test_what_was_started_last_stands_first_and_every_thread_is_reached(the_app, visitor, visited):
    dialogue, address, _resident = visited
    many = queries.PAGE + 2
    with the_app.test_request_context(), db.unit():
        for number in range(many):
            make_thread(dialogue, title=f"Fråga {number:03}")
        lead = make_person(Role.OFFICIAL)
        assert len({item.subject for item in queries.translatable(dialogue.id)}) == many
    desk = f"/arbetsyta/dialoger/{dialogue.id}/forum"
    for browser, first in ((visitor, address), (Visitor(the_app).sign_in_as(lead), desk)):
        page = browser.get(first)
        assert f"Fråga {many - 1:03}" in page.words
        assert "Fråga 001" not in page.words
        onward = next(link for link in page.links() if "fore=" in link)
        page = browser.get(onward)
        assert "Fråga 000" in page.words
        assert "Fråga 001" in page.words
        assert "Fråga 002" not in page.words
        assert not [link for link in page.links() if "fore=" in link]
        for odd in ("x", "99999999999", "9999999999", "-1", "٣"):
            assert browser.get(f"{first}?fore={odd}").status == 200


def test_what_is_hidden_before_it_was_shown_becomes_no_thread(app):
    with db.unit():
        row = propose(forum())
        judge(row, "hide", ground="spam")
        assert queries.thread(row.id) is None


def test_a_heading_that_the_lead_has_mended_stays(app):
    with db.unit():
        row = propose(forum(Starts.AT_ONCE))
        thread = queries.thread(row.id)
        facts = {"title": "Snö på gatan", "lead": "Om vintern.", "reads_first": False}
        service.change(make_actor(Role.OFFICIAL), thread, facts, thread.version)
        judge(row, "hide", ground="insult")
        assert queries.thread(row.id).title == "Snö på gatan"


def test_the_same_form_counts_once(unit):
    dialogue, actor = forum(), make_actor()
    assert propose(dialogue, "one", actor).id == propose(dialogue, "one", actor).id
    assert propose(dialogue, "two", actor).id != propose(dialogue, "one", actor).id


def test_ones_own_page_lists_what_waits(unit):
    person = make_person()
    propose(forum(), actor=actor_of(person))
    (own,) = queries.own(person.id)
    assert (own.title, own.address[0], own.tone) == (TITLE, "threads.index", "now")


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_a_resident_starts_a_thread_that_waits_and_then_is_read(the_app, visitor, visited, prefix):
    _dialogue, address, resident = visited
    assert "Set-Cookie" not in visitor.get(prefix + address).headers
    resident.get(prefix + address)
    resident.get(prefix + address + "/ny")
    page = resident.submit({"title": TITLE, "text": TEXT})
    assert page.status == 200
    assert TITLE in page.words  # to the one who wrote it
    assert TITLE not in visitor.get(prefix + address).words
    with db.unit():
        row = db.session().scalars(select(Topic)).one()
        judge(row, "show")
    assert TITLE in visitor.get(prefix + address).words
    page = visitor.get(f"{prefix}{address}/{row.id}")
    assert TEXT in page.words
    assert "Åsa Öberg" in page.words


def test_what_is_wrong_is_said_and_kept(visited):
    _dialogue, address, resident = visited
    resident.get(address + "/ny")
    page = resident.submit({"title": "", "text": TEXT})
    assert page.status == 422
    assert "Write a heading." in page.words
    assert TEXT in page.text
    assert resident.submit({"title": TITLE, "text": ""}).status == 422


def test_the_moderator_reads_heading_and_text(the_app, visited):
    _dialogue, address, resident = visited
    resident.get(address + "/ny")
    resident.submit({"title": TITLE, "text": TEXT})
    with db.unit():
        moderator = make_person(Role.MODERATOR)
    page = Visitor(the_app).sign_in_as(moderator).get("/moderering")
    assert TITLE in page.words
    assert TEXT in page.words


def test_the_lead_changes_the_rule_on_a_page(the_app, visited):
    dialogue, address, resident = visited
    with db.unit():
        lead = make_person(Role.OFFICIAL)
    desk = Visitor(the_app).sign_in_as(lead)
    here = f"/arbetsyta/dialoger/{dialogue.id}/forum"
    assert "A moderator reads what they write before it is shown." in desk.get(here).words
    desk.get(here + "/regel")
    assert "Only those who hold the dialogue" in desk.submit({"starts": "leads"}).words
    assert desk.post(here + "/regel", {"starts": "x"}).status in (400, 422)
    assert resident.get(address + "/ny").status == 403
    assert "/forum/ny" not in " ".join(resident.get(address).links())


@pytest.mark.race
def test_fifty_presses_of_one_button_start_one_thread(the_app, own_database):
    with the_app.app_context(), db.unit():
        dialogue, actor = forum(Starts.AT_ONCE), make_actor()

    def press(_):
        with the_app.app_context(), db.unit():
            return propose(db.session().get_one(Dialogue, dialogue.id), "one form", actor).id

    with ThreadPoolExecutor(25) as pool:
        assert len(set(pool.map(press, range(50)))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Thread)).one() == 1
        assert contributions.contribution(session.scalars(select(Topic.post_id)).one()).review.state == State.SHOWN
