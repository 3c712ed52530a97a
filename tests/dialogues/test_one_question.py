"""One stated question, one elected body, and what is open and what is fixed: without these nothing is decided."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from app import db
from app.dialogues import bodies, service
from app.dialogues.forms import PromiseForm
from app.dialogues.models import Dialogue, ScopeItem
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.dialogues import decide, make_whole
from tests.factories.people import make_actor

STEPS = [(Stage.ASSESSED, Stage.PREPARED), (Stage.PREPARED, Stage.DECIDED)]


def refused_without(row: Dialogue, to: Stage) -> None:
    with pytest.raises(Refusal):
        service.move(make_actor(*Role), row, to)


@pytest.mark.requirement("R10")
@pytest.mark.parametrize(("start", "to"), STEPS)
@pytest.mark.parametrize(
    ("field", "empty", "sentence"),
    [
        ("question", " ", "Write the question that residents are asked."),
        ("body_key", None, "Choose the elected body that decides."),
    ],
)
def test_nothing_is_decided_without_one_question_and_one_body(unit, start, to, field, empty, sentence):
    row = make_whole(start)
    if to is Stage.DECIDED:
        decide(row)
    setattr(row, field, empty)
    db.session().flush()
    assert sentence in [str(one.sentence) for one in service.missing(row, to)]
    refused_without(row, to)
    assert row.stage == start


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(("start", "to"), STEPS)
@pytest.mark.parametrize(
    ("is_open", "sentence"),
    [(True, "Say at least one thing that residents can influence."), (False, "Say at least one thing that is already")],
)
def test_an_empty_list_of_what_is_open_or_fixed_is_refused(unit, start, to, is_open, sentence):
    row = make_whole(start)
    if to is Stage.DECIDED:
        decide(row)
    db.session().execute(delete(ScopeItem).filter_by(dialogue_id=row.id, is_open=is_open))
    assert [one for one in service.missing(row, to) if str(one.sentence).startswith(sentence)]
    refused_without(row, to)


@pytest.mark.requirement("R12")
def test_the_public_page_shows_both_lists(visitor):
    with db.unit():
        row = make_whole(Stage.OPEN)
    words = visitor.get(f"/en/dialoger/{row.id}-drottninggatan").words
    influenced, fixed = words.index("This can be influenced"), words.index("This is already fixed")
    assert influenced < words.index("Träd, bänkar och belysning") < fixed
    assert fixed < words.index("Ledningarna byts 2027") < words.index("De gamla läcker.")


@pytest.mark.requirement("R16")
def test_only_elected_bodies_of_the_municipality_can_own_a_dialogue(the_app, unit):
    with the_app.test_request_context():
        offered = [(value, label) for value, label, *_ in PromiseForm().body_key.iter_choices() if value]
    assert offered == [(one.key, one.name) for one in bodies.bodies()]
    named = {label for _, label in offered}
    assert "Kommunstyrelsen" in named
    assert not [name for name in named if "enhet" in name.casefold() or "avdelning" in name.casefold()]
    row = make_whole(Stage.ASSESSED, body_key="gatuenheten")
    assert "Choose the elected body that decides." in [
        str(one.sentence) for one in service.missing(row, Stage.PREPARED)
    ]
