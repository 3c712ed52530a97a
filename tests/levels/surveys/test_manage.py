"""The officials' door: a survey is built and tried through forms, by those who may, until it is announced."""

from __future__ import annotations

import pytest

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from app.permissions import Role
from app.questions import service as engine
from app.questions.models import AnswerDraft, Question
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_person
from tests.factories.surveys import make_figures, make_survey, values_for
from tests.visitor import Visitor

SIX = (
    {"kind": "single", "text": "Vad är viktigast?", "options": "Träd\n\n  Bänkar \nLjus", "required": "y"},
    {"kind": "multiple", "text": "Vad gör du här?", "options": "Handlar\nCyklar\nArbetar", "least": "1", "most": "2"},
    {"kind": "scale", "text": "Hur trygg?", "least": "0", "most": "10", "low_label": "Otrygg", "high_label": "Trygg"},
    {"kind": "number", "text": "Hur många cyklar?", "least": "-2", "most": "20"},
    {"kind": "line", "text": "Vilken gata?", "most": "40"},
    {"kind": "text", "text": "Vad mer?", "hint": "Skriv inga namn."},
)


def staff(the_app, *roles: Role) -> Visitor:
    with db.unit():
        person = make_person(*(roles or (Role.OFFICIAL,)))
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    return staff(the_app)


def made(stage: Stage = Stage.DECIDED) -> tuple[Survey, str]:
    """A survey with a question of each kind, and its address."""
    with db.unit():
        survey = make_survey(make_dialogue(stage))
        return survey, f"/arbetsyta/dialoger/{survey.dialogue_id}/enkat/{survey.id}"


def asked(survey: Survey) -> list[Question]:
    with db.reading():
        return queries.questions(survey)


def hand_in(survey: Survey, key: str) -> None:
    sheet = engine.hand_in(
        survey.set_id, queries.questions(survey), values_for(survey), language="sv", dialogue_id=None, channel="web"
    )
    made = SurveyResponse(
        survey_id=survey.id, sheet_id=sheet.id, form_hash=key, receipt=key, submitted_at=clock.now()
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()


def only_survey(dialogue: Dialogue) -> Survey:
    with db.reading():
        return queries.in_dialogue(dialogue.id)[0]


def test_an_official_builds_a_survey_of_all_kinds_and_tries_it(lead):
    with db.unit():
        dialogue = make_dialogue(Stage.ASSESSED)
    here = f"/arbetsyta/dialoger/{dialogue.id}/enkat"
    assert "There is no survey yet." in lead.get(here).words
    lead.get(f"{here}/ny")
    lead.submit({"title": "Gatan", "intro": "Vi vill veta.", "audience": "anyone", "minutes": "7"})
    survey = only_survey(dialogue)
    assert (survey.title, survey.audience, survey.minutes) == ("Gatan", "anyone", 7)
    for facts in SIX:
        lead.get(f"{here}/{survey.id}/fraga")
        page = lead.submit(dict(facts))
        assert page.status == 200, page.words
        assert facts["text"] in page.words
    rows = asked(survey)
    assert [row.kind for row in rows] == [facts["kind"] for facts in SIX]
    assert [option.text for option in rows[0].options] == ["Träd", "Bänkar", "Ljus"]
    assert (rows[0].required, rows[3].least, rows[4].most, rows[5].least) == (True, -2, 40, None)
    page = lead.get(f"{here}/{survey.id}/forhandsvisning")
    assert "This is a preview." in page.words
    for word in ("Vi vill veta.", "Bänkar", "0 – Otrygg", "10 – Trygg", "Hur många cyklar?", "Skriv inga namn."):
        assert word in page.words
    assert not [form for main in page.find_all("main") for form in main.iter("{http://www.w3.org/1999/xhtml}form")]
    with db.reading() as session:
        assert session.query(AnswerDraft).count() == 0


def test_the_survey_itself_can_be_changed_and_taken_away(lead):
    _survey, here = made()
    lead.get(f"{here}/om")
    assert "Ny titel" in lead.submit({"title": "Ny titel"}).words
    lead.get(f"{here}/bort")
    lead.submit()
    assert lead.get(here).status == 404
    assert "There is no survey yet." in lead.get(here.rpartition("/")[0]).words


def test_questions_move_one_place_at_a_time(lead):
    survey, here = made()
    first, second = asked(survey)[:2]
    lead.get(here)
    lead.submit(holding=f"{here}/fraga/{first.id}/ner")
    assert [one.id for one in asked(survey)][:2] == [second.id, first.id]
    lead.submit(holding=f"{here}/fraga/{first.id}/upp")
    assert [one.id for one in asked(survey)][:2] == [first.id, second.id]


def test_a_question_is_changed_and_asks_before_it_is_taken_away(lead):
    survey, here = made()
    first = asked(survey)[0]
    lead.get(f"{here}/fraga/{first.id}")
    lead.submit({"text": "Vad är minst viktigt?", "kind": "multiple", "most": "2"})
    assert (asked(survey)[0].text, asked(survey)[0].kind) == ("Vad är minst viktigt?", "multiple")
    assert len(asked(survey)[0].options) == 3
    assert "You cannot undo this." in lead.get(f"{here}/fraga/{first.id}/bort").words
    assert len(asked(survey)) == 6
    lead.submit()
    assert first.id not in [one.id for one in asked(survey)]
    assert [one.position for one in asked(survey)] == [0, 1, 2, 3, 4]


def test_options_are_added_changed_moved_and_taken_away(lead):
    survey, here = made()
    first = asked(survey)[0]
    there = f"{here}/fraga/{first.id}"
    lead.get(f"{there}/svar")
    lead.submit({"text": "Lekplats"})
    lead.get(f"{there}/svar/{first.options[0].id}")
    lead.submit({"text": "Buskar"})
    lead.submit(holding=f"{there}/svar/{first.options[2].id}/upp")
    assert [one.text for one in asked(survey)[0].options] == [
        "Buskar", "Säker cykelväg", "Bänkar att vila på", "Lekplats",
    ]  # fmt: skip
    lead.get(f"{there}/svar/{first.options[0].id}/bort")
    lead.submit()
    assert len(asked(survey)[0].options) == 3


def test_the_last_two_options_stay(lead):
    survey, here = made()
    first = asked(survey)[0]
    there = f"{here}/fraga/{first.id}/svar"
    lead.get(f"{there}/{first.options[0].id}/bort")
    lead.submit()
    page = lead.get(f"{there}/{first.options[1].id}/bort")
    assert page.status == 422
    assert "needs at least 2 answers" in page.words


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Write the question."),
        ({"text": "x" * 301}, "Use at most 300 characters."),
        ({"kind": ""}, "Choose what kind of answer it is."),
        ({"kind": "essay"}, "Choose what kind of answer it is."),
        ({"kind": "single", "options": "Träd"}, "Write at least two answers"),
        ({"kind": "single", "options": "Träd\nTräd"}, "This answer is there already: Träd"),
        ({"kind": "single", "options": "Träd\n" + "x" * 201}, "Each answer can have at most 200 characters."),
        ({"kind": "single", "options": "\n".join(map(str, range(31)))}, "at most 30 answers"),
        ({"kind": "multiple", "options": "A\nB", "most": "3"}, "Write a whole number from 1 to 2."),
        ({"kind": "multiple", "options": "A\nB", "least": "2", "most": "1"}, "must not be less"),
        ({"kind": "scale", "most": "11"}, "Write a whole number from 0 to 10."),
        ({"kind": "scale", "least": "-1"}, "Write a whole number from 0 to 10."),
        ({"kind": "scale", "least": "5"}, "A scale needs at least two steps"),
        ({"kind": "number", "least": "3", "most": "2"}, "must not be less"),
        ({"kind": "number", "most": "9" * 5000}, "Write a whole number, for example 5."),
        ({"kind": "number", "most": "9999999999"}, "Write a whole number from"),
        ({"kind": "number", "most": "två"}, "Write a whole number, for example 5."),
        ({"kind": "line", "most": "201"}, "Write a whole number from 1 to 200."),
        ({"kind": "text", "most": "0"}, "Write a whole number from 1 to 4"),
    ],
)
def test_a_wrong_question_is_told_why_and_loses_nothing(lead, wrong, sentence):
    survey, here = made()
    lead.get(f"{here}/fraga")
    page = lead.submit({"kind": "line", "text": "Min fråga", "hint": "Min hjälp", **wrong})
    assert page.status == 422
    assert sentence in page.words
    assert "Min hjälp" in page.text
    assert page.title.startswith("Error:")
    assert len(asked(survey)) == 6


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Give the survey a title."),
        ({"audience": "some"}, "Choose who can answer."),
        ({"minutes": ""}, "Say about how many minutes"),
        ({"minutes": "0"}, "Write a whole number from 1 to 120."),
        ({"minutes": "many"}, "Write a whole number, for example 5."),
    ],
)
def test_a_wrong_survey_is_told_why_and_loses_nothing(lead, wrong, sentence):
    with db.unit():
        dialogue = make_dialogue(Stage.ASSESSED)
    lead.get(f"/arbetsyta/dialoger/{dialogue.id}/enkat/ny")
    page = lead.submit({"title": "Gatan", "intro": "Vi vill veta.", "audience": "account", "minutes": "5", **wrong})
    assert page.status == 422
    assert sentence in page.words
    assert "Vi vill veta." in page.text


def test_a_kind_with_choices_cannot_become_one_without(lead):
    survey, here = made()
    lead.get(f"{here}/fraga/{asked(survey)[0].id}")
    assert lead.submit({"kind": "text"}).status == 422
    assert asked(survey)[0].kind == "single"


PATHS = ["/om", "/bort", "/fraga", "/fraga/{question}", "/fraga/{question}/bort", "/fraga/{question}/svar"]


def test_after_announcing_everything_refuses_with_the_reason_and_shows_what_stands(lead):
    survey, here = made(Stage.ANNOUNCED)
    page = lead.get(here)
    assert page.status == 200
    assert "The dialogue has been announced, so this can no longer be changed." in page.words
    assert "Hur trygg är gatan?" in page.words
    assert "Move up" not in page.words
    assert "Add a question" not in page.words
    for path in PATHS:
        page = lead.get(here + path.format(question=asked(survey)[0].id))
        assert page.status == 403
        assert "has been announced" in page.words
    page = lead.get(here.rpartition("/")[0])
    assert "has been announced" in page.words
    assert "Create a survey" not in page.words


def test_what_was_open_in_a_browser_when_it_was_announced_is_refused(lead):
    survey, here = made()
    lead.get(here)
    with db.unit() as session:
        session.get_one(Dialogue, survey.dialogue_id).stage = Stage.ANNOUNCED
    first = asked(survey)[0]
    assert lead.submit(holding=f"{here}/fraga/{first.id}/ner").status == 403
    assert asked(survey)[0].id == first.id


def test_residents_and_other_roles_are_refused(the_app, isolated):
    _survey, here = made()
    path = here + "/fraga"
    with db.unit():
        resident = Visitor(the_app).sign_in_as(make_person())
        elsewhere = make_dialogue(Stage.DECIDED)
        other = Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL, dialogue_id=elsewhere.id))
    for who in (Visitor(the_app), resident, other):
        assert who.get(here).status == 403
        assert who.get(path).status == 403
    moderator = staff(the_app, Role.MODERATOR)
    assert "Add a question" not in moderator.get(here).words
    assert moderator.get(path).status == 403


def test_a_survey_of_another_dialogue_is_not_found(lead):
    survey, here = made()
    with db.unit():
        other = make_dialogue(Stage.DECIDED)
    assert lead.get(f"/arbetsyta/dialoger/{other.id}/enkat/{survey.id}").status == 404
    assert lead.get(f"{here}/fraga/999999").status == 404


def test_figures_are_shown_when_it_has_closed(lead):
    survey, here = made(Stage.OPEN)
    with db.unit() as session:
        survey = session.get_one(Survey, survey.id)
        for number in range(6):
            hand_in(survey, str(number))
        make_figures(survey)
    page = lead.get(f"{here}/siffror")
    assert "6 people have answered." in page.words
    assert "Figures are shown when the survey has closed" in page.words
    assert "Träd och skugga" not in page.words
    with db.unit() as session:
        session.get_one(Dialogue, survey.dialogue_id).stage = Stage.CLOSED
    page = lead.get(f"{here}/siffror")
    assert "Träd och skugga" in page.words
    assert "Median, half answered less and half more" in page.words


@pytest.mark.parametrize("path", ["", "/forhandsvisning", "/siffror", "/om"])
def test_a_page_asks_the_database_little(lead, path, count_statements):
    _survey, here = made(Stage.DECIDED)
    lead.get(here + path)
    count_statements.clear()
    assert lead.get(here + path).status == 200
    assert len(count_statements) <= 12, count_statements
