"""Each kind of question takes whatever is posted and keeps only what is right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app import i18n
from app.questions.core.numbers import LARGEST
from app.questions.forms import page_form
from app.questions.kinds import KINDS, kind_of, values_of
from app.questions.models import Answer, Option, Question
from app.questions.tallies import TALLIES
from app.questions.words import rows_of, spoken

OPTIONS = {7: "Träd", 8: "Bänkar", 9: "Cykelväg"}
NAMES = ["q1", "q2", "csrf_token", "questions", "values", "__class__"]


def a_question(kind: str, **facts: Any) -> Question:
    """One that is not in any database."""
    values = {"text": "Vad är viktigast?", "hint": "", "low_label": "", "high_label": "", "required": False, **facts}
    question = Question(id=1, set_id=1, position=0, kind=kind, new_page=True, **values)
    if KINDS[kind].chooses:
        question.options = [Option(id=number, position=number, text=text) for number, text in OPTIONS.items()]
    return question


def posted(app, question: Question, fields: Any, **kwargs: Any):
    """The form of a page with this one question, after a POST of these fields."""
    with app.test_request_context(method="POST", data=fields):
        form = page_form([question], spoken(rows_of([question]), i18n.SOURCE), {}, **kwargs)
        form.validate()
        return form


def answered(app, question: Question, *typed: str) -> tuple[Any, list[str]]:
    form = posted(app, question, MultiDict([("q1", one) for one in typed]))
    return form.values()[1], list(form["q1"].errors)


QUESTIONS = [
    *(a_question(kind) for kind in KINDS),
    *(a_question(kind, required=True) for kind in KINDS),
    a_question("line", most=3),
    a_question("text", most=3),
    a_question("number", least=-2, most=20),
    a_question("multiple", least=2, most=2),
    a_question("scale", least=0, most=10, low_label="Dåligt", high_label="Bra"),
]
TYPED = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["7", "8", "9", "1", "5", "0", "-1", "3,5", "on", "", " ", "\0", "9" * 5000, "x" * 5000]),
    st.integers().map(str),
    st.floats().map(str),
)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.kind}-{q.least}-{q.most}-{q.required}")
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.lists(st.tuples(st.sampled_from(NAMES), TYPED), max_size=6))
def test_whatever_is_posted_is_right_or_told_why(the_app, question, fields):
    """What passes can be kept, said back and exported; what does not has a sentence at its field."""
    form = posted(the_app, question, MultiDict(fields))
    kind, value = kind_of(question), form.values()[1]
    errors = form["q1"].errors
    with the_app.test_request_context():
        sentence = kind.check(question, value, required=question.required)
        assert bool(errors) == (sentence is not None)
        assert sentence is None or str(sentence) == errors[0]
        if sentence is None and value is not None:
            words = spoken(rows_of([question]), i18n.SOURCE)
            stored = [Answer(question_id=1, **cell) for cell in kind.cells(value)]
            assert stored
            assert all(str(line) for line in kind.said(question, words, value)) or question.kind == "text"
            assert len(kind.exported(question, stored)) == len(kind.headers(question))
            again = values_of(question, stored)
            assert kind.check(question, again, required=True) is None
            assert [dict(cell) for cell in kind.cells(again)] == [dict(cell) for cell in kind.cells(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_answer_is_right_unless_it_is_needed(the_app, kind):
    assert answered(the_app, a_question(kind)) == (None, [])
    value, errors = answered(the_app, a_question(kind, required=True))
    assert value is None
    assert len(errors) == 1
    saved = posted(the_app, a_question(kind, required=True), MultiDict(), complete=False)
    assert not saved["q1"].errors


def test_text_is_tidied_and_its_length_kept(the_app):
    assert answered(the_app, a_question("line"), "  Stor\u202egatan\n 4 ") == ("Storgatan 4", [])
    assert answered(the_app, a_question("text"), "Ett\r\n\r\nTvå ") == ("Ett\n\nTvå", [])
    value, errors = answered(the_app, a_question("text", most=5), "Träden!")
    assert value == "Träden!"
    assert errors == ["Use at most 5 characters. You have written 7."]


def test_a_number_takes_the_swedish_comma_and_its_limits(the_app):
    question = a_question("number", least=1, most=20)
    assert answered(the_app, question, "3,5") == ("3,5", [])
    assert kind_of(question).cells("3,5") == [{"number": Decimal("3.5")}]
    assert answered(the_app, question, "0")[1] == ["The smallest number you can answer is 1."]
    assert answered(the_app, question, "20,1")[1] == ["The largest number you can answer is 20."]
    assert answered(the_app, question, "många")[1] == ["Write a number with digits, for example 12 or 3,5."]
    assert answered(the_app, question, "1,23456")[1] == ["Write at most four decimals."]
    assert answered(the_app, a_question("number"), str(LARGEST * 10))[1] != []


def test_nought_is_an_answer(the_app):
    assert answered(the_app, a_question("number", required=True), "0") == ("0", [])
    assert answered(the_app, a_question("scale", least=0, required=True), "0") == (0, [])


def test_several_choices_have_a_fewest_and_a_most(the_app):
    question = a_question("multiple", least=2, most=2)
    assert answered(the_app, question, "7", "8") == ([7, 8], [])
    assert answered(the_app, question, "7", "7", "8") == ([7, 8], [])
    assert answered(the_app, question, "7")[1] == ["Choose at least 2. You have chosen 1."]
    assert answered(the_app, question, "7", "8", "9")[1] == ["Choose at most 2. You have chosen 3."]
    assert answered(the_app, question, "7", "77")[1] == ["Choose from the answers that are offered."]


def test_a_scale_has_its_steps_and_no_others(the_app):
    question = a_question("scale", low_label="Otrygg", high_label="Trygg")
    assert answered(the_app, question, "5") == (5, [])
    assert answered(the_app, question, "6")[1] == ["Choose from the answers that are offered."]
    words = spoken(rows_of([question]), i18n.SOURCE)
    assert [str(line) for line in kind_of(question).said(question, words, 1)] == ["1 – Otrygg"]
    assert [str(line) for line in kind_of(question).said(question, words, 3)] == ["3"]


def test_an_export_has_a_column_for_each_of_several_choices():
    question = a_question("multiple")
    stored = [Answer(question_id=1, option_id=8)]
    kind = kind_of(question)
    assert kind.headers(question) == [f"Vad är viktigast?: {text}" for text in OPTIONS.values()]
    assert kind.exported(question, stored) == [0, 1, 0]
    assert kind.exported(question, []) == [None, None, None]


def test_every_kind_says_how_it_is_counted():
    assert {kind.tally for kind in KINDS.values()} <= TALLIES.keys()
