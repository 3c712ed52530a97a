"""Taking pictures in, and sweeping away what nothing points at.

The files are written before the unit commits: one that is rolled back leaves files without a row, and those are
swept. The reverse, a row without its file, cannot come about that way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from app import clock, db
from app.files import owners, store
from app.files.core import pictures
from app.files.core.names import shown_name
from app.files.models import StoredFile
from app.logs import log
from app.permissions import Actor

GRACE = timedelta(hours=1)  # as long as a request that is still at work may be left alone


@dataclass(frozen=True)
class Upload:
    """What somebody sent: bytes, and what they call it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Swept:
    """How many files without a row, and rows that nothing points at, were removed; and rows whose file is gone."""

    files: int
    rows: int
    missing: int


def keep_picture(actor: Actor, upload: Upload, *, owner: str) -> StoredFile:
    """Clean and keep a picture for this kind of owner, in the open unit.

    The caller has asked `require` for what the picture is part of. Raises pictures.Unfit with a sentence.
    """
    picture = pictures.prepare(upload.data)
    row = StoredFile(
        key=store.new_key(),
        owner=owner,
        shown_name=shown_name(upload.name, pictures.EXTENSIONS[picture.media_type]),
        media_type=picture.media_type,
        size=sum(len(data) for data in picture.sizes.values()),
        width=picture.width,
        height=picture.height,
        uploaded_by=actor.person_id,
        uploaded_at=clock.now(),
    )
    store.write(row.key, picture.sizes)
    db.session().add(row)
    db.session().flush()
    return row


def sweep() -> Swept:
    """Remove what is older than GRACE and belongs to nothing, in the open unit. The clock calls this."""
    before = clock.now() - GRACE
    session = db.session()
    rows = session.execute(select(StoredFile.key, StoredFile.id, StoredFile.owner, StoredFile.uploaded_at)).all()
    known = {row.key for row in rows}
    on_disk = dict(store.keys())
    orphans = [key for key, written in on_disk.items() if key not in known and written < before]
    for key in orphans:
        store.remove(key)
    old: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.uploaded_at < before:
            old[row.owner].append(row.id)
    unused = {number for kind, numbers in old.items() for number in set(numbers) - owners.in_use(kind, numbers)}
    if unused:
        session.execute(delete(StoredFile).where(StoredFile.id.in_(unused)))
    missing = [row.id for row in rows if row.key not in on_disk and row.id not in unused]
    if missing:
        log().error("files_missing", files=missing)
    return Swept(len(orphans), len(unused), len(missing))
