"""What belongs to a dialogue is read together, however many tables it is of."""

from __future__ import annotations

from app import db
from app.dialogues.models import Card, CriterionAnswer, DecisionRecord, Move, Outcome, ScopeItem
from app.dialogues.queries import Dossier
from app.dialogues.stages import Stage
from tests.factories.dialogues import assess, card, make_dialogue, make_whole


def test_everything_comes_in_one_statement(unit, count_statements):
    dialogue, other = make_whole(Stage.FED_BACK), make_whole(Stage.OPEN)
    assess(dialogue, "yes", "no", "yes", "yes")  # the latest counts
    card(dialogue, 3)
    db.session().expire_all()
    assert dialogue.id != other.id
    count_statements.clear()
    dossier = Dossier(dialogue)
    assert dossier.answers["open_minded"].answer == "no"
    assert [len(dossier.rows(model)) for model in (CriterionAnswer, ScopeItem, DecisionRecord, Card, Move)] == [
        4, 3, 2, 2, 0
    ]  # fmt: skip
    assert [one.position for one in dossier.scope] == [1, 2, 3]
    assert {row.dialogue_id for model in (ScopeItem, Card, Outcome) for row in dossier.rows(model)} == {dialogue.id}
    assert dossier.outcome is not None
    assert len(count_statements) == 1


def test_a_dialogue_to_which_nothing_belongs_has_nothing(unit):
    dossier = Dossier(make_dialogue(Stage.IDEA))
    assert (dossier.answers, dossier.scope, dossier.records, dossier.cards, dossier.moves) == ({}, [], [], [], [])
    assert dossier.outcome is None
