"""Who may write, when; what becomes of a post; and that order is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.contributions.rules import EDIT_WINDOW
from app.contributions.service import AlreadySent, Draft
from app.dialogues.models import Card
from app.dialogues.stages import Stage
from app.levels.discussion.threads import queries, service
from app.levels.discussion.threads.models import Thread
from app.levels.discussion.threads.rules import Do
from app.levels.discussion.threads.service import Overtaken
from app.permissions import GUEST, Refusal, Role, can, refusal
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.threads import make_thread, place, post

FACTS = {"title": "Vad gör gatan trygg?", "lead": "Berätta hur det är i dag.", "reads_first": False}
TEXT = Draft("Mer ljus.", "sv", "Kim")


def open_thread(**fields):
    return make_thread(make_dialogue(level="discussion"), **fields)


def test_a_lead_starts_a_thread_that_has_a_card(unit):
    lead, dialogue = make_actor(Role.OFFICIAL), make_dialogue(level="discussion")
    row = service.start(lead, dialogue, FACTS)
    card = db.session().get(Card, f"thread:{row.id}")
    assert (card.title, card.responses, card.is_input) == (FACTS["title"], 0, True)
    service.change(lead, row, {**FACTS, "title": "Ny rubrik"}, row.version)
    assert card.title == "Ny rubrik"
    with pytest.raises(Overtaken):
        service.change(lead, row, FACTS, row.version - 1)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ELECTED, Role.ADMINISTRATOR, Role.CONTACT_CENTRE])
def test_others_do_not_start_threads(unit, role):
    with pytest.raises(Refusal):
        service.start(make_actor(role), make_dialogue(level="discussion"), FACTS)


def test_a_consultation_has_no_forum(unit):
    with pytest.raises(Refusal, match="level"):
        service.start(make_actor(Role.OFFICIAL), make_dialogue(level="consultation"), FACTS)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.OPEN])
@pytest.mark.parametrize("role", [None, Role.OFFICIAL, Role.MODERATOR, Role.ADMINISTRATOR])
def test_nobody_writes_while_the_dialogue_is_not_open(unit, stage, role):
    row = make_thread(make_dialogue(stage, level="discussion"))
    with pytest.raises(Refusal):
        service.write(make_actor(*([role] if role else [])), row, TEXT)
    assert db.session().scalars(select(func.count()).select_from(Contribution)).one() == 0


def test_a_late_clock_keeps_nothing_open(unit):
    row = open_thread()
    clock.shift(timedelta(days=7))
    assert refusal(make_actor(), Do.WRITE, row).code == "closed"


def test_a_guest_reads_and_does_not_write(unit):
    row = open_thread()
    assert can(GUEST, Do.READ, row)
    assert refusal(GUEST, Do.WRITE, row).sign_in


def test_posts_are_shown_at_once_or_read_first(unit):
    assert post(open_thread()).is_public
    careful = open_thread(reads_first=True)
    assert post(careful).is_waiting
    elected = service.write(make_actor(Role.ELECTED), careful, TEXT)
    assert elected.is_public
    assert str(elected.mark) == "Elected representative"


def test_only_what_everyone_reads_is_answered(unit):
    row = open_thread()
    hidden = place(row, state=State.HIDDEN)
    waiting = place(row, state=State.WAITING)
    removed = place(row)
    engine.take_away(removed)
    for one in (hidden, waiting, removed):
        with pytest.raises(Refusal):
            post(row, parent=one)
    answered = place(row)
    assert post(row, parent=answered).parent_id == answered.id


def test_a_post_of_another_thread_is_not_answered_here(unit):
    with pytest.raises(AlreadySent):  # the constraint refuses it
        post(open_thread(), parent=place(open_thread()))


def test_an_author_changes_within_the_window_and_takes_away_later_too(unit):
    author, row = make_person(), open_thread()
    mine, actor = post(row, by=author), actor_of(author)
    service.change_post(actor, row, mine, "Mer ljus, och bänkar.", "sv")
    assert mine.edited_at is not None
    for other in (GUEST, make_actor(), make_actor(Role.MODERATOR), make_actor(Role.OFFICIAL)):
        assert not can(other, Do.CHANGE_POST, mine)
        assert not can(other, Do.REMOVE_POST, mine)
    clock.shift(EDIT_WINDOW)
    assert refusal(actor, Do.CHANGE_POST, mine).code == "late"
    answer = post(row, parent=mine)
    service.remove_post(actor, row, mine)
    assert (mine.text, mine.removed_at is not None, answer.is_public) == (None, True, True)
    with pytest.raises(Refusal):
        service.remove_post(actor, row, mine)


def test_what_a_moderator_hid_is_neither_changed_nor_taken_away_by_its_author(unit):
    author, row = make_person(), open_thread()
    mine = place(row, by=author, state=State.HIDDEN)
    assert refusal(actor_of(author), Do.CHANGE_POST, mine).code == "hidden"
    assert refusal(actor_of(author), Do.REMOVE_POST, mine).code == "hidden"


def test_a_change_waits_again_where_posts_are_read_first(unit):
    author, row = make_person(), open_thread(reads_first=True)
    mine = place(row, by=author)
    service.change_post(actor_of(author), row, mine, "Något annat", "sv")
    assert mine.is_waiting


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.MODERATOR])
def test_a_lock_stops_writing_and_says_why(unit, role):
    row, keeper = open_thread(), make_actor(role)
    mine = post(row)
    service.lock(keeper, row, "Vi har hört det som sagts.")
    reason = refusal(make_actor(), Do.WRITE, row)
    assert "Vi har hört det som sagts." in str(reason.sentence)
    with pytest.raises(Refusal):
        post(row)
    with pytest.raises(Refusal):
        service.change_post(actor_of(mine.person or make_person()), row, mine, "Sent", "sv")
    service.unlock(keeper, row)
    assert post(row).is_public


def test_a_conclusion_comes_when_nobody_writes_any_more(unit):
    lead, row = make_actor(Role.OFFICIAL), open_thread()
    with pytest.raises(Refusal, match="running"):
        service.conclude(lead, row, "Det blev bänkar.", row.version)
    service.lock(lead, row, "Klart.")
    service.conclude(lead, row, "Det blev **bänkar**. <script>alert(1)</script>", row.version)
    assert "<strong>bänkar</strong>" in row.conclusion_html
    assert "<script>" not in row.conclusion_html
    with pytest.raises(Refusal, match="concluded"):
        service.unlock(lead, row)
    closed = make_thread(make_dialogue(Stage.CLOSED, level="discussion"))
    service.conclude(lead, closed, "Det blev bänkar.", closed.version)
    with pytest.raises(Overtaken):
        service.conclude(lead, closed, "Igen", closed.version - 1)


def test_a_thread_in_which_somebody_wrote_stays(unit):
    lead, empty, written = make_actor(Role.OFFICIAL), open_thread(), open_thread()
    place(written, state=State.HIDDEN)
    service.withdraw(lead, empty)
    assert db.session().get(Card, f"thread:{empty.id}") is None
    assert not can(GUEST, Do.READ, empty)
    with pytest.raises(Refusal, match="written"):
        service.withdraw(lead, written)


def test_counting_disturbs_no_editor(unit):
    row = open_thread()
    post(row)
    place(row, state=State.HIDDEN)
    version = row.version
    service.count_now(row)
    assert (row.posts, row.authors, row.version) == (1, 1, version)
    assert db.session().get(Card, f"thread:{row.id}").responses == 1


def test_lists_show_what_may_be_read(unit):
    lead, first = make_actor(Role.OFFICIAL), make_dialogue(level="discussion")
    for dialogue in (
        first,
        make_dialogue(Stage.IDEA, level="discussion"),
        make_dialogue(Stage.ARCHIVED, level="influence"),
    ):
        row = make_thread(dialogue)
    empty = make_thread(first)
    service.withdraw(lead, empty)
    rows = list(db.session().scalars(select(Thread)))
    for actor in (GUEST, make_actor(), lead, make_actor(Role.MODERATOR, dialogue_id=row.dialogue_id)):
        listed = {one.id for one in db.session().scalars(queries.visible_to(actor))}
        assert listed == {one.id for one in rows if can(actor, Do.READ, one)}


@pytest.mark.race
def test_fifty_send_the_same_form_while_the_thread_is_locked(own_database, the_app):
    """One post or none, and none after the lock."""
    with db.unit():
        row = open_thread()
        actor, keeper = make_actor(), make_actor(Role.MODERATOR)
    draft = Draft("Mer ljus.", "sv", actor.name, form_key="the form")

    def act(position):
        try:
            with the_app.app_context(), db.unit():
                thread, _ = queries.thread_in(row.dialogue_id, row.id)
                if position == 25:
                    service.lock(keeper, thread, "Klart.")
                    return "locked"
                service.write(actor, thread, draft)
        except AlreadySent:
            return "sent before"
        except Refusal as refused:
            return refused.reason.code
        return "written"

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(act, range(50)))
    assert answers.count("written") <= 1
    with db.reading() as session:
        posts = session.scalars(select(Contribution)).all()
        assert len(posts) == answers.count("written")
        locked_at = session.get(Thread, row.id).locked_at
        assert locked_at is not None
