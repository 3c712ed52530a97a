"""What leaves of a dialogue besides what its methods collected: its facts, criteria, scope, decisions and moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.dialogues.amendments.exports import AMENDMENTS
from app.dialogues.evaluation import exports as evaluation
from app.dialogues.intake import exports as intake
from app.dialogues.intake.models import AssessmentBasis
from app.dialogues.kinds import exports as kinds
from app.dialogues.models import Assessment, CriterionAnswer, DecisionRecord, Dialogue, Move, ScopeItem
from app.i18n import LazyText, lazy_p
from app.ladder import Column, Export

FACTS = (
    "id", "kind", "stage", "level", "title", "question", "summary", "purpose", "promise", "affected", "body_key",
    "contact_name", "contact_email", "contact_phone", "opens_at", "closes_at", "decision_on", "feedback_by",
    "created_at",
)  # fmt: skip
RECORD = (
    "id", "matter", "outcome", "body_key", "body_name", "decided_on", "section_no", "case_number", "minutes_url",
    "reason", "recorded_by", "recorded_at", "supersedes_id", "supersede_reason",
)  # fmt: skip
PERSONAL = frozenset({"contact_name", "contact_email", "contact_phone", "made_by", "recorded_by", "by_id"})
Rows = Select[*tuple[Any, ...]]
Wanted = Callable[[int], Rows]  # dialogue id → its rows


def _facts(dialogue_id: int) -> Rows:
    return select(*(getattr(Dialogue, name) for name in FACTS)).where(Dialogue.id == dialogue_id)


def _criteria(dialogue_id: int) -> Rows:
    """Every assessment, the first one first; the latest counts."""
    answer = (CriterionAnswer.criterion, CriterionAnswer.answer, CriterionAnswer.reason)
    rows = select(Assessment.id.label("assessment_id"), Assessment.made_at, Assessment.made_by, *answer)
    rows = rows.join(CriterionAnswer, CriterionAnswer.assessment_id == Assessment.id)
    return rows.where(Assessment.dialogue_id == dialogue_id).order_by(Assessment.id, CriterionAnswer.criterion)


def _rest(dialogue_id: int) -> Rows:
    """What each assessment says beside the criteria."""
    names = [column.key for column in AssessmentBasis.__table__.columns if column.key != "case_key"]
    rows = select(*(getattr(AssessmentBasis, name) for name in names))
    rows = rows.join(Assessment, Assessment.id == AssessmentBasis.assessment_id)
    return rows.where(Assessment.dialogue_id == dialogue_id).order_by(AssessmentBasis.assessment_id)


def _scope(dialogue_id: int) -> Rows:
    rows = select(ScopeItem.position, ScopeItem.is_open, ScopeItem.text, ScopeItem.why)
    return rows.where(ScopeItem.dialogue_id == dialogue_id).order_by(ScopeItem.position, ScopeItem.id)


def _records(dialogue_id: int) -> Rows:
    rows = select(*(getattr(DecisionRecord, name) for name in RECORD))
    return rows.where(DecisionRecord.dialogue_id == dialogue_id).order_by(DecisionRecord.id)


def _moves(dialogue_id: int) -> Rows:
    rows = select(Move.at, Move.from_stage, Move.to_stage, Move.by_id, Move.note)
    return rows.where(Move.dialogue_id == dialogue_id).order_by(Move.id)


def table(key: str, name: LazyText, wanted: Wanted) -> Export:
    """A table of a dialogue: what `wanted` selects, with the columns that say something of a person marked."""
    columns = [Column(one, personal=one in PERSONAL) for one in wanted(0).selected_columns.keys()]  # noqa: SIM118

    def rows(dialogue_id: int) -> Iterator[Sequence[Any]]:
        for row in db.session().execute(wanted(dialogue_id).execution_options(yield_per=500)):
            yield tuple(row)

    def count(dialogue_id: int) -> int:
        held = select(func.count()).select_from(wanted(dialogue_id).order_by(None).subquery())
        return db.session().execute(held).scalar_one()

    return Export(key, name, lambda _dialogue_id: columns, rows, count)


EXPORTS = (
    table("dialogue", lazy_p("export", "Dialogue"), _facts),
    table("criteria", lazy_p("export", "Criteria"), _criteria),
    table("assessment", lazy_p("export", "What else was assessed"), _rest),
    table("scope", lazy_p("export", "What is open and what is fixed"), _scope),
    table("decisions", lazy_p("export", "Decisions"), _records),
    AMENDMENTS,
    table("moves", lazy_p("export", "Moves"), _moves),
    *intake.EXPORTS,
    *evaluation.EXPORTS,
    *(table(key, name, wanted) for key, name, wanted in kinds.TABLES),
)
