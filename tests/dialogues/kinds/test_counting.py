"""What is counted as a dialogue and listed among them: citizens' dialogues, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app import clock, db
from app.dialogues import queries, service
from app.dialogues.models import Dialogue, Move
from app.dialogues.queries import count_called_off, count_carried_out
from app.dialogues.stages import Group, Kind, Stage
from app.permissions import Role
from app.site import queries as site
from tests.factories.dialogues import answer, make_whole
from tests.factories.kinds import make_consultation, make_information, make_user_dialogue
from tests.factories.people import make_actor

STOCKHOLM_NEW_YEAR = datetime(2026, 12, 31, 23, tzinfo=UTC)  # midnight there


def moved(dialogue: Dialogue, to: Stage, at: datetime) -> None:
    db.session().add(Move(dialogue_id=dialogue.id, from_stage=Stage.CLOSED, to_stage=to, at=at, guards={}))
    db.session().flush()


def carried_out(at: datetime) -> Dialogue:
    row = make_whole(Stage.COMPILED)
    moved(row, Stage.COMPILED, at)
    return row


def counts() -> tuple[int, int, int]:
    return count_carried_out(2026), count_called_off(2026), count_carried_out(2027)


@pytest.mark.requirement("R13", "R7", "R22")
@pytest.mark.parametrize(("make", "stages"), [
    (make_user_dialogue, (Stage.OPEN, Stage.CLOSED, Stage.FED_BACK, Stage.ARCHIVED)),
    (make_information, (Stage.ANNOUNCED, Stage.ARCHIVED)),
    (make_consultation, (Stage.ANNOUNCED, Stage.ARCHIVED)),
])  # fmt: skip
def test_the_yearly_count_is_the_same_when_one_of_another_kind_is_added(unit, make, stages):
    carried_out(datetime(2026, 5, 1, tzinfo=UTC))
    before = counts()
    assert before == (1, 0, 0)
    for stage in stages:
        row = make(stage)
        for to in (Stage.COMPILED, Stage.FED_BACK, Stage.CANCELLED):  # even where the log said so
            moved(row, to, datetime(2026, 6, 1, tzinfo=UTC))
        assert counts() == before


@pytest.mark.requirement("R13")
def test_a_year_is_that_of_the_municipality_and_a_dialogue_counts_once(unit):
    carried_out(STOCKHOLM_NEW_YEAR - timedelta(seconds=1))
    assert counts() == (1, 0, 0)
    row = carried_out(STOCKHOLM_NEW_YEAR)
    assert counts() == (1, 0, 1)
    moved(row, Stage.COMPILED, STOCKHOLM_NEW_YEAR + timedelta(days=30))
    assert counts() == (1, 0, 1)


@pytest.mark.requirement("R13")
def test_what_was_called_off_is_counted_apart(unit):
    row = carried_out(datetime(2026, 3, 1, tzinfo=UTC))
    moved(row, Stage.CANCELLED, datetime(2026, 4, 1, tzinfo=UTC))
    moved(make_whole(Stage.CANCELLED), Stage.CANCELLED, datetime(2026, 4, 2, tzinfo=UTC))
    assert counts() == (0, 2, 0)


@pytest.mark.requirement("R13")
def test_publishing_the_result_is_what_counts(unit):
    row = make_whole(Stage.CLOSED)
    with_year = clock.today().year
    before = count_carried_out(with_year)
    service.move(make_actor(Role.OFFICIAL), row, Stage.COMPILED)
    assert count_carried_out(with_year) == before + 1


@pytest.mark.requirement("R13")
def test_lists_of_dialogues_hold_no_other_kind(unit):
    def listed() -> list[int]:
        return [row.id for group in Group for row in queries.listed(group).rows]

    one, before = make_whole(Stage.OPEN), site.answers().rows
    for stage in (Stage.ANNOUNCED, Stage.OPEN, Stage.CLOSED, Stage.FED_BACK):
        make_user_dialogue(stage)
    make_information()
    make_consultation()
    assert listed() == [one.id]
    assert site.answers().rows == before
    official, secretary = make_actor(Role.OFFICIAL), make_actor(Role.SECRETARY)
    for actor in (official, secretary):
        decided = [*queries.awaiting_decision(actor), *queries.with_decision(actor)]
        assert {row.kind for row in decided} <= {Kind.CITIZEN_DIALOGUE}
    assert {Kind(row.kind) for row in queries.in_hand(official)} == set(Kind)


@pytest.mark.requirement("R13")
def test_the_yearly_list_of_answers_is_of_politicians(unit):
    row = make_whole(Stage.RESOLVED)
    answer(row)
    row.stage = Stage.FED_BACK
    make_user_dialogue(Stage.FED_BACK)
    db.session().flush()
    assert [one.dialogue.id for one in site.answers().rows] == [row.id]
