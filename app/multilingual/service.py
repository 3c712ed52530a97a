"""Writing translations, reviewing them, and bringing in such as were made elsewhere."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError

from app import clock, db, richtext
from app.events import emit
from app.i18n import Language
from app.multilingual.desk import Work
from app.multilingual.events import TranslationBrought, TranslationDrafted, TranslationReviewed
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.multilingual.rules import Do
from app.multilingual.sources import Item
from app.permissions import SYSTEM, Actor, require


class SwedishChanged(Exception):
    """The Swedish text is another than the one that the translator saw."""


class AnotherWasHere(Exception):
    """Somebody else has saved the same translation in the meantime."""


def save_draft(actor: Actor, work: Work, text: str, *, source_version: str, seen: str) -> Translation:
    """Save a draft beside what is shown. `source_version` and `seen` are those of the page that was filled in.

    `text` is not empty. Raises SwedishChanged or AnotherWasHere; nothing is saved then.
    """
    require(actor, Do.TRANSLATE, work)
    if source_version != work.source_version:
        raise SwedishChanged
    if seen != work.seen:
        raise AnotherWasHere
    draft = work.draft or _new(work.item, work.language, Status.DRAFT)
    _write(draft, work.item, text)
    draft.written_by, draft.reviewed_by, draft.reviewed_at = actor.person_id, None, None
    _flush()
    emit(
        TranslationDrafted(
            subject=work.item.subject, actor=actor, dialogue_id=work.dialogue_id, field=work.item.field,
            language=work.language.code, source_version=draft.source_version,
        )
    )  # fmt: skip
    return draft


def mark_reviewed(actor: Actor, work: Work, *, seen: str) -> Translation:
    """Let the draft take the place of what is shown. Raises AnotherWasHere where the draft is not the one seen."""
    require(actor, Do.REVIEW, work)
    draft = work.draft
    if draft is None or seen != work.seen:
        raise AnotherWasHere
    shown = work.reviewed or _new(work.item, work.language, Status.REVIEWED)
    _write(shown, work.item, draft.text)
    shown.written_by, shown.written_at = draft.written_by, draft.written_at
    shown.reviewed_by, shown.reviewed_at = actor.person_id, clock.now()
    for replaced in filter(None, (draft, work.machine)):
        db.session().delete(replaced)
    _flush()
    emit(
        TranslationReviewed(
            subject=work.item.subject, actor=actor, dialogue_id=work.dialogue_id, field=work.item.field,
            language=work.language.code, source_version=shown.source_version,
        )
    )  # fmt: skip
    return shown


def bring(actor: Actor, item: Item, language: Language, text: str, *, dialogue_id: int | None = None) -> Translation:
    """Put in a text that was translated and reviewed elsewhere (demo, import), in place of what was shown."""
    require(actor, Do.BRING, SYSTEM)
    held = db.session().get(Translation, (item.subject, item.field, language.code, Status.REVIEWED))
    row = held or _new(item, language, Status.REVIEWED)
    _write(row, item, text)
    row.written_by, row.reviewed_by, row.reviewed_at = None, None, clock.now()
    _flush()
    emit(
        TranslationBrought(
            subject=item.subject, actor=actor, dialogue_id=dialogue_id, field=item.field, language=language.code,
            source_version=row.source_version,
        )
    )  # fmt: skip
    return row


def forget(subject: str, field: str) -> None:
    """Delete every translation of a text that nobody is to read any more: each would go on saying it.

    Whoever takes the text away has asked `require` before, and emits their own event.
    """
    made = delete(Translation).where(Translation.subject == subject, Translation.field == field)
    db.session().execute(made.execution_options(synchronize_session="fetch"))


def tidied(item: Item, text: str) -> str:
    """As the owner would have it: one line where the Swedish text is one line."""
    return text if item.is_rich or "\n" in item.source else richtext.one_line(text)


def _new(item: Item, language: Language, status: Status) -> Translation:
    row = Translation(subject=item.subject, field=item.field, language=language.code, status=status)
    db.session().add(row)
    return row


def _write(row: Translation, item: Item, text: str) -> None:
    row.text = tidied(item, text)
    row.html = richtext.from_markdown(text) if item.is_rich else None
    row.source_text, row.source_version = item.source, digest(item.source)
    row.written_at = clock.now()


def _flush() -> None:
    """Two at once: the second is told (a draft that both began meets the primary key)."""
    try:
        db.flush_or(AnotherWasHere())
    except StaleDataError as problem:
        db.session().rollback()
        raise AnotherWasHere from problem
