"""agenda version

Written by hand: meetings that are in the calendar already begin at version 1.

Revision ID: 0012
Revises: 0011
"""
# written by hand

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNTED = {"sqlite_autoincrement": True}  # a table that is made anew does not remember it


def upgrade() -> None:
    with op.batch_alter_table("body_meeting", table_kwargs=COUNTED) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("body_meeting", table_kwargs=COUNTED) as batch_op:
        batch_op.alter_column("version", server_default=None)
        batch_op.create_index("ix_body_meeting_held_on", ["held_on", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("body_meeting", table_kwargs=COUNTED) as batch_op:
        batch_op.drop_index("ix_body_meeting_held_on")
        batch_op.drop_column("version")
