"""What is due in an official's dialogues, what is late first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app import clock
from app.dialogues import wording
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.i18n import LazyText, plural
from app.i18n import lazy as _l

SOON = 7  # days ahead that count as soon


@dataclass(frozen=True)
class Due:
    """One thing to do in a dialogue. `days` is how late it is (negative: ahead), for the order."""

    dialogue: Dialogue
    words: str | LazyText
    days: int
    late: bool = False


def due(dialogues: Iterable[Dialogue]) -> list[Due]:
    """What is late, the latest first; then what waits for somebody."""
    found = [one for dialogue in dialogues for one in _of(dialogue)]
    return sorted(found, key=lambda one: (not one.late, -one.days, one.dialogue.id))


def _of(row: Dialogue) -> list[Due]:
    today, found = clock.today(), []
    if wording.is_feedback_late(row) and row.feedback_by is not None:
        days = (today - row.feedback_by).days
        found.append(
            Due(row, plural("Feedback is %(num)s day late", "Feedback is %(num)s days late", days), days, True)
        )
    stage = wording.effective(row)
    if stage is Stage.CLOSED and row.closes_at is not None:
        days = (today - clock.local(row.closes_at).date()).days
        found.append(Due(row, _l("Closed: put together what came in"), days))
    elif stage is Stage.DECIDED and row.opens_at is not None:
        found.append(Due(row, _l("Decided: announce it"), (today - clock.local(row.opens_at).date()).days))
    elif stage is Stage.COMPILED:
        found.append(Due(row, _l("Put together: hand it over to the body"), 0))
    elif stage in (Stage.RESOLVED, Stage.CANCELLED) and row.feedback_by is not None and not found:
        found.append(Due(row, _l("Tell those who took part what became of it"), (today - row.feedback_by).days))
    elif stage is Stage.FED_BACK:
        found.append(Due(row, _l("Note the evaluation"), 0))
    elif stage is Stage.OPEN and row.closes_at is not None:
        days = (clock.local(row.closes_at).date() - today).days
        if days <= SOON:
            found.append(Due(row, _l("Closes on %(closes_at)s", closes_at=row.closes_at), -days))
    return found
