"""A suggestion while it is being written: step by step, with its pictures, kept for the browser that writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app import clock, db, jobs
from app.files.service import Upload, keep_picture
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.models import SuggestionBox, SuggestionDraft, SuggestionPicture
from app.levels.consultation.suggestions.rules import Do
from app.limits import Limit
from app.permissions import Actor, require

PICTURES = "suggestion"  # the owner of the files
MOST_PICTURES = 3
DRAFTS_LAST = timedelta(days=7)
UPLOADS = Limit("suggestions.picture", 40, timedelta(hours=1))  # by network address: a school class can send some


def keep_draft(actor: Actor, box: SuggestionBox, key_hash: str, said: Mapping[str, Any]) -> SuggestionDraft:
    """Put what a step says beside what was said before. Of several steps sent at once each is kept."""
    db.lock_key(f"suggestion draft {key_hash}")  # the button pressed twice: the second waits, and finds the first
    require(actor, Do.SEND, box)
    row = queries.draft(key_hash, box.id, fresh=True)
    is_new = row is None
    if row is None:
        row = SuggestionDraft(box_id=box.id, key_hash=key_hash, content={})
        db.session().add(row)
    row.content, row.touched_at = {**row.content, **said}, clock.now()
    db.session().flush()
    if is_new:
        forget_later(row)
    return row


def forget_later(row: SuggestionDraft) -> None:
    """Plan for when it has lain untouched for DRAFTS_LAST. Too early by then, because of later steps: planned anew."""
    moment = row.touched_at + DRAFTS_LAST
    key = f"suggestions.forget_draft:{row.id}:{moment.isoformat()}"
    jobs.enqueue("suggestions.forget_draft", {"draft_id": row.id}, run_at=moment, dedupe=key)


def add_picture(actor: Actor, box: SuggestionBox, draft: SuggestionDraft, upload: Upload) -> SuggestionPicture | None:
    """Clean and keep a picture; None where there are as many as there may be. Raises pictures.Unfit."""
    require(actor, Do.SEND, box)
    if len(queries.pictures_of_draft(draft.id)) >= MOST_PICTURES:
        return None
    row = SuggestionPicture(draft_id=draft.id, file=keep_picture(actor, upload, owner=PICTURES))
    draft.touched_at = clock.now()
    db.session().add(row)
    db.session().flush()
    return row


def describe_pictures(actor: Actor, box: SuggestionBox, draft: SuggestionDraft, words: Mapping[int, str]) -> None:
    """Write what pictures show: picture id → words. Others than the draft's own are left alone."""
    require(actor, Do.SEND, box)
    for row in queries.pictures_of_draft(draft.id):
        row.alt = words.get(row.id, row.alt)
    db.session().flush()


def drop_picture(actor: Actor, box: SuggestionBox, draft: SuggestionDraft, picture_id: int) -> None:
    """Leave a picture out; its file is swept away afterwards."""
    require(actor, Do.SEND, box)
    for row in queries.pictures_of_draft(draft.id):
        if row.id == picture_id:
            db.session().delete(row)
    db.session().flush()


def forget_draft(row: SuggestionDraft) -> None:
    """Nobody has gone on with it: it goes, with its pictures."""
    for picture in queries.pictures_of_draft(row.id):
        db.session().delete(picture)
    db.session().flush()
    db.session().delete(row)
    db.session().flush()
