"""Residents propose a topic: it is read first, gets a receipt, and a public answer with its reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db, jobs
from app.dialogues import service as dialogues
from app.dialogues.intake import queries, service
from app.dialogues.intake.models import ProposedTopic, RowChanged, TopicAnswer
from app.dialogues.intake.rules import Do
from app.dialogues.intake.service import AlreadySent
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.stages import Stage
from app.jobs import Job
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.permissions import GUEST, Actor, Refusal, Role, can
from app.reviews.models import State
from app.search import queries as search
from tests.factories.dialogues import make_dialogue
from tests.factories.intake import make_topic, proposed
from tests.factories.people import actor_of, make_actor, make_person
from tests.visitor import Visitor

HERE, DESK = "/dialoger/amnen", "/arbetsyta/amnen"
FIELDS = {"title": "Torget i Kvänum", "text": "Ska torget vara bilfritt? Fråga oss som bor här.", "area": "gator"}
WHY = "Torget byggs om nästa år och inget är bestämt."
TAKEN = {"title": "Torget", "question": "Ska torget vara bilfritt?", "body_key": "tekniska-namnden", "reason": WHY}


@pytest.fixture
def lead(unit) -> Actor:
    return make_actor(Role.OFFICIAL)


@pytest.fixture
def official(the_app, isolated) -> Visitor:
    with db.unit():
        return Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))


def mails(template: str) -> list[dict]:
    found = db.session().scalars(select(Job).filter_by(kind="mail.send"))
    return [job.args for job in found if job.args["template"] == template]


def send(visitor: Visitor, **fields: str):
    visitor.get("/dialoger/foresla")
    page = visitor.submit({**FIELDS, **fields})
    assert (page.status, "Look your topic through" in page.words) == (200, True), page.words[:500]
    return visitor.submit({}, press="send")


@pytest.mark.requirement("R39")
def test_a_guest_proposes_looks_through_sends_and_follows_with_the_code(visitor):
    page = send(visitor, shows_name="yes", name="Berit", wants="mail", email="berit@example.se")
    assert "Thank you for your topic" in page.words
    with db.reading() as session:
        row = session.scalars(select(ProposedTopic)).one()
        assert (row.title, row.name, row.email, row.area) == ("Torget i Kvänum", "Berit", "berit@example.se", "gator")
        assert row.review.state == State.WAITING
        assert [one["to"] for one in mails("intake_topic_received")] == ["berit@example.se"]
        code = row.receipt
    assert code in page.words
    for typed in (code, code.lower().replace("-", " ")):
        page = visitor.get("/arende", query_string={"kod": typed})
        assert "Torget i Kvänum" in page.words
        assert "Not public yet" in page.words
        assert 'content="noindex"' in page.text
    assert visitor.get(HERE).words.count("Torget i Kvänum") == 0
    assert visitor.get(f"{HERE}/{row.id}").status == 404


@pytest.mark.requirement("R39")
def test_somebody_with_an_account_needs_no_address_and_sees_it_on_their_page(the_app, isolated):
    with db.unit():
        person = make_person(name="Kim Lund")
    visitor = Visitor(the_app).sign_in_as(person)
    page = visitor.get("/dialoger/foresla")
    assert 'name="email"' not in page.text
    send(visitor, shows_name="yes", wants="mail")
    with db.reading() as session:
        row = session.scalars(select(ProposedTopic)).one()
        assert (row.person_id, row.name, row.email) == (person.id, "Kim Lund", "")
        assert [one["to"] for one in mails("intake_topic_received")] == [person.email]
        (kept,) = queries.kept_of(person.id)
        assert kept["text"] == FIELDS["text"]
    assert "Torget i Kvänum" in visitor.get("/konto").words
    assert visitor.get(f"{HERE}/{row.id}").status == 200


def test_changing_one_s_mind_on_the_way_loses_nothing(visitor):
    visitor.get("/dialoger/foresla")
    visitor.submit({**FIELDS, "shows_name": "yes", "name": "Berit"})
    page = visitor.submit({}, press="change")
    assert page.status == 200
    assert "Berit" in page.text
    assert FIELDS["text"] in page.text
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProposedTopic)) == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Write what there should be a dialogue about."),
        ({"text": "kort"}, "Write at least 10 characters."),
        ({"shows_name": "yes"}, "Write the name that is to be shown."),
        ({"wants": "mail"}, "Write the address that the answer is sent to."),
        ({"wants": "mail", "email": "x"}, "Write an e-mail address"),
        ({"area": "rymden"}, "Error:"),
    ],
)
@pytest.mark.parametrize("press", [None, "send"])
def test_what_lacks_something_is_given_back_whole(visitor, fields, sentence, press):
    visitor.get("/dialoger/foresla")
    page = visitor.submit({**FIELDS, **fields}, press=press)
    assert page.status == 422
    assert sentence in page.words
    assert ("Fråga oss" in page.text) == ("text" not in fields)


@pytest.mark.requirement("R25")
def test_hospital_care_is_told_about_before_it_is_sent_and_ends_as_a_referral(visitor, official):
    visitor.get("/dialoger/foresla")
    page = visitor.submit({**FIELDS, "title": "Längre öppet på vårdcentralen", "area": "varden"})
    assert "The municipality does not decide about this" in page.words
    assert "Västra Götalandsregionen" in page.words
    visitor.submit({}, press="send")
    with db.unit() as session:
        row = session.scalars(select(ProposedTopic)).one()
        row.review.state = State.SHOWN
        number, code = row.id, row.receipt
    official.get(f"{DESK}/{number}")
    assert "Västra Götalandsregionen" in official.page.words
    page = official.get(f"{DESK}/{number}/hanvisa")
    official.submit({"reason": "Regionen bestämmer öppettiderna."})
    for path in (HERE, f"{HERE}/{number}", f"/arende/{code}"):
        page = visitor.get(path)
        assert "Belongs to somebody else" in page.words
        assert "Regionen bestämmer öppettiderna." in page.words
    assert "https://www.vgregion.se" in page.links()


@pytest.mark.requirement("R39")
def test_a_topic_is_hidden_until_a_moderator_has_shown_it(unit):
    waits, hidden, shown = (make_topic(state=state) for state in (State.WAITING, State.HIDDEN, State.SHOWN))
    author, moderator = make_actor(), make_actor(Role.MODERATOR)
    own = make_topic(by=author, state=State.WAITING)
    everyone = [GUEST, make_actor(), author, moderator, make_actor(Role.OFFICIAL), make_actor(Role.TRANSLATOR),
                make_actor(Role.MODERATOR, dialogue_id=make_dialogue().id)]  # fmt: skip
    for who in everyone:
        listed = set(db.session().scalars(queries.visible_to(who)))
        assert listed == {row for row in (waits, hidden, shown, own) if can(who, Do.READ_TOPIC, row)}
    assert set(db.session().scalars(queries.visible_to(GUEST))) == {shown}
    assert [one.topic for one in queries.shown().rows] == [shown]
    assert set(db.session().scalars(queries.visible_to(author))) == {shown, own}


@pytest.mark.requirement("R39")
def test_moderators_judge_it_with_its_title_and_the_name_that_is_shown(unit):
    row = make_topic(state=State.WAITING, name="Berit", wants="mail", email="berit@example.se")
    moderator = make_actor(Role.MODERATOR)
    item = moderation.item(row.review_id, moderator)
    assert (row.title in item.text, row.text in item.text) == (True, True)
    assert [part.words for part in item.parts] == ["Berit"]
    assert item.author == ("berit@example.se", "sv", None)
    moderators.hide(moderator, item, moderators.Seen(item.review.version), ground="insult")
    assert [one["to"] for one in mails("moderation_hidden")] == ["berit@example.se"]


@pytest.mark.requirement("R39")
def test_it_becomes_a_dialogue_idea_and_its_sender_is_told_of_that_and_of_what_follows(lead):
    row = make_topic(wants="mail", email="berit@example.se")
    dialogue = service.take_up(lead, row, 0, **TAKEN)
    assert (dialogue.stage, dialogue.title, dialogue.body_key) == (Stage.IDEA, "Torget", "tekniska-namnden")
    assert queries.answered(row).dialogue is dialogue
    assert [one["facts"]["answer"] for one in mails("intake_topic_answered")] == [WHY]
    assert queries.proposed_as(dialogue.id) is row
    dialogue.stage = Stage.ASSESSED
    dialogues.move(lead, dialogue, Stage.REDIRECTED, "Nämnden svarar direkt.")
    (told,) = mails("intake_topic_became")
    assert (told["to"], told["facts"]["note"]) == ("berit@example.se", "Nämnden svarar direkt.")


def test_nobody_outside_reads_of_a_dialogue_that_is_not_public(visitor):
    with db.unit():
        row = make_topic()
        service.take_up(make_actor(Role.OFFICIAL), row, 0, **{**TAKEN, "question": "Hemlig fråga?", "title": "Hemlig"})
        number = row.id
    for path in (HERE, f"{HERE}/{number}", f"/arende/{row.receipt}"):
        page = visitor.get(path)
        assert "Taken up" in page.words
        assert "Hemlig" not in page.words
    with db.unit() as session:
        made, now = session.scalars(select(Dialogue)).one(), clock.now()
        made.opens_at, made.closes_at, made.stage = now, now + timedelta(days=9), Stage.ANNOUNCED
    assert "Hemlig fråga?" in visitor.get(f"{HERE}/{number}").words


@pytest.mark.requirement("R39")
@pytest.mark.parametrize(
    ("act", "fields", "wrong"),
    [
        (service.decline, {"body_key": "enheten", "reason": WHY}, "body_key"),
        (service.decline, {"body_key": "kommunstyrelsen", "reason": " "}, "reason"),
        (service.decline, {"body_key": "kommunstyrelsen", "reason": "Det vill Centerpartiet."}, "reason"),
        (service.refer, {"authority": "", "reason": WHY}, "authority"),
        (service.refer, {"authority": "regionen", "reason": ""}, "reason"),
        (service.take_up, {**TAKEN, "body_key": ""}, "body_key"),
        (service.take_up, {**TAKEN, "reason": ""}, "reason"),
    ],
)
def test_an_answer_names_a_body_and_its_reason(lead, act, fields, wrong):
    row = make_topic()
    with pytest.raises(NotAccepted) as refused:
        act(lead, row, 0, **fields)
    assert refused.value.field == wrong
    assert queries.answers(row.id) == []
    assert db.session().scalar(select(func.count()).select_from(Dialogue)) == 0


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.OFFICIAL)])
def test_only_officials_answer(the_app, isolated, role):
    with db.unit():
        row = make_topic()
        person = make_person(*([role] if role else []))
        with pytest.raises(Refusal):
            service.decline(make_actor(*([role] if role else [])), row, 0, body_key="kommunstyrelsen", reason=WHY)
        number = row.id
    visitor = Visitor(the_app).sign_in_as(person)
    for path in (DESK, f"{DESK}/{number}", f"{DESK}/{number}/dialog"):
        assert visitor.get(path).status == 403
    assert not [link for link in visitor.get(f"{HERE}/{number}").links() if link.startswith(DESK)]


def test_nobody_answers_their_own_topic(unit):
    person = make_person(Role.OFFICIAL)
    me = actor_of(person, Role.OFFICIAL)
    with pytest.raises(Refusal, match="own_topic"):
        service.decline(me, make_topic(by=me), 0, body_key="kommunstyrelsen", reason=WHY)


def test_answering_through_the_forms(official):
    with db.unit():
        number = make_topic().id
    official.get(DESK)
    assert f"{DESK}/{number}" in official.page.links()
    official.get(f"{DESK}/{number}/dialog")
    page = official.submit({"question": ""})
    assert page.status == 422
    page = official.submit({"question": "Ska torget vara bilfritt?", "reason": WHY})
    assert page.status == 200
    with db.reading() as session:
        made = session.scalars(select(Dialogue)).one()
        assert (made.title, made.body_key) == ("Torget i Kvänum", "tekniska-namnden")
    assert f"/arbetsyta/dialoger/{made.id}" in page.links()
    assert f"{DESK}/{number}" not in official.get(DESK).links()
    assert f"{DESK}/{number}" in official.get(f"{DESK}?visa=answered").links()
    official.get(f"{DESK}/{number}/avboj")
    page = official.submit({"reason": "Nämnden har ändrat sig."})
    assert "Nämnden har ändrat sig." in page.words
    assert "replaced by a later one" in page.words


def test_of_two_who_answer_the_second_is_told(official):
    with db.unit():
        number = make_topic().id
    official.get(f"{DESK}/{number}/avboj")
    with db.unit():
        row = queries.topic(number)
        service.decline(make_actor(Role.OFFICIAL), row, 0, body_key="kommunstyrelsen", reason="Den andra.")
    page = official.submit({"reason": "Min."})
    assert page.status == 409
    assert "Min." in page.text
    assert official.submit({}, holding="reason").status == 200
    with db.reading():
        assert [one.reason for one in queries.answers(number)] == ["Den andra.", "Min."]


def test_an_answer_is_never_rewritten(lead):
    row = service.decline(lead, make_topic(), 0, body_key="kommunstyrelsen", reason=WHY)
    row.reason = "Något annat."
    with pytest.raises(RowChanged):
        db.session().flush()
    db.session().rollback()


def test_an_address_is_forgotten_some_time_after_the_answer(app):
    with db.unit():
        row = make_topic(wants="mail", email="berit@example.se")
        service.decline(make_actor(Role.OFFICIAL), row, 0, body_key="kommunstyrelsen", reason=WHY)
        number = row.id
    for days, left in ((89, "berit@example.se"), (2, "")):
        clock.shift(timedelta(days=89 if days == 89 else 91))
        jobs.run_due()
        with db.reading():
            assert queries.topic(number).email == left


def test_it_is_found_by_search_when_it_is_shown(app):
    with db.unit():
        shown = make_topic(title="Bilfritt torg")
        make_topic(title="Bilfritt men dolt", state=State.HIDDEN)
    with db.reading():
        found = search.found(GUEST, "bilfritt", [one for one in search.searched() if one.kind == "proposed_topic"], 5)
        assert [hit.subject_id for hit in found["proposed_topic"]] == [shown.id]


def test_a_form_that_is_sent_twice_counts_once(visitor):
    visitor.get("/dialoger/foresla")
    visitor.submit(FIELDS)
    checked = visitor.page
    first = visitor.submit({}, press="send")
    visitor.page = checked
    second = visitor.submit({}, press="send")
    assert first.path == second.path
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProposedTopic)) == 1


def test_a_form_without_its_key_is_nobody_elses(visitor):
    for _ in range(2):
        visitor.get("/dialoger/foresla")
        visitor.submit(FIELDS)
        page = visitor.submit({"key": ""}, press="send")
        assert page.status == 200
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProposedTopic)) == 2


def test_codes_are_not_guessed_and_sending_has_a_limit(visitor, monkeypatch):
    statuses = {visitor.get(f"{HERE}/arende/AAAAA-{number:05}").status for number in range(62)}
    assert statuses == {404, 429}
    visitor.get("/dialoger/foresla")
    said = {visitor.submit(FIELDS, holding="title").status for _ in range(32)}
    assert said == {200, 429}


@pytest.mark.race
def test_fifty_presses_are_one_topic(the_app, own_database):
    handed_in = proposed(form_key="samma")

    def act(_turn: int) -> bool:
        with the_app.app_context():
            try:
                with db.unit():
                    service.send(GUEST, handed_in)
            except AlreadySent:
                return False
            return True

    with ThreadPoolExecutor(25) as pool:
        assert list(pool.map(act, range(50))).count(True) == 1
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProposedTopic)) == 1


@pytest.mark.race
def test_fifty_answers_at_once_are_one(the_app, own_database):
    with the_app.app_context(), db.unit():
        number, many = make_topic().id, [make_actor(Role.OFFICIAL) for _ in range(50)]

    def act(turn: int) -> bool:
        with the_app.app_context():
            try:
                with db.unit():
                    service.take_up(many[turn], queries.topic(number), 0, **TAKEN)
            except Overtaken:
                return False
            return True

    with ThreadPoolExecutor(25) as pool:
        assert list(pool.map(act, range(50))).count(True) == 1
    with db.reading() as session:
        for table in (TopicAnswer, Dialogue):
            assert session.scalar(select(func.count()).select_from(table)) == 1


@pytest.mark.parametrize("path", [HERE, f"{HERE}/%d", DESK, f"{DESK}/%d", f"/ar{HERE}"])
def test_pages_cost_the_same_however_many_there_are(official, count_statements, path):
    with db.unit():
        lead = make_actor(Role.OFFICIAL)
        for _ in range(25):
            row = make_topic()
            service.decline(lead, row, 0, body_key="kommunstyrelsen", reason=WHY)
    path = path.replace("%d", str(row.id))

    def statements() -> int:
        official.get(path)
        count_statements.clear()
        assert official.get(path).status == 200
        return len(count_statements)

    few = statements()
    with db.unit():
        for _ in range(60):
            service.decline(lead, make_topic(), 0, body_key="kommunstyrelsen", reason=WHY)
    assert statements() == few <= 8


def test_one_pages_through_the_topics(visitor):
    with db.unit():
        for number in range(45):
            make_topic(title=f"Nummer {number:02}")
    seen, href = [], HERE
    while href:
        page = visitor.get(href)
        seen.append(page.words.count("Nummer"))
        href = next((a.get("href") for a in page.find_all("a") if a.get("rel") == "next"), None)
    assert seen == [20, 20, 5]
