"""The database: one declarative base, one session a context, two ways to write and no third.

`unit()` is the business transaction. `trace()` is a short one of its own, for the few tables that say so
(`__trace__ = True`): failed sign-ins, limits, last seen. Anything else that tries to write is stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
Mode = Literal["read", "unit", "trace"]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both databases. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables. SQLite never uses a deleted row's number again (AUTOINCREMENT)."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}
    __trace__: ClassVar[bool] = False


@event.listens_for(Table, "after_parent_attach")
def _never_reuse_ids(table: Table, parent: object) -> None:
    if parent is not Base.metadata:
        return  # a migration's table says for itself
    key = list(table.primary_key.columns)
    counted = len(key) == 1 and isinstance(key[0].type, Integer) and not key[0].foreign_keys
    table.dialect_options["sqlite"]["autoincrement"] = counted


HELD = "held"  # in the info of a session: rows that it would forget
APPEND_ONLY = {"append_only": True}  # the info of a table whose rows are added and never changed or removed


def kept_rows(table: str) -> dict[str, list[str]]:
    """What keeps the rows of a table as they were written, whoever asks: statements for each kind of database.

    A migration has them written out, and a table made from the models gets them when it is made.
    """
    refuse = f"SELECT RAISE(ABORT, 'rows of {table} are added, never changed or removed')"
    function = (
        "CREATE OR REPLACE FUNCTION rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of % are added, never changed or removed', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    on_postgresql = (
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept()"
    )
    on_sqlite = [
        f"CREATE TRIGGER {table}_kept_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refuse}; END"
        for verb in ("UPDATE", "DELETE")
    ]
    return {"postgresql": [function, on_postgresql], "sqlite": on_sqlite}


@event.listens_for(Table, "after_create")
def _keep_rows(table: Table, connection: Connection, **_options: object) -> None:
    if table.metadata is Base.metadata and table.info.get("append_only"):  # a migration says for itself
        for statement in kept_rows(table.name)[connection.dialect.name]:
            connection.exec_driver_sql(statement.replace("%", "%%"))


class WriteOutsideUnit(RuntimeError):
    """Something tried to write where nothing may: on a GET, or to a business table in a trace."""


class _State:
    engine: Engine | None = None
    pinned: Connection | None = None  # tests: every session joins this connection's transaction


_state = _State()
_current: ContextVar[Session | None] = ContextVar("session", default=None)


def connect(url: str, **options: Any) -> Engine:
    """Open the engine that this process uses from now on."""
    if _state.engine is not None:
        _state.engine.dispose()
    options.setdefault("hide_parameters", True)  # a fault is logged with its statement, never with what people wrote
    if url.startswith("sqlite"):
        options.setdefault("connect_args", {"timeout": 15, "check_same_thread": False})
    else:
        options.setdefault("pool_pre_ping", True)
        options.setdefault("connect_args", {"connect_timeout": 5, "options": "-c statement_timeout=60000"})
    _state.engine = create_engine(url, **options)
    if _state.engine.dialect.name == "sqlite":
        event.listen(_state.engine, "connect", _prepare_sqlite)
        event.listen(_state.engine, "begin", _begin_sqlite)
    return _state.engine


def engine() -> Engine:
    if _state.engine is None:
        raise RuntimeError("db.connect() has not been called")
    return _state.engine


def pin(connection: Connection | None) -> None:
    """Tests only: let every session work inside one outer transaction that is rolled back afterwards."""
    _state.pinned = connection


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # we begin ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that will write takes the write lock at once: an upgrade later would ignore the timeout."""
    current = _current.get()
    writes = isinstance(current, ModeSession) and current.mode != "read"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class ModeSession(Session):
    """A session that knows whether it may write."""

    mode: Mode = "read"

    def close(self) -> None:
        """Also let go of the rows that were held: they belong to what has ended."""
        self.info.pop(HELD, None)
        super().close()


def _new_session(mode: Mode) -> ModeSession:
    bind = _state.pinned if _state.pinned is not None else engine()
    session = ModeSession(bind=bind, join_transaction_mode="create_savepoint", expire_on_commit=False)
    session.mode = mode
    return session


@event.listens_for(ModeSession, "before_flush")
def _guard_flush(session: ModeSession, _context: object, _instances: object) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if row in session.dirty and not session.is_modified(row):
            continue
        _guard(session.mode, type(row), getattr(row, "__trace__", False))


@event.listens_for(ModeSession, "do_orm_execute")
def _guard_bulk(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        mapper = state.bind_mapper
        trace = bool(mapper is not None and getattr(mapper.class_, "__trace__", False))
        mode = state.session.mode if isinstance(state.session, ModeSession) else "unit"
        _guard(mode, mapper.class_ if mapper is not None else object, trace)


def _guard(mode: Mode, what: type, trace_table: bool) -> None:
    if mode == "read" or (mode == "trace" and not trace_table):
        raise WriteOutsideUnit(f"{what.__name__} written in mode {mode}")


def session() -> Session:
    """The session of this context; reading, unless a unit or a trace is open."""
    current = _current.get()
    if current is None:
        raise RuntimeError("no session is open: use db.unit() or db.reading()")
    return current


def mode() -> Mode:
    current = session()
    return current.mode if isinstance(current, ModeSession) else "unit"


@contextmanager
def _open(mode: Mode) -> Iterator[Session]:
    current = _new_session(mode)
    token = _current.set(current)
    try:
        yield current
    finally:
        _current.reset(token)
        current.close()


@contextmanager
def reading() -> Iterator[Session]:
    """A session that cannot write."""
    with _open("read") as current:
        yield current


@contextmanager
def snapshot() -> Iterator[Session]:
    """A reading session that sees everything as of one moment, however long it reads: for exports and copies."""
    with _open("read") as current:
        if _state.pinned is None and engine().dialect.name == "postgresql":
            current.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield current


@contextmanager
def unit() -> Iterator[Session]:
    """The business transaction: committed once when the block ends well, else rolled back."""
    with _open("unit") as current:
        yield current
        current.commit()


@contextmanager
def trace() -> Iterator[Session]:
    """A short transaction of its own, for tables marked `__trace__`, before a unit begins or after its end.

    Raises WriteOutsideUnit where a unit has already begun: SQLite must never see two writers in one request.
    """
    outer = _current.get()
    if isinstance(outer, ModeSession):
        if outer.mode == "unit" and outer.in_transaction():
            raise WriteOutsideUnit("a trace was asked for inside a unit that has begun")
        outer.rollback()  # lets go of a read snapshot, so that what is traced shows afterwards
    with _open("trace") as current:
        yield current
        current.commit()


class Scope:
    """One session for one web request, with the commit decided at its end by the web floor."""

    def __init__(self) -> None:
        self._session = _new_session("read")
        self._token = _current.set(self._session)

    def begin_unit(self) -> None:
        """From here on the request may write. What was read before is let go."""
        self._session.close()
        self._session.mode = "unit"

    def finish(self, *, commit: bool) -> None:
        if commit and self._session.mode == "unit":
            self._session.commit()
        else:
            self._session.rollback()
        self._session.mode = "read"

    def close(self) -> None:
        _current.reset(self._token)
        self._session.close()


def flush_or(problem: Exception) -> None:
    """Send the rows now; where a constraint refuses them, raise `problem` instead.

    A rule gives the sentence, the constraint gives the truth: this is where they meet. Nothing else of the
    unit can be saved after that, and the web floor rolls it back.
    """
    try:
        session().flush()
    except IntegrityError as refused:
        session().rollback()
        raise problem from refused


def lock_key(name: str) -> None:
    """Take the right to decide about `name` until the unit ends. SQLite has one writer anyway."""
    if engine().dialect.name == "postgresql":
        session().connection().exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))


def share_key(name: str) -> None:
    """Hold `name` together with others who share it, until the unit ends: `lock_key` waits for all of them."""
    if engine().dialect.name == "postgresql":
        session().connection().exec_driver_sql("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", (name,))


def hold(rows: Iterable[Base]) -> None:
    """Keep rows at hand until the session ends: its own map is weak and forgets what nobody refers to."""
    held("rows").update({id(row): row for row in rows})


def held(name: str) -> dict[int, Any]:
    """What has been put aside under a name until the session ends, by whatever key it is looked up."""
    kept: dict[int, Any] = session().info.setdefault(HELD, {}).setdefault(name, {})
    return kept


def insert_new(model: type[Base], **values: Any) -> bool:
    """Add a row unless a constraint says that it is there already: races end well. Returns whether it is new."""
    add = postgresql_insert if engine().dialect.name == "postgresql" else sqlite_insert
    row = add(model).values(**values).on_conflict_do_nothing().returning(*inspect(model).primary_key)
    return session().execute(row).first() is not None


def insert_all_new(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """As insert_new, many rows at once."""
    add = postgresql_insert if engine().dialect.name == "postgresql" else sqlite_insert
    if rows:
        session().execute(add(model).on_conflict_do_nothing(), rows)
