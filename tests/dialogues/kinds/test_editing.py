"""What officials write about each kind: page by page, with bad input kept, two editors, and from nothing to public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.dialogues import service as dialogues
from app.dialogues.kinds import queries, service
from app.dialogues.kinds.manage import PARTS, PARTS_OF
from app.dialogues.kinds.models import KnownDecision, Redirection, UserService
from app.dialogues.models import AppendOnly, Card, Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.stages import Kind, Stage
from app.levels.information.meetings import service as meetings
from app.levels.information.meetings.models import Form
from app.levels.information.meetings.service import Plan, Where
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.kinds import make_consultation, make_information, make_user_dialogue, tell
from tests.factories.people import make_actor, make_person
from tests.visitor import Visitor

MAKE = {
    Kind.CITIZEN_DIALOGUE: make_whole,
    Kind.USER_DIALOGUE: make_user_dialogue,
    Kind.INFORMATION: make_information,
    Kind.STATUTORY_CONSULTATION: make_consultation,
}
DESK = "/arbetsyta/dialoger"


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    return official(the_app)


def official(the_app) -> Visitor:
    with db.unit():
        return Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))


def make(kind: Kind, stage: Stage = Stage.IDEA, **fields: object) -> Dialogue:
    with db.unit():
        return MAKE[kind](stage, **fields)


def fresh(row: Dialogue) -> Dialogue:
    with db.reading() as session:
        return session.get_one(Dialogue, row.id)


def part(row: Dialogue, name: str) -> str:
    return f"{DESK}/{row.id}/uppgifter/{name}"


def day(ahead: int) -> str:
    with db.reading():
        return (clock.today() + timedelta(days=ahead)).isoformat()


def moment(ahead: float) -> str:
    with db.reading():
        return clock.local(clock.now() + timedelta(days=ahead)).strftime("%Y-%m-%dT%H:%M")


def fields_of(name: str, kind: Kind) -> dict[str, str]:
    """Everything that the page asks for."""
    about = {"title": "Torggården", "question": "Hur är maten?", "affected": "äter där"}
    return {
        "om": {**about, "unit": "Torggården", "purpose": "Veta mer."} if kind is Kind.USER_DIALOGUE else about,
        "period": {
            "opens_at": moment(-1), "closes_at": moment(9), "feedback_by": day(30), "promise": "Vi berättar i matsalen."
        },
        "beslut": {
            "body_key": "tekniska-namnden", "decided_on": day(-3), "section_no": "7", "url": "", "reason": "Fel §."
        },
        "process": {"law": "planning", "url": "https://vara.example/plan", "first": day(1), "last": day(20)},
    }[name]  # fmt: skip


SAID = {"summary": "Det här händer.", "contact_name": "Enhetschefen", "contact_phone": "0512-310 00"}


@pytest.mark.requirement("R14", "R22", "R7")
@pytest.mark.parametrize("kind", [Kind.USER_DIALOGUE, Kind.INFORMATION, Kind.STATUTORY_CONSULTATION])
def test_from_the_first_questions_to_public_through_the_pages(the_app, lead, kind):
    yes = {Kind.USER_DIALOGUE: ("one_group", "experience"), Kind.INFORMATION: ("decided",)}.get(kind, ("statutory",))
    lead.get(f"{DESK}/ny")
    lead.submit({one: "ja" if one in yes else "nej" for one in ("one_group", "experience", "decided", "statutory")})
    lead.submit({"title": "Torggården", "question": "Hur är maten?"})
    with db.reading() as session:
        row = session.scalars(select(Dialogue)).one()
    for name in PARTS_OF[kind]:
        lead.get(part(row, name))
        page = lead.submit({key: value for key, value in fields_of(name, kind).items() if key != "reason"})
        assert page.path == f"{DESK}/{row.id}", page.words[:800]
    lead.get(f"{DESK}/{row.id}/beskrivning")
    lead.submit(SAID)
    if kind is Kind.USER_DIALOGUE:
        with db.unit() as session:
            session.add(Card(subject="survey:1", dialogue_id=row.id, method="surveys", title="Maten",
                             endpoint="dialogues.index", values={}, is_input=True))  # fmt: skip
    to = Stage.OPEN if kind is Kind.USER_DIALOGUE else Stage.ANNOUNCED
    lead.get(f"{DESK}/{row.id}/flytta/{to}")
    page = lead.submit({"note": ""})
    assert fresh(row).stage == to, page.words[:800]
    assert Visitor(the_app).get(f"/dialoger/{row.id}").status == 200


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("name", PARTS)
def test_each_kind_has_its_own_pages_and_no_others(lead, kind, name):
    page = lead.get(part(make(kind), name))
    assert page.status == (200 if name in PARTS_OF[kind] else 404)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in PARTS_OF for name in PARTS_OF[kind]])
def test_the_second_editor_loses_nothing(lead, the_app, kind, name):
    row, other = make(kind), official(the_app)
    one = fields_of(name, kind)
    changed = {"om": "affected", "period": "promise", "beslut": "section_no", "process": "url"}[name]
    theirs = {**one, changed: "https://vara.example/deras" if changed == "url" else "Deras"}
    mine = {**one, changed: "https://vara.example/mitt" if changed == "url" else "Mitt"}
    for fields in (theirs, mine):
        fields.pop("reason", None)
    lead.get(part(row, name))
    other.get(part(row, name))
    assert other.submit(theirs).path == f"{DESK}/{row.id}"
    page = lead.submit(mine)
    assert page.status == 409
    assert theirs[changed] in page.words
    assert mine[changed] in page.text
    assert lead.submit({}).path == f"{DESK}/{row.id}"
    assert mine[changed] in lead.get(part(row, name)).text


@pytest.mark.parametrize(("kind", "name", "field", "value"), [
    (Kind.USER_DIALOGUE, "om", "unit", ""),
    (Kind.USER_DIALOGUE, "om", "unit", "Anna Ekdahl"),
    (Kind.USER_DIALOGUE, "om", "title", "x" * 81),
    (Kind.USER_DIALOGUE, "om", "purpose", " "),
    (Kind.USER_DIALOGUE, "period", "closes_at", "2020-01-01T10:00"),
    (Kind.USER_DIALOGUE, "period", "feedback_by", "2020-01-01"),
    (Kind.USER_DIALOGUE, "period", "opens_at", "i morgon"),
    (Kind.INFORMATION, "om", "question", ""),
    (Kind.INFORMATION, "beslut", "body_key", "enhetschefen"),
    (Kind.INFORMATION, "beslut", "decided_on", "2999-01-01"),
    (Kind.INFORMATION, "beslut", "section_no", "  "),
    (Kind.INFORMATION, "beslut", "url", "javascript:alert(1)"),
    (Kind.STATUTORY_CONSULTATION, "process", "url", "vara.example"),
    (Kind.STATUTORY_CONSULTATION, "process", "url", "https://a@b.example/"),
    (Kind.STATUTORY_CONSULTATION, "process", "law", "jantelagen"),
    (Kind.STATUTORY_CONSULTATION, "process", "last", "2020-01-01"),
])  # fmt: skip
def test_what_does_not_hold_comes_back_with_a_sentence_and_all_that_was_written(lead, kind, name, field, value):
    with db.unit():
        make_person(Role.SECRETARY, name="Anna Ekdahl")
    row = make(kind)
    before = fresh(row).version
    lead.get(part(row, name))
    page = lead.submit({**{k: v for k, v in fields_of(name, kind).items() if k != "reason"}, field: value})
    assert page.status == 422
    assert "Error:" in page.words
    assert fresh(row).version == before
    kept = {"om": "affected", "period": "promise", "beslut": "decided_on", "process": "first"}[name]
    if kept != field:
        assert fields_of(name, kind)[kept] in page.text


@pytest.mark.requirement("R23")
def test_the_owner_of_a_user_dialogue_is_a_unit_and_no_person(unit):
    make_person(Role.OFFICIAL, name="Anna Ekdahl")
    row, lead = make_user_dialogue(Stage.IDEA), make_actor(Role.OFFICIAL)
    values = {"title": "Maten", "question": "Hur?", "affected": "äter", "purpose": "Veta."}
    with pytest.raises(NotAccepted) as refused:
        service.describe(lead, row, row.version, unit="Anna Ekdahl, enhetschef", **values)
    assert refused.value.field == "unit"
    service.describe(lead, row, row.version, unit="Solgården", **values)
    assert db.session().get_one(UserService, row.id).unit == "Solgården"


def test_what_people_have_been_told_stands(unit):
    lead = make_actor(Role.OFFICIAL)
    for stage in (Stage.ANNOUNCED, Stage.OPEN, Stage.CLOSED):
        row = make_user_dialogue(stage)
        values = {"title": "Maten", "question": "Hur?", "affected": "äter", "purpose": "Veta."}
        with pytest.raises(Refusal):
            service.describe(lead, row, row.version, unit="Solgården", **values)
        with pytest.raises(Refusal):
            service.set_period(lead, row, row.version, promise="Annat.", opens_at=row.opens_at,
                               closes_at=row.closes_at, feedback_by=row.feedback_by)  # fmt: skip


def test_a_user_dialogue_stays_open_longer_and_never_shorter(unit):
    row, lead = make_user_dialogue(Stage.OPEN), make_actor(Role.OFFICIAL)
    closes = row.closes_at
    with pytest.raises(NotAccepted):
        dialogues.extend(lead, row, closes - timedelta(hours=1), "Fler hinner.")
    with pytest.raises(NotAccepted):  # after those who took part were to be told
        dialogues.extend(lead, row, closes + timedelta(days=60), "Fler hinner.")
    dialogues.extend(lead, row, closes + timedelta(days=2), "Fler hinner.")
    assert row.closes_at == closes + timedelta(days=2)


@pytest.mark.requirement("R22")
def test_what_is_public_is_corrected_with_a_reason_and_both_rows_stay(lead):
    row = make(Kind.INFORMATION, Stage.ANNOUNCED)
    lead.get(part(row, "beslut"))
    fields = fields_of("beslut", Kind.INFORMATION)
    page = lead.submit({**fields, "reason": ""})
    assert page.status == 422
    assert "Say what was wrong." in page.words
    assert lead.submit(fields).path == f"{DESK}/{row.id}"
    with db.unit() as session:
        rows = session.scalars(select(KnownDecision).order_by(KnownDecision.id)).all()
        assert [one.section_no for one in rows] == ["31", "7"]
        assert queries.decision_of(row.id).section_no == "7"
        rows[0].section_no = "8"
        with pytest.raises(AppendOnly):
            session.flush()
        session.rollback()


def test_only_the_lead_writes(unit):
    for role in [one for one in Role if one is not Role.OFFICIAL]:
        actor = make_actor(role)
        row = make_consultation(Stage.IDEA)
        with pytest.raises(Refusal):
            service.link_process(actor, row, row.version, law="other", url="https://vara.example/",
                                 first=clock.today(), last=clock.today())  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.USER_DIALOGUE, Kind.INFORMATION, Kind.STATUTORY_CONSULTATION])
@pytest.mark.parametrize("page", ["kriterier", "fraga", "syfte", "niva", "lofte", "tidplan", "ramar"])
def test_what_belongs_to_citizen_dialogues_is_refused_with_its_reason(lead, kind, page):
    row = make(kind)
    before = fresh(row).version
    answer = lead.get(f"{DESK}/{row.id}/{page}")
    assert answer.status == 200
    assert "This belongs to citizen dialogues only." in answer.words
    assert fresh(row).version == before


@pytest.mark.parametrize("kind", [Kind.USER_DIALOGUE, Kind.INFORMATION, Kind.STATUTORY_CONSULTATION])
def test_no_body_records_a_decision_about_it(the_app, isolated, kind):
    with db.unit():
        secretary = Visitor(the_app).sign_in_as(make_person(Role.SECRETARY))
    stage = Stage.OPEN if kind is Kind.USER_DIALOGUE else Stage.ANNOUNCED
    row = make(kind, stage)
    for tail in ("", "/halla", "/arendet", "/avbryta"):
        assert secretary.get(f"/beslut/{row.id}{tail}").status == 403
    assert f"/beslut/{row.id}" not in secretary.get(f"{DESK}/{row.id}").links()


# ------------------------------------------------------------------ methods


@pytest.mark.requirement("R14")
def test_a_user_dialogue_offers_what_lies_at_consultation_and_below(lead):
    words = lead.get(f"{DESK}/{make(Kind.USER_DIALOGUE).id}/metoder").words
    for name in ("Surveys", "Articles", "Meetings"):
        assert name in words
    for name in ("Votes", "Forum", "Workshops", "Joint projects"):
        assert name not in words


@pytest.mark.requirement("R22", "R7")
def test_information_offers_articles_and_meetings_and_a_consultation_nothing(lead):
    words = lead.get(f"{DESK}/{make(Kind.INFORMATION).id}/metoder").words
    assert "Articles" in words
    assert "Surveys" not in words
    words = lead.get(f"{DESK}/{make(Kind.STATUTORY_CONSULTATION).id}/metoder").words
    assert "Articles" not in words
    assert "held in a process of its own" in words


def plan(form: str) -> Plan:
    now = clock.now()
    return Plan(form, "Kom och fråga", "Om bron.", "", now + timedelta(days=3), now + timedelta(days=4), "Aulan",
                "Ramp finns.", takes_sign_ups=True, seats=None)  # fmt: skip


@pytest.mark.requirement("R22")
def test_only_an_information_meeting_is_held_where_nothing_is_open(unit):
    row, lead = make_information(Stage.IDEA), make_actor(Role.OFFICIAL)
    for form in Form:
        if form is not Form.INFORMATION_MEETING:
            with pytest.raises(NotAccepted):
                meetings.create(lead, Where(row.id), plan(form))
    made = meetings.create(lead, Where(row.id), plan(Form.INFORMATION_MEETING))
    with pytest.raises(NotAccepted):
        meetings.change(lead, made, plan(Form.FOCUS_GROUP), made.version)
    assert meetings.create(lead, Where(make_user_dialogue().id), plan(Form.FOCUS_GROUP))


def test_the_form_of_an_information_meeting_is_chosen_already(lead):
    row = make(Kind.INFORMATION)
    lead.get(f"{DESK}/{row.id}/moten/nytt")
    forms = [(e.get("value"), "checked" in e.attrib) for e in lead.page.find_all("input") if e.get("name") == "form"]
    assert forms == [("information_meeting", True)]


# ------------------------------------------------------------------ sending a question on


@pytest.mark.parametrize("kind", [Kind.USER_DIALOGUE, Kind.INFORMATION, Kind.STATUTORY_CONSULTATION])
def test_a_question_is_sent_on_to_a_new_entry_with_its_reason(unit, kind):
    question, lead = make_whole(Stage.ASSESSED), make_actor(Role.OFFICIAL)
    with pytest.raises(NotAccepted):
        service.redirect(lead, question, kind, "  ")
    entry = service.redirect(lead, question, kind, "Det rör bara en grupp.")
    assert (question.stage, entry.kind, entry.stage) == (Stage.REDIRECTED, kind, Stage.IDEA)
    assert (entry.title, entry.question, entry.summary) == (question.title, question.question, question.summary)
    assert queries.sent_on(question.id).to_id == entry.id
    assert [(sent.reason, row.id) for sent, row in queries.came_from(entry.id)] == [
        ("Det rör bara en grupp.", question.id)
    ]
    with pytest.raises(Refusal):
        service.redirect(lead, question, kind, "En gång till.")


def test_a_question_is_sent_to_an_entry_that_is_there_and_to_nothing_else(unit):
    lead, there = make_actor(Role.OFFICIAL), make_user_dialogue()
    wrong = [0, make_whole(Stage.OPEN).id, make_information(Stage.ARCHIVED).id, make_information(Stage.UNSUITABLE).id]
    question = make_whole(Stage.ASSESSED)
    for number in wrong:
        with pytest.raises(NotAccepted):
            service.redirect(lead, question, number, "Därför.")
    with pytest.raises(NotAccepted):
        service.redirect(lead, question, Kind.CITIZEN_DIALOGUE, "Därför.")
    assert service.redirect(lead, question, there.id, "Därför.") is there
    hidden = make_information(Stage.IDEA)
    other = make_whole(Stage.ASSESSED)
    with pytest.raises(NotAccepted):
        service.redirect(make_actor(Role.OFFICIAL, dialogue_id=other.id), other, hidden.id, "Därför.")


def test_the_page_that_sends_a_question_on(lead):
    with db.unit():
        question, there = make_whole(Stage.ASSESSED), make_user_dialogue(title="Maten på Solgården")
    lead.get(f"{DESK}/{question.id}/flytta/redirected")
    assert lead.page.path.endswith("/omdirigera")
    assert "Maten på Solgården (User dialogue)" in lead.page.words
    page = lead.submit({"to": "", "reason": ""})
    assert page.status == 422
    page = lead.submit({"to": "nonsense", "reason": "Det rör bara en grupp."})
    assert page.status == 422
    assert "Det rör bara en grupp." in page.text
    page = lead.submit({"to": str(there.id), "reason": "Det rör bara en grupp."})
    assert page.path == f"{DESK}/{there.id}"
    assert "The question has been sent on." in lead.get(f"{DESK}/{question.id}/omdirigera").words
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Redirection)).one() == 1


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.ASSESSED])
def test_only_what_has_been_assessed_is_sent_on(unit, stage):
    question = make_whole(stage)
    with pytest.raises(Refusal):
        service.redirect(make_actor(*Role), question, Kind.INFORMATION, "Därför.")


def test_a_citizen_dialogue_whose_only_level_is_information_stays_refused(unit):
    row, lead = make_dialogue(Stage.IDEA, level="consultation"), make_actor(Role.OFFICIAL)
    with pytest.raises(NotAccepted):
        dialogues.choose_level(lead, row, row.version, level="information")
    tell(make_information(Stage.IDEA))
