"""The pages of an evaluation: for residents, staff and the registrar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db, jobs
from app.dialogues import service as dialogues
from app.dialogues.evaluation.models import ArchivePlan, ExperienceYear, Lesson, LessonAnswer, StaffAnswer, Summary
from app.dialogues.evaluation.service import asking
from app.dialogues.evaluation.standard import Circle, Reach
from app.dialogues.models import Dialogue, Move
from app.dialogues.stages import Stage
from app.exports import queries as exports
from app.exports import store
from app.permissions import Role
from app.questions.models import AnswerSheet
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.evaluation import make_inquiry, make_lesson, make_plan, send_in
from tests.factories.multilingual import make_translation
from tests.factories.people import actor_of, make_person
from tests.visitor import Page, Visitor


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    with db.unit():
        person = make_person(Role.OFFICIAL)
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def registrar(the_app, isolated) -> Visitor:
    with db.unit():
        person = make_person(Role.REGISTRAR)
    return Visitor(the_app).sign_in_as(person)


def make(stage: Stage, **fields: object) -> Dialogue:
    with db.unit():
        return make_whole(stage, **fields)


def here(dialogue: Dialogue, tail: str = "") -> str:
    return f"/dialoger/{dialogue.id}-drottninggatan/utvardering{tail}"


def desk(dialogue: Dialogue, tail: str = "/utvardering") -> str:
    return f"/arbetsyta/dialoger/{dialogue.id}{tail}"


def first_choices(page: Page) -> dict[str, str]:
    radios = [e for e in page.find_all("input") if e.get("type") == "radio"]
    return {e.get("name"): e.get("value") for e in reversed(radios)}


# ---------------------------------------------------------------- residents


@pytest.mark.requirement("R26")
@pytest.mark.parametrize("prefix", ["", "/en", "/ar", "/lattlast"])
def test_anyone_says_how_it_was_on_one_page_in_their_language(visitor, catalogues, prefix):
    with db.unit():
        row = make_inquiry(make_whole(Stage.CLOSED))
        dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    page = visitor.get(prefix + here(dialogue, "/svara"))
    assert page.status == 200
    assert len(page.find_all("fieldset")) == 8
    spoken = {"/en": "Would you like to take part in a dialogue again?", "/ar": "هل ترغب في المشاركة في حوار مرة أخرى؟"}
    assert spoken.get(prefix, "Vill du vara med i en dialog igen?") in page.words
    assert not [e for e in page.find_all("bdi") if "dialog igen" in "".join(e.itertext())]
    assert visitor.submit({}).status == 422
    assert visitor.page.find_all("fieldset")
    page = visitor.submit(first_choices(visitor.page))
    assert page.path.endswith("/utvardering/tack")


def test_the_form_pressed_twice_is_one_answer(visitor):
    with db.unit():
        row = make_inquiry(make_whole(Stage.CLOSED))
        dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    page = visitor.get(here(dialogue, "/svara"))
    chosen = first_choices(page)
    visitor.submit(chosen)
    visitor.page = page
    assert visitor.submit(chosen).path.endswith("/tack")
    with db.reading() as session:
        assert session.scalars(select(func.count(AnswerSheet.id)).filter_by(set_id=row.set_id)).one() == 1


def test_too_many_from_one_address_wait(visitor, monkeypatch):
    with db.unit():
        row = make_inquiry(make_whole(Stage.CLOSED))
        dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    page = visitor.get(here(dialogue, "/svara"))
    chosen = first_choices(page)
    answers = []
    for _ in range(41):
        visitor.page = page
        answers.append(visitor.submit(chosen).status)
    assert answers.count(429) == 1


def test_before_it_is_asked_there_is_nothing_to_answer(visitor):
    one = make(Stage.OPEN)
    assert visitor.get(here(one, "/svara")).status == 404
    assert "not done yet" in visitor.get(here(one)).words


def test_when_it_has_closed_one_is_told_so(visitor):
    one = make(Stage.EVALUATED)
    assert "The evaluation closed on" in visitor.get(here(one, "/svara")).words
    assert not visitor.page.find_all("fieldset")


def test_the_dialogue_page_and_the_feedback_lead_there_while_one_can_answer(visitor):
    one = make(Stage.CLOSED)
    with db.unit():
        make_inquiry(one)
    assert "Did you take part? Tell us how it was." in visitor.get(f"/dialoger/{one.id}-drottninggatan").words
    assert "Set-Cookie" not in visitor.page.headers
    other = make(Stage.FED_BACK)
    assert "Tell us how it was" not in visitor.get(f"/dialoger/{other.id}-drottninggatan").words


@pytest.mark.requirement("R8", "R26", "R27", "R55")
def test_everyone_reads_the_evaluation_with_small_figures_hidden(visitor):
    one = make(Stage.FED_BACK)
    with db.unit() as session:
        dialogue = session.get_one(Dialogue, one.id)
        make_lesson(dialogue)
        session.get_one(Summary, one.id).text = "De flesta förstod vad som hände."
        assert "De flesta förstod" not in visitor.get(here(one)).words
    with db.unit() as session:
        dialogue = session.get_one(Dialogue, one.id)
        who = make_person(Role.OFFICIAL)
        dialogues.move(actor_of(who, Role.OFFICIAL), dialogue, Stage.EVALUATED)
    page = visitor.get(here(one))
    assert "De flesta förstod vad som hände." in page.words
    assert "Boka tolk före inbjudan." in page.words
    assert "Would you like to take part in a dialogue again?" in page.words
    assert "Fewer than five answers came in" in page.words  # the staff
    assert "Will the decision be easier to carry through?" not in page.words
    assert "Set-Cookie" not in page.headers


def test_a_summary_is_read_in_the_language_that_it_has_been_translated_into(visitor):
    one = make(Stage.EVALUATED)
    with db.unit() as session:
        source = session.get_one(Summary, one.id).text
        make_translation(f"evaluation:{one.id}", "text", "en", "Most want to take part again.", source=source)
    assert "Most want to take part again." in visitor.get("/en" + here(one)).words


@pytest.mark.requirement("R8")
def test_the_trend_is_shown_by_year(visitor):
    assert "Nobody has been asked yet." in visitor.get("/sa-upplevdes-det").words
    with db.unit():
        figures = {"influence": {"dialogues": 2, "people": 40, "yes": 30}}
        db.session().add(ExperienceYear(year=2026, dialogues=3, figures=figures, made_at=clock.now()))
        db.session().add(ExperienceYear(year=2025, dialogues=1, figures={}, made_at=clock.now()))
    page = visitor.get("/sa-upplevdes-det")
    assert "75 %" in page.words.replace("\u00a0", " ")
    assert "40 people · 2 of 3 dialogues" in page.words
    assert "Too few answers" in page.words
    assert "/sa-upplevdes-det" in visitor.get("/sa-blev-det").links()


def test_the_figures_of_a_year_come_by_the_job(visitor):
    with db.unit():
        row = make_inquiry(make_whole(Stage.CLOSED), Circle.TOLD)
        send_in(row, 9, "yes")
        send_in(row, 6, "no")
        jobs.enqueue("evaluation.count", {"inquiry_id": row.id}, run_at=row.closes_at)
        clock.shift(row.closes_at - clock.now() + timedelta(minutes=1))
    jobs.run_due()
    assert "60 %" in visitor.get("/sa-upplevdes-det").words.replace("\u00a0", " ")


# ---------------------------------------------------------------- staff


@pytest.mark.requirement("R27")
def test_each_answers_for_themselves_once(lead, the_app):
    one = make(Stage.FED_BACK)
    page = lead.get(desk(one, "/utvardering/svara"))
    chosen = first_choices(page)
    assert lead.submit({**chosen, "duty": ""}).status == 422
    lead.submit({**chosen, "duty": "lead", "comment": "Fler kom på kvällen."})
    assert "Your own answer has come in." in lead.page.words
    lead.get(desk(one, "/utvardering/svara"))
    lead.submit({**chosen, "duty": "facilitator"})
    with db.reading() as session:
        assert session.scalars(select(func.count(StaffAnswer.id)).filter_by(comment="Fler kom på kvällen.")).one() == 1
        assert session.scalars(select(func.count(StaffAnswer.id))).one() == 2  # the factory's, and this one
    assert "Fler kom på kvällen." in lead.get(desk(one, "/utvardering/sammanfattning")).words


def test_nobody_answers_in_a_duty_that_is_not_theirs(the_app, isolated):
    one = make(Stage.FED_BACK)
    with db.unit():
        translator = make_person(Role.TRANSLATOR)
    visitor = Visitor(the_app).sign_in_as(translator)
    page = visitor.get(desk(one, "/utvardering/svara"))
    assert [e.get("value") for e in page.find_all("input") if e.get("name") == "duty"] == ["facilitator"]
    assert visitor.submit({**first_choices(page), "duty": "lead"}).status == 422


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SECRETARY, Role.REGISTRAR])
def test_only_the_lead_concludes(the_app, isolated, role):
    one = make(Stage.FED_BACK)
    with db.unit():
        person = make_person(role)
    visitor = Visitor(the_app).sign_in_as(person)
    assert "Dialogue lead" in visitor.get(desk(one, "/utvardering/sammanfattning")).words
    assert not [e for e in visitor.page.find_all("textarea")]
    assert visitor.get(desk(one)).status == 200
    assert "Note an improvement" not in visitor.page.words


def test_two_write_the_summary_and_none_is_overwritten(lead, the_app):
    one = make(Stage.FED_BACK)
    with db.unit():
        other = Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))
    path = desk(one, "/utvardering/sammanfattning")
    other.get(path)
    lead.get(path)
    other.submit({"text": "Den första."})
    page = lead.submit({"text": "Den andra."})
    assert page.status == 409
    assert "Den första." in page.words
    assert "Den andra." in page.text
    lead.submit({})
    with db.reading() as session:
        assert session.get_one(Summary, one.id).text == "Den andra."


def test_improvements_are_noted_changed_and_taken_away(lead):
    one = make(Stage.FED_BACK)
    lead.get(desk(one, "/utvardering/forbattringar"))
    assert lead.submit({"part": "", "text": "", "reach": ""}).status == 422
    lead.submit({"part": "access", "text": "Boka tolk.", "reach": "method:surveys"})
    assert "Boka tolk." in lead.page.words
    with db.reading() as session:
        lesson = session.scalars(select(Lesson)).one()
        assert (lesson.reach, lesson.method, lesson.level) == ("method", "surveys", None)
    lead.get(desk(one, f"/utvardering/forbattringar/{lesson.id}"))
    lead.submit({"text": "Boka två tolkar.", "reach": "level:consultation"})
    assert "Boka två tolkar." in lead.page.words
    lead.submit({}, holding=desk(one, f"/utvardering/forbattringar/{lesson.id}/bort"))
    assert "Boka två tolkar." not in lead.page.words


@pytest.mark.requirement("R55")
def test_the_next_preparation_shows_what_was_learned(lead):
    with db.unit():
        earlier = make_whole(Stage.EVALUATED, title="Bussen till Larv")
        first, second = make_lesson(earlier, "Fråga före tidtabellen."), make_lesson(earlier, "Sätt upp på bussen.")
        make_lesson(earlier, "Gäller bara verkstäder.", Reach.METHOD, "workshops")
    one = make(Stage.ASSESSED)
    assert "What earlier dialogues have learned" in lead.get(desk(one, "")).words
    assert "Say of each how it is taken up" in lead.page.words
    page = lead.get(desk(one, "/lardomar"))
    assert "Fråga före tidtabellen." in page.words
    assert "Bussen till Larv" in page.words
    assert "Gäller bara verkstäder." not in page.words
    page = lead.submit({f"taken_{first.id}": "taken_up", f"words_{first.id}": ""})
    assert page.status == 422
    page = lead.submit({f"taken_{first.id}": "taken_up", f"words_{first.id}": "Tidplanen är ändrad."})
    assert "1 of 2 answered" in page.words
    lead.get(desk(one, "/lardomar"))
    page = lead.submit({f"taken_{second.id}": "set_aside", f"words_{second.id}": "Ingen buss går hit."})
    assert "2 of 2 answered" in page.words
    with db.reading() as session:
        said = session.scalars(select(LessonAnswer.taken).order_by(LessonAnswer.lesson_id)).all()
        assert said == ["taken_up", "set_aside"]


def test_staff_asks_by_hand_where_the_life_cycle_has_not(lead):
    with db.unit():
        one = make_dialogue(Stage.FED_BACK)
    page = lead.get(desk(one))
    assert page.words.count("Ask them now") == 2
    page = lead.submit({}, holding=desk(one, "/utvardering/fraga/participants"))
    assert "Can answer until" in page.words


# ---------------------------------------------------------------- the registrar


def wait_for_archive(stage: Stage = Stage.EVALUATED) -> Dialogue:
    with db.unit():
        dialogue = make_whole(stage)
        for start, to in (("resolved", "fed_back"), ("fed_back", "evaluated")):
            moved = {"from_stage": start, "to_stage": to, "at": clock.now() - timedelta(days=400), "guards": {}}
            db.session().add(Move(dialogue_id=dialogue.id, note="", **moved))
    return dialogue


@pytest.mark.requirement("R54")
def test_the_registrar_archives_when_everything_is_there(registrar, the_app):
    one = wait_for_archive()
    page = registrar.get("/registrator")
    assert "Choose a class of the retention plan." in page.words
    registrar.get(desk(one, "/arkivering"))
    registrar.submit({"retention_class": "bevaras-utan-namn"}, holding="retention_class")
    assert "The export for the archive has not been made." in registrar.page.words
    registrar.get(desk(one, "/export/arkiv"))
    registrar.submit({})
    jobs.run_due()
    assert "The export is kept, and is as it was when it was made." in registrar.get(desk(one, "/export/arkiv")).words
    assert "Nothing is missing: it can be archived." in registrar.get("/registrator").words
    registrar.get(desk(one, "/flytta/archived"))
    registrar.submit({"note": "e-arkivet, serie 3"})
    with db.reading() as session:
        assert session.get_one(Dialogue, one.id).stage == Stage.ARCHIVED


@pytest.mark.requirement("R54")
@pytest.mark.parametrize("harm", ["changed", "gone", "another class"])
def test_an_export_that_is_not_what_was_recorded_keeps_it_from_the_archive(registrar, harm):
    one = wait_for_archive()
    with db.unit():
        make_plan(one)
    registrar.get(desk(one, "/export/arkiv"))
    registrar.submit({})
    jobs.run_due()
    with db.reading():
        copy = exports.archive_copy(one.id)
        assert dialogues.missing(one, Stage.ARCHIVED) == []
    file = store.archived(copy.key)
    if harm == "changed":
        file.write_bytes(file.read_bytes() + b" ")
    elif harm == "gone":
        file.unlink()
    else:
        with db.unit() as session:
            session.get_one(ArchivePlan, one.id).retention = "bevaras"
    with db.reading() as session:
        (lack,) = dialogues.missing(session.get_one(Dialogue, one.id), Stage.ARCHIVED)
        assert lack.address[0] == "exports.archive"
    assert "Make it again." in registrar.get(desk(one, "/arkivering")).words


def test_the_export_waits_for_the_class(registrar):
    one = wait_for_archive()
    assert "Choose a class of the retention plan first." in registrar.get(desk(one, "/export/arkiv")).words


def test_names_leave_only_after_the_registrar_has_shown_who_it_is(registrar):
    one = wait_for_archive()
    with db.unit():
        make_plan(one, "bevaras")
    assert "first confirm that it is you" not in registrar.get(desk(one, "/export/arkiv")).words
    clock.shift(timedelta(minutes=40))
    assert "first confirm that it is you" in registrar.get(desk(one, "/export/arkiv")).words


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ADMINISTRATOR, Role.SECRETARY])
def test_the_list_is_the_registrars(the_app, isolated, role):
    with db.unit():
        person = make_person(role)
    assert Visitor(the_app).sign_in_as(person).get("/registrator").status == 403


# ---------------------------------------------------------------- costs


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_few_statements_however_much_there_is(the_app, isolated, count_statements, prefix):
    evaluated, asked, told = wait_for_archive(), make(Stage.CLOSED), make(Stage.FED_BACK)
    with db.unit():
        make_inquiry(asked)
        person = make_person(Role.OFFICIAL, Role.REGISTRAR)
    visitor = Visitor(the_app).sign_in_as(person)
    reading = [here(evaluated), here(asked), here(asked, "/svara"), here(asked, "/tack"), "/sa-upplevdes-det"]
    working = [desk(told), desk(told, "/utvardering/svara"), desk(told, "/utvardering/sammanfattning")]
    working += [desk(evaluated, "/arkivering"), desk(told, ""), desk(evaluated, ""), "/registrator"]
    working += [desk(evaluated, "/export/arkiv"), desk(told, "/utvardering/forbattringar")]
    draft = make(Stage.ASSESSED)
    working += [desk(draft, "/lardomar"), desk(draft, "")]

    def spent(path: str) -> int:
        visitor.get(prefix + path)
        count_statements.clear()
        assert visitor.get(prefix + path).status == 200, path
        return len(count_statements)

    few = {path: spent(path) for path in reading + working}
    assert max(few[path] for path in reading) <= 8
    assert max(few[path] for path in working) <= 12, few
    with db.unit() as session:
        for number in range(12):
            make_lesson(session.get_one(Dialogue, evaluated.id), f"Lärdom {number}")
            make_lesson(session.get_one(Dialogue, told.id), f"Lärdom {number}")
            wait_for_more = make_dialogue(Stage.EVALUATED)
            make_plan(wait_for_more)
            row = asking.made(wait_for_more.id, Circle.TOLD, clock.now(), clock.now())
            assert row.id
    assert {path: spent(path) for path in few} == few
