"""What a standing channel has collected, which belongs to no dialogue: made at once, for whoever asks for it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app import clock, db, i18n
from app.events import emit
from app.exports import cells, tables
from app.exports.events import ExportMade
from app.exports.formats import Format
from app.exports.rules import Do
from app.exports.writers import WRITERS
from app.ladder import Export
from app.permissions import Actor, require

OF_NO_DIALOGUE = 0  # what an export is asked for in place of the number of a dialogue


@dataclass(frozen=True)
class Order:
    """What is wanted, of everything."""

    format: Format
    personal_data: bool
    language: str = i18n.SOURCE.code


@dataclass(frozen=True)
class Made:
    """The file, open at its beginning and without a name on disk; its suffix."""

    file: BinaryIO
    suffix: str


def make(actor: Actor, channel: Any, subject: str, exports: Sequence[Export], wanted: Order) -> Made:
    """Write the tables of a channel (its `dialogue_id` is None) in one file, and note who took it. Raises Refusal."""
    require(actor, Do.EXPORT, channel)
    if wanted.personal_data:
        require(actor, Do.EXPORT_PERSONAL, channel)
    with tempfile.TemporaryDirectory() as folder:
        path, passed = Path(folder) / "file", list[None]()
        with db.snapshot(), i18n.speaking(i18n.named(wanted.language)):
            about = {"exported_at": cells.iso(clock.now()), "personal_data": wanted.personal_data}
            opened = (
                tables.table(
                    one, OF_NO_DIALOGUE, personal_data=wanted.personal_data, passed=lambda: passed.append(None)
                )
                for one in exports
            )
            suffix = WRITERS[wanted.format](path, about, opened, len(exports) == 1)
        file = path.open("rb")
    emit(
        ExportMade(
            subject=subject,
            actor=actor,
            format=wanted.format,
            personal_data=wanted.personal_data,
            rows=len(passed),
        )
    )
    return Made(file, suffix)
