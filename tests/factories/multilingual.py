"""Translations at any status, without the translators' desk."""

from __future__ import annotations

from app import clock, db, richtext
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest


def make_translation(
    subject: str, field: str, language: str, text: str, *, source: str, status: Status = Status.REVIEWED,
    rich: bool = False,
) -> Translation:  # fmt: skip
    """A translation of `source` (the Swedish text); stale where the owner's text is another by now."""
    row = Translation(
        subject=subject,
        field=field,
        language=language,
        status=status,
        text=text,
        html=richtext.from_markdown(text) if rich else None,
        source_version=digest(source),
        source_text=source,
        written_at=clock.now(),
    )
    db.session().add(row)
    db.session().flush()
    return row
