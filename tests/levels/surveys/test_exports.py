"""What leaves: every cell as it was answered, under a heading of its own, and nothing personal without leave."""

from __future__ import annotations

from decimal import Decimal

from app import db
from app.levels.consultation.surveys import exports, queries
from app.reviews.models import Reviewable, State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_person
from tests.factories.surveys import make_survey, respond, values_for


def tables(dialogue):
    header = [column.name for column in exports.columns(dialogue.id)]
    return [dict(zip(header, row, strict=True)) for row in exports.rows(dialogue.id)]


def test_every_cell_is_what_was_answered(unit):
    dialogue = make_dialogue()
    survey = make_survey(dialogue, "anyone")
    for number in range(3):
        respond(survey, key=f"form {number}")
    found = tables(dialogue)
    assert [row["number"] for row in found] == [1, 2, 3]
    assert len(found) == exports.count(dialogue.id)
    for row in found:
        assert (row["survey"], row["language"], row["channel"]) == ("Enkät om gatan", "sv", "web")
        assert row["Vad är viktigast på gatan?"] == "Träd och skugga"
        assert row["Vad gör du på gatan?: Bänkar att vila på"] == 1
        assert row["Vad gör du på gatan?: Säker cykelväg"] == 0
        assert row["Hur trygg är gatan?"] == 4
        assert row["Hur många cyklar har ni?"] == Decimal("3.5")
        assert row["Vad vill du säga mer?"] == "Fler träd."


def test_what_was_not_answered_is_empty(unit):
    dialogue = make_dialogue()
    survey = make_survey(dialogue, "anyone")
    first = queries.questions(survey)[0]
    respond(survey, values={first.id: first.options[1].id})
    (row,) = tables(dialogue)
    said = {name: cell for name, cell in row.items() if cell is not None and "?" in name}
    assert said == {"Vad är viktigast på gatan?": "Bänkar att vila på"}


def test_a_sheet_without_any_answer_is_a_row_too(unit):
    dialogue = make_dialogue()
    survey = make_survey(dialogue, "anyone")
    for question in queries.questions(survey):
        question.required = False
    respond(survey, values={})
    assert len(tables(dialogue)) == exports.count(dialogue.id) == 1


def test_names_and_whole_texts_are_personal(unit):
    dialogue = make_dialogue()
    make_survey(dialogue)
    personal = [column.name for column in exports.columns(dialogue.id) if column.personal]
    texts = ("Vilken gata bor du på? (hela texten)", "Vad vill du säga mer? (hela texten)")
    assert personal == ["name", "email", *texts]


def test_an_account_is_named_in_its_row(unit):
    dialogue, person = make_dialogue(), make_person()
    respond(make_survey(dialogue), actor_of(person))
    (row,) = tables(dialogue)
    assert (row["name"], row["email"]) == (person.name, person.email)


def test_a_hidden_text_leaves_with_personal_data_only(unit):
    dialogue = make_dialogue()
    survey = make_survey(dialogue, "anyone")
    respond(survey)
    for review in db.session().query(Reviewable).filter_by(dialogue_id=dialogue.id):
        review.state = State.HIDDEN
    db.session().flush()
    (row,) = tables(dialogue)
    assert row["Vad vill du säga mer?"] == exports.HIDDEN
    assert row["Vad vill du säga mer? (hela texten)"] == "Fler träd."


def test_several_surveys_stand_side_by_side(unit):
    dialogue = make_dialogue()
    one, other = make_survey(dialogue, "anyone"), make_survey(dialogue, "anyone", title="Enkät om parken")
    respond(one, key="one")
    respond(other, key="other", values=values_for(other))
    first, second = tables(dialogue)
    assert first["Enkät om gatan: Hur trygg är gatan?"] == second["Enkät om parken: Hur trygg är gatan?"] == 4
    assert first["Enkät om parken: Hur trygg är gatan?"] is second["Enkät om gatan: Hur trygg är gatan?"] is None


def test_an_export_costs_the_same_whatever_has_come_in(unit, count_statements):
    dialogue = make_dialogue()
    survey = make_survey(dialogue, "anyone")
    costs = []
    for size in (2, 8):
        for number in range(size):
            respond(survey, key=f"form {size} {number}")
        db.session().flush()
        count_statements.clear()
        assert len(list(exports.rows(dialogue.id))) == exports.count(dialogue.id)
        costs.append(len(count_statements))
    assert costs[0] == costs[1] <= 4
