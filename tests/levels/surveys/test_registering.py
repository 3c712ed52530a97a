"""Answers on paper and by phone: written down by staff, who are never the author; counted once; in time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.dialogues.models import Card
from app.dialogues.problems import NotAccepted
from app.dialogues.stages import Stage
from app.jobs import Job
from app.levels.consultation.surveys import exports, jobs, queries, service
from app.levels.consultation.surveys.models import Survey, SurveyRegistration, SurveyResponse
from app.levels.consultation.surveys.rules import PAPER_GRACE, Do
from app.levels.consultation.surveys.service import REGISTRATIONS, CameIn
from app.limits import TooMany, spend
from app.permissions import Refusal, Role, can
from app.questions.models import Answer, AnswerDraft, AnswerSheet
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor, make_person
from tests.factories.surveys import make_figures, make_survey, respond, values_for
from tests.visitor import Visitor


def came(channel: str = "paper", days: int = 0, language: str = "sv") -> CameIn:
    return CameIn(channel, language, clock.today() - timedelta(days=days))


def register(row: Survey, key: str = "a form", *, by: Role = Role.CONTACT_CENTRE, **how: object) -> SurveyResponse:
    return service.register(make_actor(by), row, values_for(row), came(**how), key)  # type: ignore[arg-type]


def address(row: Survey) -> str:
    return f"/arbetsyta/dialoger/{row.dialogue_id}/enkat/{row.id}/registrera"


@pytest.fixture
def made(the_app, isolated) -> Survey:
    with the_app.test_request_context(), db.unit():
        return make_survey(make_dialogue(), "account")


@pytest.fixture
def clerk(the_app, isolated) -> Visitor:
    with db.unit():
        person = make_person(Role.CONTACT_CENTRE)
    return Visitor(the_app).sign_in_as(person)


def answers_to(row: Survey) -> dict[str, object]:
    """What is filled in of the six questions."""
    with db.reading():
        one, several, scale, number, line, text = queries.questions(row)
        return {
            f"q{one.id}": one.options[0].id, f"q{several.id}": [several.options[0].id], f"q{scale.id}": "4",
            f"q{number.id}": "3", f"q{line.id}": "Storgatan", f"q{text.id}": "Fler träd vid skolan.",
        }  # fmt: skip


@pytest.mark.parametrize("channel", ["paper", "phone"])
def test_who_writes_it_down_is_not_who_answers(unit, channel):
    row, clerk = make_survey(make_dialogue(), "account"), make_actor(Role.CONTACT_CENTRE)
    response = service.register(clerk, row, values_for(row), came(channel), "a form")
    sheet = db.session().get_one(AnswerSheet, response.sheet_id)
    noted = db.session().get_one(SurveyRegistration, response.id)
    assert (response.person_id, noted.registered_by, sheet.channel) == (None, clerk.person_id, channel)
    assert db.session().scalars(select(Answer).where(Answer.text == "Fler träd.")).one().review_id is not None
    assert queries.response_of(row, "x", clerk) is None  # may still answer as the resident that they are too
    assert list(queries.participants(row.dialogue_id)) == []
    assert queries.contributions(clerk.person_id) == []


def test_free_text_waits_for_a_moderator_in_the_language_it_was_said_in(unit):
    row = make_survey(make_dialogue())
    register(row, channel="phone", language="ar")
    text = db.session().scalars(select(Answer.id).where(Answer.text == "Fler träd.")).one()
    review = queries.written(text).review
    assert (review.state, review.language, review.dialogue_id) == (State.WAITING, "ar", row.dialogue_id)


def test_the_same_form_counts_once_and_others_for_themselves(unit):
    row = make_survey(make_dialogue(), "account")
    first = register(row, "one")
    assert register(row, "one").id == first.id
    assert register(row, "two").id != first.id
    assert queries.by_channel(row) == {"paper": 2}


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ELECTED, Role.ADMINISTRATOR, Role.COMMUNICATIONS])
def test_others_do_not_register(unit, role):
    with pytest.raises(Refusal, match="role"):
        register(make_survey(make_dialogue()), by=role)


@pytest.mark.parametrize("stage", [one for one in Stage if one not in (Stage.OPEN, Stage.CLOSED)])
def test_nobody_registers_in_other_stages(unit, stage):
    with pytest.raises(Refusal):
        register(make_survey(make_dialogue(stage)))


def test_paper_that_came_in_time_is_registered_some_days_after_the_closing(unit):
    dialogue = make_dialogue(Stage.CLOSED)
    row, clerk = make_survey(dialogue), make_actor(Role.CONTACT_CENTRE)
    make_figures(row)
    dialogue.closes_at = clock.now() - timedelta(days=1)
    late = (clock.today() - clock.local(dialogue.closes_at).date()).days
    register(row, days=late)
    assert db.session().scalars(select(func.count()).select_from(Job).filter_by(kind="surveys.figures")).one() == 1
    for wrong, field in ((came("phone"), "channel"), (came(days=0), "received_on"), (came(days=4000), "received_on")):
        with pytest.raises(NotAccepted) as told:
            service.register(clerk, row, values_for(row), wrong, "another")
        assert told.value.field == field
    dialogue.closes_at = clock.now() - PAPER_GRACE
    assert not can(clerk, Do.REGISTER, row)


def test_a_day_ahead_is_not_taken(unit):
    with pytest.raises(NotAccepted):
        register(make_survey(make_dialogue()), days=-1)


def test_the_card_and_the_export_say_what_came_in_and_name_no_staff(unit):
    row = make_survey(make_dialogue(), "account")
    register(row)
    jobs.count(type("Run", (), {"args": {"survey_id": row.id}}))
    assert db.session().get_one(Card, f"survey:{row.id}").responses == 1
    names = [column.name for column in exports.columns(row.dialogue_id)]
    (line,) = exports.rows(row.dialogue_id)
    cells = dict(zip(names, line, strict=True))
    assert (cells["channel"], cells["name"], cells["email"]) == ("paper", None, None)


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_one_paper_after_another(clerk, made, prefix):
    with db.reading():
        drafts = db.session().scalars(select(func.count()).select_from(AnswerDraft)).one()
    clerk.get(prefix + address(made))
    page = clerk.submit({**answers_to(made), "channel": "paper", "language": "ar"})
    assert page.status == 200
    with db.reading() as session:
        response = session.scalars(select(SurveyResponse)).one()
        assert drafts == session.scalars(select(func.count()).select_from(AnswerDraft)).one()
    assert response.receipt in page.words
    onward = next(link for link in page.links() if "kanal=paper" in link)
    again = clerk.get(onward)
    assert again.form("channel") is not None
    page = clerk.submit(answers_to(made))  # channel, language and day are those of the one before
    assert response.receipt not in page.words
    with db.reading() as session:
        assert session.execute(select(AnswerSheet.channel, AnswerSheet.language)).all() == [("paper", "ar")] * 2
    assert clerk.get(f"/dialoger/{made.dialogue_id}-x/enkat/{made.id}/kvitto/{response.receipt}").status == 200


def test_the_same_form_sent_twice_gives_the_same_number(clerk, made):
    clerk.get(address(made))
    page, filled = clerk.page, {**answers_to(made), "channel": "phone"}
    first = clerk.submit(filled)
    clerk.page = page
    assert clerk.submit(filled).path == first.path


def test_what_is_missing_is_said_and_the_rest_kept(clerk, made):
    clerk.get(address(made))
    one, *_ = answers_to(made)
    page = clerk.submit({key: value for key, value in answers_to(made).items() if key != one})
    assert page.status == 422
    assert "Choose how the answers came in." in page.words
    assert "Fler träd vid skolan." in page.text
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(SurveyResponse)).one() == 0


def test_ten_at_one_address_register_and_each_account_has_its_limit(the_app, made, clerk):
    clerk.get(address(made))
    for _ in range(REGISTRATIONS.tries):
        spend(REGISTRATIONS, "somebody else at the same desk")
    assert clerk.submit({**answers_to(made), "channel": "phone"}).status == 200
    with pytest.raises(TooMany):
        spend(REGISTRATIONS, "somebody else at the same desk")


def test_residents_and_other_staff_do_not_reach_it(the_app, made):
    with db.unit():
        resident, moderator = make_person(), make_person(Role.MODERATOR)
    assert Visitor(the_app).sign_in_as(resident).get(address(made)).status == 403
    assert Visitor(the_app).sign_in_as(moderator).get(address(made)).status == 403


def test_the_officials_page_shows_how_answers_came(the_app, made):
    with the_app.test_request_context(), db.unit():
        register(made)
        respond(made, make_actor())
        lead = make_person(Role.OFFICIAL)
    page = Visitor(the_app).sign_in_as(lead).get(f"/arbetsyta/dialoger/{made.dialogue_id}/enkat/{made.id}/siffror")
    assert "On paper 1" in page.words
    assert "On the web 1" in page.words


def test_the_page_costs_little(clerk, made, count_statements):
    clerk.get(address(made))
    count_statements.clear()
    clerk.get(address(made))
    assert len(count_statements) <= 12


@pytest.mark.race
def test_fifty_presses_of_one_button_count_once(the_app, own_database):
    with the_app.test_request_context(), db.unit():
        row, clerk = make_survey(make_dialogue(), "account"), make_actor(Role.CONTACT_CENTRE)

    def press(_):
        with the_app.test_request_context(), db.unit():
            mine = queries.survey(row.id)
            return service.register(clerk, mine, values_for(mine), came(), "one form").receipt

    with ThreadPoolExecutor(25) as pool:
        assert len(set(pool.map(press, range(50)))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(SurveyResponse)).one() == 1
