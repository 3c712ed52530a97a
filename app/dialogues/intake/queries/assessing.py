"""Reads of what an assessment says beside the four criteria."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from app import db
from app.dialogues.intake import gate, prior
from app.dialogues.intake.models import AssessmentBasis
from app.dialogues.models import Assessment


class Assessed(NamedTuple):
    """The latest answers, and whether our own records hold a decision in the case now, whatever was answered."""

    basis: AssessmentBasis
    decided: bool

    @property
    def is_settled(self) -> bool:
        return gate.is_settled(self.basis, decided=self.decided)

    @property
    def passes(self) -> bool:
        return gate.passes(self.basis, decided=self.decided)


def assessed(dialogue_id: int) -> Assessed | None:
    """What the latest assessment of a dialogue says beside the criteria; None before the first. One statement."""
    latest = select(func.max(Assessment.id)).where(Assessment.dialogue_id == dialogue_id).scalar_subquery()
    wanted = select(AssessmentBasis, prior.decided(AssessmentBasis.case_key, dialogue_id))
    found = db.session().execute(wanted.where(AssessmentBasis.assessment_id == latest)).first()
    return None if found is None else Assessed(found[0], bool(found[1]))
