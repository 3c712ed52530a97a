"""What waits for the archive, and what is missing in each: for the registrar, in as few statements as for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.dialogues.evaluation import queries, retention, thinning
from app.dialogues.evaluation.models import ArchivePlan
from app.dialogues.models import Dialogue
from app.exports import queries as exports
from app.exports.models import ArchiveCopy
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Actor


@dataclass(frozen=True)
class Waiting:
    """One dialogue, and what its page says is missing; whether the file is whole is looked at there."""

    dialogue: Dialogue
    missing: list[LazyText]


def waiting(actor: Actor) -> list[Waiting]:
    """The dialogues that have been evaluated, the oldest first."""
    rows = queries.waiting_for_archive(actor)
    ids = [row.id for row in rows]
    plans, told, copies = queries.plans_of(ids), queries.fed_back_at(ids), exports.archive_copies(ids)
    left = thinning.left(ids)
    return [
        Waiting(row, list(_missing(plans.get(row.id), told.get(row.id), left.get(row.id, {}), copies.get(row.id))))
        for row in rows
    ]


def _missing(
    plan: ArchivePlan | None, told: datetime | None, left: dict[str, int], copy: ArchiveCopy | None
) -> Iterator[LazyText]:
    known = retention.find(plan.retention) if plan is not None else None
    if known is None:
        yield _l("Choose a class of the retention plan.")
    elif told is not None and clock.now() < (due := told + known.after):
        yield _l("By the plan, addresses for notices are kept until %(day)s.", day=clock.local(due).date())
    elif left:
        yield _l("Remove the addresses for notices.")
    if copy is None:
        yield _l("Make the export for the archive.")
