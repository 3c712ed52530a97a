"""Which stages each kind of dialogue knows, and that information needs no period. Written by hand: nothing draws checks.

Revision ID: 0011
Revises: 0010
"""

# written by hand: Alembic does not see that a CHECK has changed

from __future__ import annotations

from contextlib import AbstractContextManager

from alembic import op
from alembic.operations import BatchOperations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNPLANNED = "stage IN ('assessed', 'idea', 'redirected', 'unsuitable')"
TIMES = "(opens_at IS NOT NULL AND closes_at IS NOT NULL)"
HAS_TIMES = f"{UNPLANNED} OR {TIMES}"
HAS_TIMES_OR_TELLS = f"{UNPLANNED} OR kind = 'information' OR {TIMES}"
KNOWN = "(kind = 'citizen_dialogue' AND stage IN ('announced', 'archived', 'assessed', 'cancelled', 'closed', 'compiled', 'decided', 'evaluated', 'fed_back', 'handed_over', 'idea', 'open', 'paused', 'prepared', 'redirected', 'rejected', 'resolved', 'unsuitable')) OR (kind = 'user_dialogue' AND stage IN ('announced', 'archived', 'closed', 'fed_back', 'idea', 'open', 'paused', 'unsuitable')) OR (kind = 'information' AND stage IN ('announced', 'archived', 'idea', 'unsuitable')) OR (kind = 'statutory_consultation' AND stage IN ('announced', 'archived', 'idea', 'unsuitable'))"
LEVEL = "kind <> 'information' OR (level IS NOT NULL AND level = 'information')"


def upgrade() -> None:
    with _dialogue() as batch_op:
        batch_op.drop_constraint(op.f("ck_dialogue_planned_has_times"), type_="check")
        batch_op.create_check_constraint(op.f("ck_dialogue_planned_has_times"), HAS_TIMES_OR_TELLS)
        batch_op.create_check_constraint(op.f("ck_dialogue_stage_of_kind"), KNOWN)
        batch_op.create_check_constraint(op.f("ck_dialogue_level_of_information"), LEVEL)
        batch_op.create_index("ix_dialogue_kind", ["kind", "stage", "id"], unique=False)


def downgrade() -> None:
    with _dialogue() as batch_op:
        batch_op.drop_index("ix_dialogue_kind")
        batch_op.drop_constraint(op.f("ck_dialogue_level_of_information"), type_="check")
        batch_op.drop_constraint(op.f("ck_dialogue_stage_of_kind"), type_="check")
        batch_op.drop_constraint(op.f("ck_dialogue_planned_has_times"), type_="check")
        batch_op.create_check_constraint(op.f("ck_dialogue_planned_has_times"), HAS_TIMES)


def _dialogue() -> AbstractContextManager[BatchOperations]:
    """SQLite makes the table anew, and would forget that no number of a row is used again."""
    return op.batch_alter_table("dialogue", table_kwargs={"sqlite_autoincrement": True})
