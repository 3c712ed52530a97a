"""What the ballot tables do not hold: no time, no running number, no address, nobody but the roll's own."""

from __future__ import annotations

from sqlalchemy import DateTime, Integer

from app.ballots import models
from app.db import Base, UtcDateTime

# Every column that a ballot or the roll has. Another one needs an argument, here.
COLUMNS = {
    "ballot_roll": {"id", "box_id", "person_id", "identity", "code_hash", "connection", "channel"},
    "ballot_envelope": {"roll_id", "box_id", "ciphertext", "receipt", "token_hash"},
    "ballot_sealed": {"box_id", "receipt", "ciphertext"},
    "ballot_receipt": {"box_id", "receipt"},
    "ballot_result_line": {"box_id", "choice", "count"},
}


def test_ballot_tables_hold_these_columns_and_no_others():
    for name, columns in COLUMNS.items():
        assert set(Base.metadata.tables[name].columns.keys()) == columns


def test_no_ballot_table_keeps_a_time_or_counts_its_rows():
    for name in COLUMNS:
        table = Base.metadata.tables[name]
        assert not [c for c in table.columns if isinstance(c.type, DateTime | UtcDateTime)]
        assert not [c for c in table.primary_key if isinstance(c.type, Integer) and not c.foreign_keys]
        assert table.dialect_options["sqlite"]["with_rowid"] is False


def test_once_mixed_a_ballot_has_no_way_back_to_anybody():
    for model in (models.SealedBallot, models.BallotReceipt, models.ResultLine):
        pointed = {key.column.table.name for key in model.__table__.foreign_keys}
        assert pointed == {"ballot_box"}


def test_a_key_is_never_stored():
    columns = {c.name for name, t in Base.metadata.tables.items() if name.startswith("ballot_") for c in t.columns}
    assert not [name for name in columns if "private" in name or "secret" in name or "passphrase" in name]
