"""Every demo dialogue has what its stage says must have been thought through."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import db
from app.dialogues import lifecycle
from app.dialogues.guards import Attempt
from app.dialogues.models import Dialogue
from app.dialogues.preparation import guards, queries
from app.dialogues.queries import Dossier
from app.dialogues.stages import PUBLIC_STAGES, RESULT_STAGES, Stage

NOT_SO_FAR = {Stage.IDEA, Stage.ASSESSED, Stage.UNSUITABLE, Stage.REDIRECTED}
OTHERS = {guard.__name__ for guard in lifecycle.PREPARATION}


@pytest.fixture
def dossiers(the_app, town_isolated) -> list[Dossier]:
    with the_app.app_context(), db.reading() as session:
        found = [Dossier(row) for row in session.scalars(select(Dialogue).order_by(Dialogue.id))]
        for one in found:
            one.rows(queries.Stakeholder)
        yield found


def test_what_went_further_was_prepared(dossiers):
    for dossier in dossiers:
        if dossier.dialogue.stage not in NOT_SO_FAR:
            attempt = Attempt(dossier, Stage(dossier.dialogue.stage))
            missing = [str(lack.sentence) for guard in lifecycle.PREPARATION for lack in guard(attempt).missing]
            assert missing == [], dossier.dialogue.title
            if dossier.dialogue.stage in PUBLIC_STAGES:
                assert not guards.groups_reached(attempt).missing, dossier.dialogue.title
            if dossier.dialogue.stage in RESULT_STAGES:
                assert not guards.priority_followed_up(attempt).missing, dossier.dialogue.title


def test_one_is_half_way_and_shows_what_is_missing(dossiers):
    (half,) = [one for one in dossiers if one.dialogue.title == "Skateparken"]
    attempt = Attempt(half, Stage.PREPARED)
    assert guards.groups_reached(attempt).missing
    assert guards.grounds_answered(attempt).missing
    assert guards.purpose_confirmed(attempt).missing
    assert queries.asked(half)
