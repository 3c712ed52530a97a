"""What is answered is kept whole, counted as it was answered, and shown without giving anyone away."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock, db, i18n
from app.questions import queries, service
from app.questions.kinds import Values, kind_of, values_of
from app.questions.models import Answer, AnswerDraft, Question
from app.questions.results import Result, result_of
from app.questions.tallies import TALLIES
from app.questions.words import rows_of, spoken
from app.reviews.models import Reviewable, State

KINDS = (
    {"kind": "single", "text": "En sak", "required": True},
    {"kind": "multiple", "text": "Flera saker", "new_page": False},
    {"kind": "scale", "text": "En skala"},
    {"kind": "number", "text": "Ett tal"},
    {"kind": "text", "text": "En text", "new_page": False},
)
OPTIONS = ("Ett", "Två", "Tre")


@pytest.fixture
def asked(unit) -> list[Question]:
    """One question of each kind that counts in a way of its own, on three pages."""
    number = service.make_set().id
    made: list[Question] = []
    for facts in KINDS:
        made.append(service.add_question(number, made, {"hint": "", **facts}, OPTIONS))
    return queries.questions_of(number)


def hand_in(asked: list[Question], values: Values):
    set_id = asked[0].set_id
    return service.hand_in(set_id, asked, values, language="ar", dialogue_id=None, channel="web")


def answers(asked: list[Question], **typed: object) -> Values:
    """Values by the kind of their question; options by their place."""
    found: dict[int, object] = {}
    for question in asked:
        value = typed.get(question.kind)
        if question.kind == "single":
            value = question.options[value or 0].id
        elif question.kind == "multiple" and value is not None:
            value = [question.options[place].id for place in value]
        found[question.id] = value
    return found


def result(question: Question) -> Result:
    db.session().flush()
    tally = TALLIES[kind_of(question).tally](question)
    return result_of(question, tally, spoken(rows_of([question]), i18n.SOURCE))


def test_every_answer_is_a_row_and_texts_wait_for_a_moderator(asked):
    values = answers(asked, single=1, multiple=[0, 2], scale=4, number="3,5", text="Fler träd.")
    sheet = hand_in(asked, values)
    rows = db.session().scalars(select(Answer).where(Answer.sheet_id == sheet.id).order_by(Answer.id)).all()
    by_question = {q.id: [row for row in rows if row.question_id == q.id] for q in asked}
    assert {number: values_of(q, by_question[number]) for number, q in zip(by_question, asked, strict=True)} == {
        **values,
        asked[3].id: "3.5",
    }
    (text,) = by_question[asked[4].id]
    review = db.session().get_one(Reviewable, text.review_id)
    assert (review.state, review.language, review.subject_kind) == (State.WAITING, "ar", "answer")
    assert (sheet.language, sheet.channel) == ("ar", "web")
    assert by_question[asked[3].id][0].number == Decimal("3.5")


def test_nothing_is_kept_while_an_answer_is_missing_or_wrong(asked):
    wrong = {**answers(asked, scale=9), asked[0].id: None}
    with pytest.raises(service.NotComplete) as refused:
        hand_in(asked, wrong)
    assert set(refused.value.problems) == {asked[0].id, asked[2].id}
    assert db.session().scalars(select(Answer)).all() == []


def test_answers_to_other_questions_are_passed_over(asked):
    sheet = hand_in(asked, {**answers(asked), 0: "något annat"})
    rows = db.session().scalars(select(Answer).where(Answer.sheet_id == sheet.id)).all()
    assert [row.question_id for row in rows] == [asked[0].id]


def test_pages_begin_where_the_official_put_them(asked):
    assert [[q.kind for q in page] for page in queries.pages(asked)] == [
        ["single", "multiple"],
        ["scale"],
        ["number", "text"],
    ]
    assert queries.pages([]) == []


def test_a_draft_grows_page_by_page_and_can_be_taken_back(asked):
    set_id = asked[0].set_id
    service.begin_draft("k", set_id)
    service.keep_draft("k", set_id, {asked[0].id: 7})
    service.keep_draft("k", set_id, {asked[3].id: "3,5"})
    assert queries.draft("k", set_id) == {asked[0].id: 7, asked[3].id: "3,5"}
    service.keep_draft("k", set_id, {asked[3].id: None})
    service.begin_draft("k", set_id)
    assert queries.draft("k", set_id) == {asked[0].id: 7}
    assert queries.draft("k", set_id + 1) is None
    service.drop_draft("k")
    assert queries.draft("k", set_id) is None


def test_a_draft_is_forgotten_thirty_days_after_it_was_last_touched(asked):
    for key in ("old", "new"):
        service.begin_draft(key, asked[0].set_id)
    db.session().flush()
    db.session().get_one(AnswerDraft, "old").touched_at -= timedelta(days=30, seconds=1)
    db.session().flush()
    service.forget_old_drafts(clock.now())
    db.session().expire_all()
    assert db.session().scalars(select(AnswerDraft.key_hash)).all() == ["new"]


def test_questions_and_options_move_one_place_and_stay_at_the_ends(asked):
    set_id = asked[0].set_id
    service.move_question(asked, asked[0], -1)
    service.move_question(queries.questions_of(set_id), asked[0], 1)
    moved = queries.questions_of(set_id)
    assert [q.kind for q in moved] == ["multiple", "single", "scale", "number", "text"]
    service.remove_question(moved, moved[0])
    left = queries.questions_of(set_id)
    assert [(q.kind, q.position) for q in left] == [("single", 0), ("scale", 1), ("number", 2), ("text", 3)]
    service.move_option(left[0], left[0].options[2], -1)
    assert [option.text for option in queries.questions_of(set_id)[0].options] == ["Ett", "Tre", "Två"]


def test_few_answers_show_nothing_but_that_they_are_few(asked):
    for _ in range(4):
        hand_in(asked, answers(asked, number="3", multiple=[1], scale=2))
    assert [result(q).shape for q in asked] == ["few", "few", "few", "few", "texts"]


def test_choices_are_counted_by_person(asked):
    for place in [0] * 6 + [1] * 10 + [2] * 8:
        hand_in(asked, answers(asked, single=place, multiple=[place, (place + 1) % 3]))
    one, several = result(asked[0]), result(asked[1])
    assert [(str(row.label), row.count) for row in one.rows] == [("Ett", 6), ("Två", 10), ("Tre", 8)]
    assert [round(row.percent) for row in one.rows] == [25, 42, 33]
    assert (several.base, [row.count for row in several.rows]) == (24, [14, 16, 18])


def test_a_mean_is_not_told_beside_hidden_steps(asked):
    for step in [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5 + [5] * 5:
        hand_in(asked, answers(asked, scale=step))
    assert [value for _, value in result(asked[2]).measures] == ["3"]
    hand_in(asked, answers(asked, scale=1))
    db.session().execute(Answer.__table__.delete().where(Answer.number == 5))
    hidden = result(asked[2])
    assert hidden.measures == []
    assert None in [row.count for row in hidden.rows]


@pytest.mark.parametrize(
    ("typed", "median", "mean", "span"),
    [
        (["1", "2", "3", "4", "100"], "3", "22", "not shown"),  # one person's answer each
        (["1"] * 5 + ["6"] * 4, "1", "3.2", "not shown"),
        (["1"] * 5 + ["6"] * 5, "3.5", "3.5", "1–6"),
        (["-2,5"] * 5 + ["2,5"] * 6, "2.5", "0.2", "-2.5–2.5"),
        (["3"] * 5, "3", "3", "3–3"),
    ],
)
def test_numbers_have_a_median_a_mean_and_a_span(asked, typed, median, mean, span):
    for number in typed:
        hand_in(asked, answers(asked, number=number))
    with i18n.speaking(i18n.LANGUAGES["en"]):
        assert [value.replace("−", "-") for _, value in result(asked[3]).measures] == [median, mean, span]


def test_texts_are_shown_when_a_moderator_has_said_so(asked):
    for number in range(25):
        hand_in(asked, answers(asked, text=f"Text {number}"))
    question = asked[4]
    assert (result(question).base, result(question).shown) == (25, 0)
    for review in db.session().scalars(select(Reviewable)):
        review.state = State.SHOWN
    counted = result(question)
    assert counted.shown == 25
    assert [row.text for row in queries.shown_among(counted.sample)[question.id]] == ["Text 24", "Text 23", "Text 22"]
    first = queries.shown_texts(question.id)
    second = queries.shown_texts(question.id, before=first.older)
    assert [row.text for row in first.texts + second.texts] == [f"Text {number}" for number in reversed(range(25))]
    assert (first.newer, second.older) == (None, None)
    assert queries.shown_texts(question.id, after=second.newer).texts == first.texts


def test_a_sheet_costs_as_many_statements_whatever_it_holds(asked, count_statements):
    hand_in(asked, answers(asked))
    few = len(count_statements)
    count_statements.clear()
    hand_in(asked, answers(asked, multiple=[0, 1, 2], scale=3, number="1", text="Ja"))
    assert len(count_statements) <= few + 1
