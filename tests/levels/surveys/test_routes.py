"""Answering a survey through its forms, as anyone would, and reading its result."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.accounts.queries import hash_of
from app.dialogues.stages import Stage
from app.levels.consultation.surveys import queries, service
from app.levels.consultation.surveys.models import SurveyResponse
from app.questions.models import AnswerDraft, AnswerSheet
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor, make_person
from tests.factories.surveys import make_figures, make_survey, respond, show_texts, values_for
from tests.visitor import Visitor


@pytest.fixture
def make(the_app):
    """A survey, its address and its questions."""

    def build(audience="anyone", stage=Stage.OPEN):
        with the_app.test_request_context(), db.unit():
            row = make_survey(make_dialogue(stage), audience)
            asked = [(f"q{one.id}", [option.id for option in one.options]) for one in queries.questions(row)]
            return row, f"/dialoger/{row.dialogue_id}-drottninggatan/enkat/{row.id}", asked

    return build


def fill_in(visitor, path, asked):
    """Every page, up to check your answers."""
    (one, ones), (several, severals), (scale, _), (number, _), (line, _), (text, _) = asked
    visitor.get(path + "/fraga/1")
    visitor.submit({one: ones[0]})
    visitor.submit({several: severals[:2], scale: "4"})
    visitor.submit({number: "3,5", line: "Storgatan"})
    return visitor.submit({text: "Fler träd."})


def responses():
    with db.reading() as session:
        return session.scalars(select(func.count()).select_from(SurveyResponse)).one()


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_whole_journey(visitor, make, prefix):
    _, path, asked = make()
    start = visitor.get(prefix + path)
    assert start.status == 200
    assert "Set-Cookie" not in start.headers
    assert "Berätta hur du vill ha gatan." in start.words
    page = fill_in(visitor, prefix + path, asked)
    assert page.path.endswith("/kontrollera")
    assert "Fler träd." in page.words
    page = visitor.submit()
    assert f"{prefix}{path}/kvitto/" in page.path
    assert page.path.rpartition("/")[2] in page.words
    assert responses() == 1
    assert visitor.get(prefix + path + "/fraga/1").path == page.path
    assert "You have answered this survey." in visitor.get(prefix + path).words
    assert page.find_all("html")[0].get("dir") == ("rtl" if prefix else "ltr")


def test_a_change_leads_back_to_the_check(visitor, make):
    _, path, asked = make()
    fill_in(visitor, path, asked)
    visitor.get(path + "/fraga/1?andra=1")
    page = visitor.submit({asked[0][0]: asked[0][1][1]})
    assert page.path.endswith("/kontrollera")
    assert "Bänkar att vila på" in page.words


def test_a_missing_answer_is_said_at_its_field_and_nothing_is_kept(visitor, make):
    _, path, _ = make()
    visitor.get(path + "/fraga/1")
    page = visitor.submit()
    assert page.status == 422
    assert "Choose an answer: it is needed." in page.words
    assert page.title.startswith("Error:")


def test_saved_for_later_need_not_be_complete(visitor, make):
    _, path, _ = make()
    visitor.get(path + "/fraga/1")
    page = visitor.submit(press="later")
    assert page.path == path
    assert "within 30 days" in page.words
    visitor.get(path + "/kontrollera")
    page = visitor.submit()
    assert page.status == 422
    assert "Something needs to be put right" in page.words
    assert responses() == 0


def test_nothing_begun_leads_to_the_start(visitor, make):
    _, path, _ = make()
    page = visitor.get(path + "/kontrollera")
    assert page.path == path
    assert "There are no answers to send in." in page.words


def test_without_an_account_each_browser_may_answer_once(the_app, visitor, make):
    _, path, asked = make()
    other = Visitor(the_app)
    for one in (visitor, other):
        fill_in(one, path, asked)
        assert "/kvitto/" in one.submit().path
    assert responses() == 2


def test_an_account_answers_once_whatever_the_browser(the_app, visitor, make):
    _, path, asked = make("account")
    with db.unit():
        person = make_person()
    visitor.sign_in_as(person)
    fill_in(visitor, path, asked)
    first = visitor.submit().path
    again = Visitor(the_app).sign_in_as(person)
    assert again.get(path + "/fraga/1").path == first
    assert responses() == 1


def test_where_an_account_is_needed_a_guest_is_told_so(visitor, make):
    _, path, _ = make("account")
    page = visitor.get(path)
    assert "You need an account to answer this survey" in page.words
    assert any("/logga-in?next=" in link for link in page.links())
    assert visitor.get(path + "/fraga/1").status == 403


def test_sent_twice_gives_the_same_receipt(visitor, make):
    _, path, asked = make()
    page = fill_in(visitor, path, asked)
    first = visitor.submit().path
    visitor.page = page
    assert visitor.submit().path == first
    assert responses() == 1


def test_closed_on_the_way_nothing_is_stored(visitor, make):
    _, path, asked = make()
    fill_in(visitor, path, asked)
    clock.shift(timedelta(days=8))
    page = visitor.submit()
    assert page.status == 403
    assert "This dialogue closed on" in page.words
    assert responses() == 0
    assert "This dialogue closed on" in visitor.get(path).words


def test_what_is_not_there_is_not_found(visitor, make):
    _, path, _ = make()
    for part in ("/fraga/99", "/fraga/0", "/kvitto/ABCD", "0"):
        assert visitor.get(path + part).status == 404
    _, hidden, _ = make(stage=Stage.PREPARED)
    assert visitor.get(hidden).status == 404


def compiled(the_app, people):
    """A survey that so many have answered, whose result is out."""
    with the_app.test_request_context(), db.unit() as session:
        dialogue = make_dialogue()
        row = make_survey(dialogue, "anyone")
        for number in range(people):
            respond(row, key=f"form {number}")
        show_texts(row)
        make_figures(row)
        dialogue.stage = Stage.COMPILED
        session.flush()
        return f"/dialoger/{dialogue.id}-drottninggatan/enkat/{row.id}", queries.questions(row)[-1].id


def test_the_result_shows_tables_and_texts(the_app, visitor):
    path, question_id = compiled(the_app, 25)
    page = visitor.get(path + "/resultat")
    assert page.status == 200
    assert "25 answers came in." in page.words
    assert "not a random sample" in page.words
    assert len(page.find_all("table")) == 3
    assert any("/anmal/" in link for link in page.links())
    texts = visitor.get(f"{path}/resultat/{question_id}")
    assert texts.words.count("Fler träd.") == 20
    older = next(link for link in texts.links() if "aldre=" in link)
    assert visitor.get(older).words.count("Fler träd.") == 5
    assert visitor.get(f"{path}/resultat/{question_id}?aldre=99999999999999").status == 200


def test_before_the_result_a_sentence_says_so(visitor, make):
    _, path, _ = make()
    assert "There is no result yet." in visitor.get(path + "/resultat").words


@pytest.mark.parametrize("people", [2, 30])
@pytest.mark.parametrize("part", ["", "/resultat"])
def test_reading_takes_few_statements_and_no_cookie(the_app, visitor, count_statements, people, part):
    path, _ = compiled(the_app, people)
    with db.unit():
        person = make_person()
    count_statements.clear()
    page = visitor.get("/ar" + path + part)
    assert page.status == 200
    assert "Set-Cookie" not in page.headers
    assert len(count_statements) <= 8
    visitor.sign_in_as(person)
    count_statements.clear()
    assert visitor.get("/ar" + path + part).status == 200
    assert len(count_statements) <= 8, count_statements


@pytest.mark.race
def test_fifty_at_once_by_one_account_are_one_response(own_database, the_app):
    with the_app.test_request_context(), db.unit():
        row = make_survey(make_dialogue(), "account")
        actor = make_actor()
        for number in range(50):
            service.begin(actor, row, hash_of(str(number)))
            service.keep_answers(actor, row, hash_of(str(number)), values_for(row))
        survey_id = row.id

    def send(number):
        try:
            with the_app.test_request_context(), db.unit():
                return service.submit(actor, queries.survey(survey_id), hash_of(str(number))).receipt
        except service.AlreadyAnswered:
            return None

    with ThreadPoolExecutor(50) as pool:
        receipts = set(pool.map(send, range(50))) - {None}
    assert len(receipts) == 1
    with db.reading() as session:
        for table in (SurveyResponse, AnswerSheet):
            assert session.scalars(select(func.count()).select_from(table)).one() == 1
        assert session.scalars(select(func.count()).select_from(AnswerDraft)).one() == 49
