"""records

Written by hand: three matters more that a body decides about, each of which it decides about once; a record says why
in the same places as before.

Revision ID: 0013
Revises: 0012
"""
# written by hand

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ONCE = sa.text("supersedes_id IS NULL AND matter IN ('hold', 'cancel', 'close', 'final')")
ON_SQLITE = [
    "CREATE TRIGGER decision_record_kept_update BEFORE UPDATE ON decision_record BEGIN SELECT RAISE(ABORT, 'rows of decision_record are added, never changed or removed'); END",
    "CREATE TRIGGER decision_record_kept_delete BEFORE DELETE ON decision_record BEGIN SELECT RAISE(ABORT, 'rows of decision_record are added, never changed or removed'); END",
]


@contextmanager
def _records() -> Iterator[object]:
    """The table, which SQLite makes anew: it then has to be told again that its rows are kept."""
    with op.batch_alter_table("decision_record", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        yield batch_op
    if op.get_bind().dialect.name == "sqlite":
        for statement in ON_SQLITE:
            op.execute(statement)


def upgrade() -> None:
    with _records() as batch_op:
        batch_op.drop_constraint(op.f("ck_decision_record_matter"), type_="check")
        batch_op.drop_constraint(op.f("ck_decision_record_refusal_says_why"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_decision_record_matter"), "matter IN ('hold', 'change', 'close', 'cancel', 'final', 'later')"
        )
        batch_op.create_check_constraint(
            op.f("ck_decision_record_says_why"),
            "(outcome = 'approved' AND matter NOT IN ('cancel', 'close', 'later')) OR reason <> ''",
        )
        batch_op.create_index(
            "uq_decision_record_once", ["dialogue_id", "matter"], unique=True, sqlite_where=ONCE, postgresql_where=ONCE
        )


def downgrade() -> None:
    with _records() as batch_op:
        batch_op.drop_index("uq_decision_record_once")
        batch_op.drop_constraint(op.f("ck_decision_record_matter"), type_="check")
        batch_op.drop_constraint(op.f("ck_decision_record_says_why"), type_="check")
        batch_op.create_check_constraint(op.f("ck_decision_record_matter"), "matter IN ('hold', 'final', 'cancel')")
        batch_op.create_check_constraint(
            op.f("ck_decision_record_refusal_says_why"), "(outcome = 'approved' AND matter <> 'cancel') OR reason <> ''"
        )
