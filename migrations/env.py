"""How migrations run: one linear history for SQLite and PostgreSQL, each step in a transaction of its own.

The address is `url` in the configuration's attributes (command line, tests), else the installation's DATABASE_URL.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from alembic import context
from alembic.autogenerate import renderers
from alembic.operations import ops
from sqlalchemy import Connection, TypeDecorator, create_engine, event, pool

sys.path.insert(0, str(Path(__file__).parent.parent))

import app  # noqa: F401  # every package's tables
from app import db
from config import from_environment

LOCK = 7_114_701_470  # any number, the same on every node: two that start at once migrate in turn


def plain_type(kind: str, type_: Any, _autogen: object) -> str | bool:
    """Write the house's own types as what they are in the database, so that old migrations need no code of ours."""
    if kind == "type" and isinstance(type_, db.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(type_, TypeDecorator) and type(type_).__module__.startswith("app."):
        return f"sa.{type_.impl!r}"  # Text(), BigInteger() …
    return False


class KeepRows(ops.MigrateOperation):
    """Write out what keeps the rows of a table that is only added to."""

    def __init__(self, table: str) -> None:
        self.table = table


@renderers.dispatch_for(KeepRows)
def written_out(_autogen: object, operation: KeepRows) -> str:
    return f"for statement in {db.kept_rows(operation.table)!r}[op.get_bind().dialect.name]:\n    op.execute(statement)"


def keep_rows(_context: object, _revision: object, directives: list[Any]) -> None:
    """After each new table that is only added to, what keeps its rows."""
    for script in directives:
        steps = [[step, *_kept(step)] for step in script.upgrade_ops.ops]
        script.upgrade_ops.ops = [one for several in steps for one in several]


def _kept(step: Any) -> list[KeepRows]:
    table = db.Base.metadata.tables.get(step.table_name) if isinstance(step, ops.CreateTableOp) else None
    return [KeepRows(table.name)] if table is not None and table.info.get("append_only") else []


def begin_at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def leave_transactions_to_us(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def run() -> None:
    url = context.config.attributes.get("url") or from_environment().database_url
    engine = create_engine(url, poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", leave_transactions_to_us)
        event.listen(engine, "begin", begin_at_once)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.Base.metadata,
            compare_type=True,
            render_as_batch=True,
            render_item=plain_type,
            process_revision_directives=keep_rows,
            transaction_per_migration=True,
            transactional_ddl=True,  # also on SQLite, since we begin its transactions ourselves
        )
        with context.begin_transaction():
            context.run_migrations()


run()
