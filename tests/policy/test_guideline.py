"""The guideline version by version: who writes it, what it binds, and what happens when its time is over."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from app import clock, db
from app.audit import AuditEntry
from app.dialogues import queries as dialogues
from app.dialogues import service as dialogue_service
from app.dialogues.criteria import KEYS
from app.dialogues.models import AssessedUnder, Assessment, Dialogue, Move
from app.dialogues.stages import Stage
from app.multilingual import sources
from app.permissions import Refusal, Role
from app.policy import queries, service
from app.policy.models import Guideline, GuidelineDraft, KeptAsDecided
from app.policy.problems import Overtaken
from tests.factories.dialogues import assess, make_dialogue, make_whole, rest_of
from tests.factories.multilingual import make_translation
from tests.factories.people import make_actor, make_person
from tests.factories.policy import OWN, make_draft, make_guideline
from tests.visitor import Visitor

YES = {key: ("yes", "Gatan är inte ritad än.") for key in KEYS}
DESK = "/arbetsyta/riktlinje"


def visitor_with(the_app, role: Role) -> Visitor:
    with db.unit():
        person = make_person(role)
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def kim(the_app, isolated) -> Visitor:
    """Communications."""
    return visitor_with(the_app, Role.COMMUNICATIONS)


def move_to(day: date) -> None:
    """Set the clock to noon of a day."""
    with db.reading():
        clock.shift(timedelta(0))
        clock.shift(clock.from_local(datetime.combine(day, time(12))) - clock.now())


# ------------------------------------------------------------------ R1: each dialogue keeps its version


@pytest.mark.requirement("R1")
def test_a_new_version_changes_new_dialogues_only(the_app, isolated):
    lead = visitor_with(the_app, Role.OFFICIAL)
    with db.unit():
        first = make_guideline()
        old, new = make_dialogue(Stage.IDEA), make_dialogue(Stage.IDEA, title="Torget")
        actor = make_actor(Role.OFFICIAL)
        dialogue_service.assess(actor, old, YES, rest_of())
        second = make_guideline(valid_from=clock.today(), valid_to=clock.today() + timedelta(days=900), criteria=OWN)
        dialogue_service.assess(actor, new, YES, rest_of())
        dialogue_service.assess(actor, old, YES, rest_of())  # again, under a guideline that has passed
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Assessment)) == 3
        bound = session.execute(select(AssessedUnder.dialogue_id, AssessedUnder.guideline_id)).all()
        assert dict(tuple(row) for row in bound) == {old.id: first.id, new.id: second.id}
        moved = {one.dialogue_id: one.guards["guideline"] for one in session.scalars(select(Move))}
        assert moved == {old.id: first.id, new.id: second.id}
    usual, own = "Can the question still be influenced?", OWN["influenceable"]["question"]
    for page in ("/arbetsyta/dialoger/{}/kriterier", "/beslut/{}"):
        before, after = lead.get(page.format(old.id)).words, lead.get(page.format(new.id)).words
        assert usual in before
        assert own not in before
        assert own in after
        assert usual not in after
        assert "Are those who decide prepared to be influenced?" in after  # what it says nothing about stays usual


@pytest.mark.requirement("R1")
def test_what_to_do_instead_is_said_in_the_words_of_the_dialogues_own_version(the_app, isolated):
    lead = visitor_with(the_app, Role.OFFICIAL)
    with db.unit():
        make_guideline(criteria=OWN)
        row = make_dialogue(Stage.IDEA)
        answers = {**YES, "influenceable": ("doubtful", "Ritningen är nästan klar.")}
        dialogue_service.assess(make_actor(Role.OFFICIAL), row, answers, rest_of())
    page = lead.get(f"/arbetsyta/dialoger/{row.id}/kriterier/svar")
    assert OWN["influenceable"]["instead"] in page.words


@pytest.mark.requirement("R1")
def test_the_register_of_considered_questions_says_each_in_its_own_words(visitor):
    with db.unit() as session:
        first, second = make_guideline(), make_guideline(criteria=OWN)
        for version in (first, second):
            row = make_dialogue(Stage.UNSUITABLE, title=f"Enligt § {version.id}")
            assess(row, "no", "yes", "yes", "yes")
            session.add(AssessedUnder(dialogue_id=row.id, guideline_id=version.id))
            step = {"from_stage": Stage.ASSESSED, "to_stage": Stage.UNSUITABLE, "at": clock.now()}
            session.add(Move(dialogue_id=row.id, **step, note="Frågan är avgjord.", guards={}))
    words = visitor.get("/dialoger/overvagda").words
    assert words.count("Can the question still be influenced?") == 1
    assert words.count(OWN["influenceable"]["question"]) == 1


@pytest.mark.requirement("R1")
def test_the_record_says_who_decided_when_and_for_how_long(visitor):
    with db.unit():
        make_guideline()
        later = clock.today() + timedelta(days=40)
        coming = make_guideline(valid_from=later, valid_to=later + timedelta(days=900), section_no="12")
    page = visitor.get("/en/riktlinje")
    for words in ("Kommunstyrelsen", "7 September 2022", "§ 89", "14 September 2022", "14 October 2026", "Vi börjar."):
        assert words in page.words
    assert f"/en/riktlinje/{coming.id}" in page.links()
    assert "This version does not apply yet." in visitor.get(f"/riktlinje/{coming.id}").words
    assert visitor.get("/riktlinje/999").status == 404


def test_before_the_first_version_the_usual_criteria_apply(visitor, the_app):
    page = visitor.get("/riktlinje")
    assert page.status == 200
    assert "No guideline is on record yet." in page.words
    assert "Can the question still be influenced?" in page.words
    with db.unit():
        row = make_dialogue(Stage.IDEA)
        dialogue_service.assess(make_actor(Role.OFFICIAL), row, YES, rest_of())
        make_guideline(criteria=OWN)
        assert dialogues.guideline_of(row.id) is None  # it was assessed when there was none


def test_the_one_that_began_last_is_in_force_and_a_correction_replaces_it_the_same_day(unit):
    first = make_guideline()
    mended = make_guideline(section_no="98")
    day = clock.today()
    assert queries.in_force(date(2022, 9, 13)) is None
    assert queries.in_force(date(2022, 9, 14)).id == mended.id
    assert queries.standing().in_force.id == queries.in_force(day).id == mended.id
    assert [one.id for one in queries.standing().earlier] == [first.id]


# ------------------------------------------------------------------ R57: communications write it, nobody else


@pytest.mark.requirement("R57")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMUNICATIONS])
def test_other_roles_are_refused_on_every_page_and_by_every_service(the_app, isolated, role):
    other = visitor_with(the_app, role)
    with db.unit():
        make_draft()
    token = other.get("/konto/uppgifter").form("csrf_token").findall(".//*[@name='csrf_token']")[0].get("value")
    for path in (DESK, DESK + "/utkast", DESK + "/utkast/granska"):
        assert other.get(path).status == 403, path
    for path in (DESK + "/ny", DESK + "/utkast", DESK + "/utkast/granska"):
        assert other.post(path, {"csrf_token": token, "title": "X"}).status == 403, path
    with db.unit():
        actor, draft = make_actor(role), queries.draft()
        for write in (
            lambda: service.begin(actor),
            lambda: service.save(actor, draft, 1, {"title": "X"}),
            lambda: service.enter(actor, draft, 1),
        ):
            with pytest.raises(Refusal) as refused:
                write()
            assert refused.value.reason.code == "role"
    with db.reading() as session:
        assert session.get_one(GuidelineDraft, 1).title != "X"
        assert session.scalar(select(func.count()).select_from(Guideline)) == 0


@pytest.mark.requirement("R57")
def test_the_communications_of_one_dialogue_alone_do_not_write_it(the_app, isolated):
    with db.unit():
        row = make_whole()
        person = make_person(Role.COMMUNICATIONS, dialogue_id=row.id)
    assert Visitor(the_app).sign_in_as(person).get(DESK).status == 403


@pytest.mark.requirement("R1", "R57")
def test_communications_write_a_new_version_put_it_on_record_and_the_log_says_so(kim):
    with db.unit():
        first = make_guideline()
    kim.get(DESK)
    kim.submit(holding=DESK + "/ny")
    assert kim.page.path == DESK + "/utkast"
    assert "Vi börjar." in kim.page.text  # it begins with the words of the latest
    page = kim.submit({"influenceable_question": OWN["influenceable"]["question"], "decided_on": "2026-11-02"})
    assert page.path == DESK + "/utkast/granska"
    assert "Give the § in the minutes." in page.words
    assert OWN["influenceable"]["question"] in page.words
    assert not page.find_all("main")[0].findall(".//{*}button")
    kim.get(DESK + "/utkast")
    kim.submit({"section_no": "7", "valid_from": "2026-11-03", "valid_to": "2030-10-14"})
    page = kim.submit()
    assert page.path == DESK
    assert "2 november 2026" in page.words
    for sentence in ("A new version of the guideline was begun.", "The draft of the guideline was changed.",
                     "A version of the guideline was put on record: 2026-11-02, § 7."):  # fmt: skip
        assert sentence in page.words
    with db.reading() as session:
        made = queries.in_force(date(2026, 11, 3))
        assert made.id != first.id
        assert made.criteria == {"influenceable": {"question": OWN["influenceable"]["question"]}}
        assert made.section_no == "7"
        assert queries.draft() is None
        told = session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)).all()
        assert [one for one in told if one.startswith("Guideline")] == [
            "GuidelineDraftBegun", "GuidelineDraftChanged", "GuidelineDraftChanged", "GuidelineEntered",
        ]  # fmt: skip


@pytest.mark.requirement("R57")
def test_a_version_on_record_is_never_changed(unit):
    made = make_guideline()
    made.title = "En annan"
    with pytest.raises(KeptAsDecided):
        db.session().flush()
    db.session().rollback()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decided_on": date(2090, 1, 1)}, "The body has not met yet."),
        ({"valid_to": date(2025, 1, 1)}, "It must end after it begins."),
        ({"valid_from": date(2020, 1, 1)}, "It must not begin before the version that it follows"),
        ({"in_short": ""}, "Write in plain words what the guideline says."),
    ],
)
def test_half_a_draft_is_not_put_on_record(unit, fields, sentence):
    make_guideline()
    draft = make_draft(**fields)
    with pytest.raises(Refusal) as refused:
        service.enter(make_actor(Role.COMMUNICATIONS), draft, draft.version)
    assert sentence in str(refused.value.reason.sentence)


def test_the_second_editor_loses_nothing(kim, the_app):
    with db.unit():
        make_draft()
    other = visitor_with(the_app, Role.COMMUNICATIONS)
    other.get(DESK + "/utkast")
    kim.get(DESK + "/utkast")
    other.submit({"title": "Den första"})
    page = kim.submit({"title": "Den andra"})
    assert page.status == 409
    assert "Den första" in page.words
    assert "Den andra" in page.text
    kim.submit({})
    with db.reading():
        assert queries.draft().title == "Den andra"


def test_nobody_puts_on_record_what_they_have_not_seen(kim, the_app):
    with db.unit():
        make_draft()
    other = visitor_with(the_app, Role.COMMUNICATIONS)
    kim.get(DESK + "/utkast/granska")
    other.get(DESK + "/utkast")
    other.submit({"title": "Den första"})
    kim.page = kim.get(DESK + "/utkast/granska") if kim.page is None else kim.page
    page = kim.submit()
    assert page.status == 409
    assert "Somebody else changed the draft" in page.words
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Guideline)) == 0


@pytest.mark.race
def test_two_at_once_begin_one_draft_and_put_one_version_on_record(own_database, the_app):
    def at_once(act) -> list[str]:
        problems: list[str] = []

        def run() -> None:
            try:
                with db.unit():
                    act()
            except (Overtaken, StaleDataError) as problem:
                problems.append(type(problem).__name__)
            except Exception as problem:
                problems.append(f"unexpected {problem!r}")

        with_each = [threading.Thread(target=run) for _ in range(8)]
        for one in with_each:
            one.start()
        for one in with_each:
            one.join(60)
        return problems

    with db.unit():
        actor = make_actor(Role.COMMUNICATIONS)
    assert at_once(lambda: service.begin(actor)) == []
    with db.unit() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1
        session.delete(queries.draft())
        session.flush()
        make_draft()

    def enter() -> None:
        draft = queries.draft()
        if draft is None:
            raise Overtaken
        service.enter(actor, draft, 1)

    said = at_once(enter)
    assert len(said) == 7
    assert not [one for one in said if one.startswith("unexpected")]
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Guideline)) == 1


@pytest.mark.parametrize("written", ["javascript:alert(1)", "https://", "ftp://vara.se/x"])
def test_an_address_that_is_none_is_refused_at_its_field(kim, written):
    with db.unit():
        make_draft()
    kim.get(DESK + "/utkast")
    page = kim.submit({"url": written, "title": "Kvar"})
    assert page.status == 422
    assert "Give an address that begins with https:// or http://." in page.words
    assert "Kvar" in page.text


# ------------------------------------------------------------------ R56: the term, and the revision after an election


@pytest.mark.requirement("R56")
def test_after_an_election_communications_have_a_task_and_staff_a_banner_and_nothing_is_blocked(the_app, isolated, kim):
    lead = visitor_with(the_app, Role.OFFICIAL)
    with db.unit():
        make_guideline()
    banner, task = "An election was held on 13 september 2026", "Go through the guideline after the election on"
    move_to(date(2026, 9, 13))
    assert banner not in lead.get("/arbetsyta").words
    assert task not in kim.get("/arbetsyta").words
    move_to(date(2026, 9, 14))
    assert banner in lead.get("/arbetsyta").words
    assert task not in lead.page.words
    assert DESK not in lead.page.links()
    assert task in kim.get("/arbetsyta").words
    assert DESK in kim.page.links()
    with db.unit():  # work goes on
        row = make_dialogue(Stage.IDEA)
        dialogue_service.assess(make_actor(Role.OFFICIAL), row, YES, rest_of())
    with db.reading() as session:
        assert session.get_one(Dialogue, row.id).stage == Stage.ASSESSED
    with db.unit():
        make_guideline(valid_from=date(2026, 9, 20), valid_to=date(2030, 10, 14))
    assert banner not in lead.get("/arbetsyta").words
    assert task not in kim.get("/arbetsyta").words


@pytest.mark.requirement("R56")
def test_when_its_time_has_run_out_it_goes_on_applying_and_says_so(the_app, isolated, visitor):
    lead = visitor_with(the_app, Role.OFFICIAL)
    with db.unit():
        make_guideline(valid_to=date(2024, 1, 1))
    move_to(date(2024, 1, 1))
    assert "ran out" not in lead.get("/arbetsyta").words
    move_to(date(2024, 1, 2))
    assert "ran out on 1 januari 2024" in lead.get("/arbetsyta").words
    assert "It goes on applying" in visitor.get("/riktlinje").words


# ------------------------------------------------------------------ how it is read


def test_its_texts_can_be_translated_and_are_read_in_the_readers_language(visitor):
    with db.unit():
        made = make_guideline(criteria=OWN)
        places = {(item.subject, item.field) for item in sources.items(None)}
        assert (f"guideline:{made.id}", "influenceable_question") in places
        source = OWN["influenceable"]["question"]
        make_translation(f"guideline:{made.id}", "influenceable_question", "ar", "هل ما زال؟", source=source)
    page = visitor.get("/ar/riktlinje")
    assert "هل ما زال؟" in page.words
    assert 'lang="sv"' in page.text  # the rest is Swedish so far, and marked


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_few_statements_however_many_versions_there_are(visitor, kim, count_statements, prefix):
    with db.unit():
        make_guideline(criteria=OWN)

    def statements(who: Visitor, path: str) -> int:
        count_statements.clear()
        assert who.get(path).status == 200
        return len(count_statements)

    few = [statements(visitor, prefix + "/riktlinje"), statements(kim, prefix + DESK)]
    with db.unit():
        for _ in range(12):
            make_guideline(criteria=OWN)
    assert [statements(visitor, prefix + "/riktlinje"), statements(kim, prefix + DESK)] == few
    assert few[0] <= 3
    assert few[1] <= 8
