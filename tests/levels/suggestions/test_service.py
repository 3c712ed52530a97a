"""Who may do what with boxes and suggestions, when; what becomes of a case; what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app import jobs as run_jobs
from app.audit import AuditEntry
from app.contributions.service import AlreadySent
from app.dialogues.models import Card
from app.dialogues.stages import Stage
from app.files.models import StoredFile
from app.files.service import Upload, sweep
from app.jobs import Job
from app.levels.consultation.suggestions import jobs, notices, queries, service
from app.levels.consultation.suggestions.events import SuggestionSent, SuggestionStatusSet
from app.levels.consultation.suggestions.models import (
    CLOSING,
    Status,
    StepChanged,
    Suggestion,
    SuggestionDraft,
    SuggestionPicture,
)
from app.levels.consultation.suggestions.rules import Do
from app.levels.consultation.suggestions.service import AlreadyThere, Overtaken, Place, Taken
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.rules import OWN_TEXT
from app.moderation.service import AlreadyDecided, Seen
from app.permissions import GUEST, Refusal, Role, can, refusal
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.pictures import jpeg
from tests.factories.suggestions import make_box, send, show, written


def release(case: Suggestion, by=None):
    row = case.contribution
    service.release(by or make_actor(Role.OFFICIAL), row, row.review.version)
    return row


def test_an_official_opens_a_call_that_has_a_card(unit):
    lead, dialogue = make_actor(Role.OFFICIAL), make_dialogue(level="consultation")
    box = service.open_box(lead, Place(dialogue.id), "Förslag", "Vad vill du?")
    card = db.session().get(Card, f"suggestion_box:{box.id}")
    assert (card.title, card.is_input, card.responses) == ("Förslag", True, 0)
    with pytest.raises(Overtaken):
        service.change_box(lead, box, "Andra", "Text", box.version + 1)
    service.shut_box(lead, box, "Paus")
    assert not card.is_input
    assert refusal(GUEST, Do.SEND, box).code == "shut"
    service.open_again(lead, box)
    assert can(GUEST, Do.SEND, box)


def test_there_is_one_standing_box(unit):
    make_box()
    with pytest.raises(AlreadyThere):
        service.open_box(make_actor(Role.OFFICIAL), Place(None), "Andra", "Lådan")


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ELECTED, Role.CONTACT_CENTRE, Role.ADMINISTRATOR])
def test_others_open_no_box(unit, role):
    with pytest.raises(Refusal):
        service.open_box(make_actor(role), Place(None), "Lådan", "Text")


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.OPEN])
@pytest.mark.parametrize("who", [None, Role.OFFICIAL, Role.CONTACT_CENTRE, Role.ADMINISTRATOR])
def test_a_call_takes_nothing_while_the_dialogue_is_not_open(unit, stage, who):
    box = make_box(make_dialogue(stage, level="consultation"))
    actor = make_actor(who) if who else GUEST
    with pytest.raises(Refusal):
        service.send(actor, box, written())
    with pytest.raises(Refusal):
        service.register(actor, box, written(channel="phone"))


def test_a_suggestion_waits_gets_a_code_and_a_due_date_and_the_log_names_nobody(unit):
    person = make_person(name="Ove Sand")
    case = send(make_box(), by=actor_of(person), wants="mail")
    assert len(case.receipt) == 11
    assert set(case.receipt) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ-")
    assert (case.status, case.contribution.is_waiting) == ("received", True)
    assert case.due_on > clock.today() + timedelta(days=12)
    assert not can(GUEST, Do.READ_SUGGESTION, case.contribution)
    assert can(actor_of(person), Do.READ_SUGGESTION, case.contribution)
    entry = db.session().scalars(select(AuditEntry).where(AuditEntry.event == "SuggestionSent")).one()
    assert entry.actor_id is None
    assert "bänken" not in str(entry.facts)


def test_a_form_that_is_sent_twice_counts_once(unit):
    box = make_box()
    send(box, key="a")
    with pytest.raises(AlreadySent):
        send(box, key="a")


def test_what_staff_register_is_never_theirs(unit):
    clerk = make_actor(Role.CONTACT_CENTRE)
    case = service.register(clerk, make_box(), written(channel="phone", wants="phone", phone="0512-1"))
    row = case.contribution
    assert (row.person_id, row.registered_by, row.channel, row.name) == (None, clerk.person_id, "phone", "")
    assert not can(make_actor(), Do.REGISTER, case.contribution)
    with pytest.raises(Refusal):
        service.register(make_actor(Role.MODERATOR), queries.box_in(None), written(channel="paper"))


def test_a_person_releases_it_once_and_its_sender_is_told(unit):
    box = make_box()
    case = send(box, "Sätt upp en lampa.", wants="mail", email="ida@example.se")
    with pytest.raises(Refusal):
        service.release(make_actor(Role.CONTACT_CENTRE), case.contribution, 1)
    version = case.contribution.review.version
    row = release(case)
    assert row.is_public
    assert row.shown_at is not None
    with pytest.raises((AlreadyDecided, Refusal)):
        service.release(make_actor(Role.OFFICIAL), row, version)
    told = db.session().scalars(select(Job).where(Job.kind.like("%notif%") | Job.kind.like("mail%"))).all()
    assert told


def test_a_moderator_hides_it_and_its_handlers_still_read_it(unit):
    row = release(send(make_box(), "Sätt upp en lampa."))
    item = moderation.items_of([row.review])[0]
    moderators.hide(make_actor(Role.MODERATOR), item, Seen(row.review.version), ground="insult")
    assert not can(GUEST, Do.READ_SUGGESTION, row)
    assert can(make_actor(Role.OFFICIAL), Do.READ_SUGGESTION, row)


@pytest.mark.parametrize("status", CLOSING)
def test_a_closing_always_has_a_text(unit, status):
    lead, case = make_actor(Role.OFFICIAL), send(make_box())
    with pytest.raises(ValueError, match="text"):
        service.set_status(lead, case.contribution, status, "  ", case.version)
    service.set_status(lead, case.contribution, status, "Därför.", case.version)
    assert case.is_closed
    assert [one.row.status for one in queries.steps(case.id)] == ["received", status]


def test_what_was_said_is_never_changed_and_a_case_can_be_taken_up_again(unit):
    lead, case = make_actor(Role.OFFICIAL), send(make_box())
    step = service.set_status(lead, case.contribution, Status.DECLINED, "Nej.", case.version)
    service.set_status(lead, case.contribution, Status.IN_PROGRESS, "", case.version)
    assert not case.is_closed
    step.text = "Ja."
    with pytest.raises(StepChanged):
        db.session().flush()
    db.session().rollback()


def test_a_case_is_claimed_given_and_moved(unit):
    lead, other = make_actor(Role.OFFICIAL), make_actor(Role.OFFICIAL)
    case = send(make_box())
    row = case.contribution
    service.claim(lead, row)
    assert case.assigned_to == lead.person_id
    with pytest.raises(Taken):
        service.claim(other, row)
    with pytest.raises(Overtaken):
        service.assign(lead, row, other.person_id, case.version - 1)
    service.assign(lead, row, other.person_id, case.version)
    assert case.assigned_to == other.person_id
    service.move(other, row, "gator", case.version)
    assert (case.matter, case.assigned_to) == ("gator", None)
    service.note(other, row, "Ring tillbaka.")
    assert [one.row.text for one in queries.notes(row.id)] == ["Ring tillbaka."]


@pytest.mark.parametrize("role", [Role.CONTACT_CENTRE, Role.MODERATOR, Role.ELECTED, Role.ADMINISTRATOR])
def test_others_handle_nothing(unit, role):
    case = send(make_box())
    for act in (
        lambda actor: service.claim(actor, case.contribution),
        lambda actor: service.note(actor, case.contribution, "Hej"),
        lambda actor: service.set_status(actor, case.contribution, Status.ANSWERED, "Ja.", case.version),
    ):
        with pytest.raises(Refusal):
            act(make_actor(role))


def test_a_lead_of_one_dialogue_handles_nothing_of_the_standing_box(unit):
    dialogue = make_dialogue(level="consultation")
    case = send(make_box())
    with pytest.raises(Refusal):
        service.claim(make_actor(Role.OFFICIAL, dialogue_id=dialogue.id), case.contribution)


def test_support_is_for_what_is_public_and_once_each(unit):
    case = send(make_box())
    kim = make_actor()
    with pytest.raises(Refusal):
        service.support(kim, case.contribution)
    row = show(case)
    assert service.support(kim, row)
    assert not service.support(kim, row)
    assert service.support(GUEST, row, "browser")
    assert service.take_back(kim, row)
    assert not service.take_back(kim, row)
    entries = db.session().scalars(select(AuditEntry).where(AuditEntry.event == "SuggestionSupported")).all()
    assert {one.actor_id for one in entries} == {None}


def test_a_person_gets_all_that_is_kept_of_them(unit):
    person, box = make_person(), make_box()
    case = send(box, by=actor_of(person), wants="phone", phone="0512-1")
    other = show(send(box))
    service.support(actor_of(person), other)
    kept = queries.kept_of(person.id)
    assert any(row.get("phone") == "0512-1" for row in kept)
    assert any(row.get("text") == case.contribution.text for row in kept)
    assert any(row.get("supports") == other.id for row in kept)
    assert queries.kept_of(make_person().id) == []


class Run:
    def __init__(self, **args):
        self.args = args


def test_an_address_is_forgotten_ninety_days_after_the_answer_and_not_before(unit):
    lead, case = make_actor(Role.OFFICIAL), send(make_box(), wants="mail", email="ida@example.se")
    service.set_status(lead, case.contribution, Status.ANSWERED, "Ja.", case.version)
    jobs.forget(Run(suggestion_id=case.id))
    assert case.email
    clock.shift(service.KEPT + timedelta(seconds=1))
    jobs.forget(Run(suggestion_id=case.id))
    assert not case.email
    assert queries.by_receipt(case.receipt) is case


def test_a_draft_is_forgotten_a_week_after_its_last_step(unit):
    box = make_box()
    draft = service.keep_draft(GUEST, box, "k" * 64, {"matter": "gator"})
    clock.shift(timedelta(days=6))
    service.keep_draft(GUEST, box, "k" * 64, {"text": "Mer"})
    clock.shift(timedelta(days=8))
    jobs.forget_draft(Run(draft_id=draft.id))
    assert draft.content == {"matter": "gator", "text": "Mer"}
    clock.shift(timedelta(days=14))
    jobs.forget_draft(Run(draft_id=draft.id))
    assert db.session().get(SuggestionDraft, draft.id) is None


def test_a_draft_goes_a_week_after_its_last_step_or_picture_whenever_those_were(the_app, own_database):
    with the_app.app_context():
        with db.unit():
            box = make_box()
            service.keep_draft(GUEST, box, KEY, {"matter": "gator"})
        for days, act in ((6, a_step), (11, a_picture), (16, a_step), (16.2, a_picture)):
            on_day(days)
            with db.unit():
                act()
        on_day(16.2 + 6.9)
        assert len(kept_rows(SuggestionDraft)) == 1
        assert len(kept_rows(StoredFile)) == 2
        on_day(16.2 + 7.1)
        assert kept_rows(SuggestionDraft) == kept_rows(SuggestionPicture) == []
        assert store_is_swept()
        assert run_jobs.run_due() == 0


KEY = "k" * 64


def on_day(days):
    """Let so many days have passed since the beginning, and everything that was due have been done."""
    for day in (*range(1, int(days) + 1), days):
        clock.shift(timedelta(days=day))
        run_jobs.run_due()


def a_step():
    service.keep_draft(GUEST, queries.box_in(None), KEY, {"text": "Mer"})


def a_picture():
    box = queries.box_in(None)
    assert service.add_picture(GUEST, box, queries.draft(KEY, box.id), Upload("bild.jpg", jpeg()))


def kept_rows(table):
    with db.reading() as session:
        return session.scalars(select(table)).all()


def store_is_swept():
    with db.unit():
        swept = sweep()
    return swept.rows == 2 and kept_rows(StoredFile) == []


def test_nobody_releases_what_they_wrote_themselves(unit):
    box = make_box()
    for role in (Role.OFFICIAL, Role.MODERATOR):
        author = make_actor(role)
        row = send(box, by=author).contribution
        assert refusal(author, Do.RELEASE, row) == OWN_TEXT
        with pytest.raises(Refusal):
            service.release(author, row, row.review.version)
        service.release(make_actor(role), row, row.review.version)
        assert row.is_public


def test_the_contact_centres_desk_has_what_takes_input_and_what_closes_first_is_first(unit, monkeypatch):
    clerk = make_actor(Role.CONTACT_CENTRE)
    standing, shut = make_box(), make_box(make_dialogue(level="consultation"))
    service.shut_box(make_actor(Role.OFFICIAL), shut, "Paus")
    for stage in (one for one in Stage if one is not Stage.OPEN):
        make_box(make_dialogue(stage, level="consultation"))
    late, soon, past, other = (make_dialogue(level="consultation") for _ in range(4))
    boxes = [make_box(one).id for one in (late, soon, past, other)]
    for dialogue, days in ((late, 20), (soon, 1), (past, -1), (other, 10)):
        dialogue.closes_at = clock.now() + timedelta(days=days)
    past.opens_at = clock.now() - timedelta(days=9)
    db.session().flush()
    late_box, soon_box, _past, other_box = boxes
    assert [one.subject.id for one in queries.open_for_others(clerk)] == [
        standing.id, soon_box, other_box, late_box,
    ]  # fmt: skip
    monkeypatch.setattr("app.levels.consultation.suggestions.queries.boxes.MOST", 2)
    assert [one.subject.id for one in queries.open_for_others(clerk)] == [standing.id, soon_box]
    lead = make_actor(Role.OFFICIAL, dialogue_id=late.id)
    assert late_box in [one.subject.id for one in queries.open_for_others(lead)]
    assert all(can(clerk, Do.REGISTER, one.subject) for one in queries.open_for_others(clerk))


def test_an_address_that_was_left_for_the_answer_gets_no_mails_of_the_dialogue(unit):
    dialogue, person = make_dialogue(level="consultation"), make_person()
    box = make_box(dialogue)
    send(box, wants="mail", email="ida@example.se")
    send(box, by=actor_of(person), wants="page")
    assert [one.email for one in queries.participants(dialogue.id)] == [person.email]


def test_mails_go_to_those_who_asked_and_never_repeat_the_senders_words(unit):
    lead, box = make_actor(Role.OFFICIAL), make_box()
    guest = send(box, "Köp billigt på evil.example!", wants="mail", email="victim@example.se")
    about = {"subject": f"suggestion:{guest.id}", "dialogue_id": None}
    event = SuggestionSent(**about, channel="web")
    assert [one.email for one in notices.sender(event)] == ["victim@example.se"]
    assert "evil" not in str(notices.facts(event))
    step = service.set_status(lead, guest.contribution, Status.ANSWERED, "Tack!", guest.version)
    said = notices.answer(SuggestionStatusSet(**about, status="answered", step_id=step.id))
    assert said["answer"] == "Tack!"
    silent = send(box, wants="page", email="no@example.se")
    assert silent.email == ""
    assert list(notices.sender(SuggestionSent(subject=f"suggestion:{silent.id}", channel="web"))) == []


@pytest.mark.parametrize("state", list(State))
def test_lists_hold_what_is_shown_alone(unit, state):
    box = make_box()
    case = send(box)
    show(case, state)
    assert [line.row.id for line in queries.listed(box, queries.Filter()).rows] == [case.id] * (state is State.SHOWN)
