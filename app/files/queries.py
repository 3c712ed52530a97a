"""Reads of files."""

from __future__ import annotations

from sqlalchemy import select

from app import db
from app.files import owners
from app.files.models import StoredFile
from app.permissions import Actor


def shown(key: str, actor: Actor) -> StoredFile | None:
    """The file of this key, if its owner lets this actor see it; else None, as if it were not there."""
    row = db.session().scalars(select(StoredFile).filter_by(key=key)).first()
    return row if row is not None and owners.is_visible(row.owner, row.id, actor) else None
