"""What is due in an official's dialogues, what is late first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app import clock
from app.dialogues import wording
from app.dialogues.intake.due import consider_by
from app.dialogues.intake.models import LargerChange
from app.dialogues.models import Dialogue
from app.dialogues.stages import Kind, Stage
from app.i18n import LazyText, plural
from app.i18n import lazy as _l
from app.subjects import Address

SOON = 7  # days ahead that count as soon


@dataclass(frozen=True)
class Due:
    """One thing to do, in a dialogue or before there is one. `days`: how late it is (negative: ahead), to sort by."""

    about: Dialogue | LargerChange
    words: str | LazyText
    days: int
    late: bool = False

    @property
    def address(self) -> Address:
        """Where one does it."""
        if isinstance(self.about, LargerChange):
            return "intake.change", {"change_id": self.about.id}
        return "desk.dialogue", {"dialogue_id": self.about.id}


def due(dialogues: Iterable[Dialogue], changes: Iterable[LargerChange] = ()) -> list[Due]:
    """What is late, the latest first; then what waits for somebody. `changes`: those that are considered too late."""
    found = [one for dialogue in dialogues for one in _of(dialogue)] + [_unconsidered(one) for one in changes]
    return sorted(found, key=lambda one: (not one.late, -one.days, one.about.id))


def _unconsidered(row: LargerChange) -> Due:
    days = (clock.today() - consider_by(row.decision_on)).days
    return Due(row, _l("Consider whether residents are asked: decided on %(day)s", day=row.decision_on), days, True)


def _late_feedback(row: Dialogue) -> list[Due]:
    if row.feedback_by is None or not wording.is_feedback_late(row):
        return []
    days = (clock.today() - row.feedback_by).days
    return [Due(row, plural("Feedback is %(num)s day late", "Feedback is %(num)s days late", days), days, True)]


def _of_other_kind(row: Dialogue) -> list[Due]:
    """Of a user dialogue, which no body decides about and nobody evaluates; the others wait for nothing."""
    stage, found = wording.effective(row), _late_feedback(row)
    if row.kind != Kind.USER_DIALOGUE or found:
        return found
    if stage is Stage.CLOSED and row.feedback_by is not None:
        days = (clock.today() - row.feedback_by).days
        return [Due(row, _l("Tell those who took part what became of it"), days)]
    return [Due(row, _l("Told: archive it"), 0)] if stage is Stage.FED_BACK else []


def _of(row: Dialogue) -> list[Due]:
    if row.kind != Kind.CITIZEN_DIALOGUE:
        return _of_other_kind(row)
    today, found = clock.today(), _late_feedback(row)
    if wording.is_decision_late(row) and (last := wording.decide_by(row)) is not None:
        days = (today - last).days
        words = plural("The decision is %(num)s day late", "The decision is %(num)s days late", days)
        found.append(Due(row, words, days, True))
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
        found.append(Due(row, _l("Feedback given: evaluate it"), 0))
    elif stage is Stage.OPEN and row.closes_at is not None:
        days = (clock.local(row.closes_at).date() - today).days
        if days <= SOON:
            found.append(Due(row, _l("Closes on %(closes_at)s", closes_at=row.closes_at), -days))
    return found
