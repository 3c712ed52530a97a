"""What is wrong with the export that the archive keeps of a dialogue: asked by the guard of the life cycle."""

from __future__ import annotations

from app.dialogues.evaluation import queries as evaluation
from app.dialogues.evaluation import retention
from app.exports import queries, store
from app.exports.models import ArchiveCopy
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing


def missing(dialogue_id: int) -> list[Missing]:
    """What is missing: the file is there, is what was recorded, and holds names where the plan says so, else not."""
    copy = queries.archive_copy(dialogue_id)
    sentence = _fault(dialogue_id, copy)
    return [] if sentence is None else [Missing(sentence, ("exports.archive", {"dialogue_id": dialogue_id}))]


def is_whole(copy: ArchiveCopy) -> bool:
    """Whether the file on disk is the one that was recorded. Reads all of it."""
    return store.checksum(store.archived(copy.key)) == copy.hash


def _fault(dialogue_id: int, copy: ArchiveCopy | None) -> LazyText | None:
    if copy is None:
        return _l("The export for the archive has not been made.")
    if not is_whole(copy):
        return _l("The export for the archive is gone or has been changed since it was made. Make it again.")
    plan = evaluation.plan_of(dialogue_id)
    if plan is not None and retention.named(plan.retention).names != copy.personal_data:
        return _l("The export for the archive was made for another class of the retention plan. Make it again.")
    return None
