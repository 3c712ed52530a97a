"""An export is streamed: however many answers there are, they are never all in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from app import clock, db
from app.dialogues.stages import Stage
from app.exports import making
from app.exports.formats import Format
from app.exports.making import Order
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import SurveyResponse
from app.questions.models import Answer, AnswerSheet
from tests.factories.dialogues import make_dialogue
from tests.factories.surveys import make_survey

SHEETS, ANSWERS_EACH = 40_000, 5
MOST_MEGABYTES = 60
AT_ONCE = 5_000
STATUS = Path("/proc/self/status")


def resident() -> float:
    """Memory of this process in megabytes."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def fill() -> int:
    """A survey with 200 000 answers. Returns the id of its dialogue."""
    with db.unit() as session:
        survey = make_survey(make_dialogue(Stage.OPEN))
        single, several, scale, number, line, _text = queries.questions(survey)
        today, now = clock.today(), clock.now()
        for start in range(1, SHEETS + 1, AT_ONCE):
            ids = range(start, start + AT_ONCE)
            session.execute(
                insert(AnswerSheet),
                [
                    {"id": n, "set_id": survey.set_id, "language": "sv", "channel": "web", "received_on": today}
                    for n in ids
                ],
            )
            session.execute(
                insert(SurveyResponse),
                [
                    {
                        "survey_id": survey.id,
                        "sheet_id": n,
                        "form_hash": f"{n:064}",
                        "receipt": f"R{n}",
                        "submitted_at": now,
                    }
                    for n in ids
                ],
            )
            empty = {"option_id": None, "number": None, "text": None}
            session.execute(
                insert(Answer),
                [
                    {**empty, "sheet_id": n, "question_id": question.id, **value}
                    for n in ids
                    for question, value in (
                        (single, {"option_id": single.options[n % 3].id}),
                        (several, {"option_id": several.options[n % 2].id}),
                        (scale, {"number": n % 5 + 1}),
                        (number, {"number": n % 20}),
                        (line, {"text": f"Gata nummer {n} i en stad med långa namn på gatorna"}),
                    )
                ],
                execution_options={"render_nulls": True},
            )
        assert session.scalars(select(func.count()).select_from(Answer)).one() == SHEETS * ANSWERS_EACH
        return survey.dialogue_id


@pytest.mark.slow
def test_two_hundred_thousand_answers_take_little_memory(own_database, the_app, tmp_path):
    if not STATUS.exists():
        pytest.skip("memory is read from /proc, which this system does not have")
    with the_app.app_context():
        dialogue_id = fill()
        order = Order(dialogue_id, Format.CSV, personal_data=False, table="survey_responses")
        before, most = resident(), [0.0]

        def measure(_done: int, _total: int) -> None:
            most[0] = max(most[0], resident())

        made = making.make(order, tmp_path / "out.csv", measure)
    assert made.total == SHEETS
    assert (tmp_path / "out.csv").read_bytes().count(b"\r\n") == SHEETS + 1
    assert max(most[0], resident()) - before < MOST_MEGABYTES
