"""Guards of which no other test would have noticed that they were gone (see tests/audit)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues import service
from app.dialogues.criteria import KEYS
from app.dialogues.models import Assessment, CriterionAnswer
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.people import make_actor


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(("start", "to"), [(Stage.OPEN, Stage.PAUSED), (Stage.PAUSED, Stage.OPEN)])
def test_what_should_have_closed_is_neither_paused_nor_opened_again(unit, start, to):
    row = make_whole(start)
    assert service.missing(row, to, "Frågan rättas.") == []
    row.closes_at = clock.now() - timedelta(minutes=1)
    db.session().flush()
    assert len(service.missing(row, to, "Frågan rättas.")) == 1
    with pytest.raises(Refusal):
        service.move(make_actor(*Role), row, to, "Frågan rättas.")


@pytest.mark.requirement("R18", "R21", "R25", "R40")
def test_four_answers_alone_are_no_assessment(unit):
    """Whether anything is settled, whose the question is and what views are worth must be said too."""
    row = make_dialogue(Stage.IDEA)
    made = Assessment(dialogue_id=row.id, made_by=None, made_at=clock.now())
    db.session().add(made)
    db.session().flush()
    for key in KEYS:
        db.session().add(CriterionAnswer(assessment_id=made.id, criterion=key, answer="yes", reason="Därför."))
    db.session().flush()
    assert service.missing(row, Stage.ASSESSED)
    with pytest.raises(Refusal):
        service.move(make_actor(Role.OFFICIAL), row, Stage.ASSESSED)
