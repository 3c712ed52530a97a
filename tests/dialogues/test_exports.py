"""What leaves of a dialogue: rows as wide as their header, of this dialogue alone."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from app import db
from app.dialogues import service
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.exports import EXPORTS
from app.dialogues.intake.exports import STANDING
from app.dialogues.stages import Stage
from app.permissions import Role
from app.reviews.models import State
from tests.factories.amendments import amend
from tests.factories.dialogues import make_whole
from tests.factories.evaluation import answer_lesson, make_evaluation, make_lesson
from tests.factories.intake import consider, make_change, make_topic, taken_up_as
from tests.factories.kinds import everything_of_the_kinds
from tests.factories.people import make_actor


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.key)
def test_rows_are_as_wide_as_their_header_and_of_one_dialogue(unit, export):
    one, other = make_whole(Stage.ASSESSED), make_whole(Stage.CLOSED)
    service.move(make_actor(Role.OFFICIAL), one, Stage.PREPARED)
    service.move(make_actor(Role.OFFICIAL), other, Stage.COMPILED)
    amend(other)
    consider(make_change(), other)
    taken_up_as(other)
    db.session().execute(delete(Inquiry).where(Inquiry.dialogue_id == other.id))  # asked anew below, and counted
    make_evaluation(other)
    make_lesson(other)
    answer_lesson(make_lesson(one), other)
    for row in (one, other):
        everything_of_the_kinds(row)
    rows = list(export.rows(other.id))
    assert rows
    assert {len(row) for row in rows} == {len(export.columns(other.id))}
    assert export.count(other.id) == len(rows)
    assert list(export.rows(0)) == []


def test_what_names_a_person_is_marked():
    personal = {(export.key, column.name) for export in EXPORTS for column in export.columns(1) if column.personal}
    assert personal == {
        ("dialogue", "contact_name"), ("dialogue", "contact_email"), ("dialogue", "contact_phone"),
        ("criteria", "made_by"), ("decisions", "recorded_by"), ("moves", "by_id"),
        *(("topics", one) for one in ("name", "email", "case_code", "answered_by", "whole_title", "whole_text")),
        ("larger-changes", "flagged_by"), ("larger-changes", "written_down_by"),
        ("kind_choice", "made_by"), ("redirections", "made_by"), ("known_decisions", "made_by"),
    }  # fmt: skip


def test_what_belongs_to_no_dialogue_leaves_by_itself_and_hidden_words_only_as_personal_data(unit):
    change, shown, hidden = make_change(), make_topic(), make_topic(title="Dold", text="Dold text.", state=State.HIDDEN)
    topics, changes = (list(export.rows(0)) for export in STANDING)
    names = [[column.name for column in export.columns(0)] for export in STANDING]
    first, second = (dict(zip(names[0], row, strict=True)) for row in topics)
    assert (first["title"], first["text"]) == (shown.title, shown.text)
    assert (second["title"], second["text"]) == ("[dold]", "[dold]")
    assert (second["whole_title"], second["whole_text"]) == (hidden.title, hidden.text)
    assert [dict(zip(names[1], row, strict=True))["case_number"] for row in changes] == [change.case_number]
    assert [export.count(0) for export in STANDING] == [2, 1]
