"""records

Written by hand: three matters more that a body decides about, once each where it can only be once; a record says why
where it did. And one thing more that a change note may be about.

Revision ID: 0017
Revises: 0016
"""
# written by hand

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ONCE = sa.text("supersedes_id IS NULL AND matter IN ('hold', 'cancel', 'close', 'final')")
ON_SQLITE = (
    "CREATE TRIGGER {table}_kept_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'rows of {table} are added, never changed or removed'); END",
    "CREATE TRIGGER {table}_kept_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'rows of {table} are added, never changed or removed'); END",
)


@contextmanager
def _kept(table: str) -> Iterator[object]:
    """A table whose rows are kept. SQLite makes it anew, and then has to be told again to keep them."""
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        yield batch_op
    if op.get_bind().dialect.name == "sqlite":
        for statement in ON_SQLITE:
            op.execute(statement.format(table=table))


PARTS = (
    "'description', 'paused', 'resumed', 'period', 'phases', 'times', 'interim', 'question', 'option', 'text', 'rule', "
    "'meeting', 'called_off', 'withdrawn', 'shut', 'opened_again'"
)


def _notes(parts: str) -> None:
    with _kept("change_note") as batch_op:
        batch_op.drop_constraint(op.f("ck_change_note_part"), type_="check")
        batch_op.create_check_constraint(op.f("ck_change_note_part"), f"part IN ({parts})")


def upgrade() -> None:
    _notes(f"'amended', {PARTS}")
    with _kept("decision_record") as batch_op:
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
    _notes(PARTS)
    with _kept("decision_record") as batch_op:
        batch_op.drop_index("uq_decision_record_once")
        batch_op.drop_constraint(op.f("ck_decision_record_matter"), type_="check")
        batch_op.drop_constraint(op.f("ck_decision_record_says_why"), type_="check")
        batch_op.create_check_constraint(op.f("ck_decision_record_matter"), "matter IN ('hold', 'final', 'cancel')")
        batch_op.create_check_constraint(
            op.f("ck_decision_record_refusal_says_why"), "(outcome = 'approved' AND matter <> 'cancel') OR reason <> ''"
        )
