"""What the short life cycles ask for. Each says what it saw and what is missing, and where one mends it."""

from __future__ import annotations

from typing import Any

from app import clock
from app.dialogues import guards as general
from app.dialogues import plan
from app.dialogues.guards import Attempt, Finding
from app.dialogues.kinds import queries
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing


def question_asked(attempt: Attempt) -> Finding:
    there = bool(attempt.dialogue.question.strip())
    return _said(attempt, there, "om", _l("Write the question that those who use the service are asked."))


def heading_given(attempt: Attempt) -> Finding:
    there = bool(attempt.dialogue.question.strip())
    return _said(attempt, there, "om", _l("Write what it is about, in one sentence."))


def unit_named(attempt: Attempt) -> Finding:
    """A unit or a service owns a user dialogue, never a person."""
    row = attempt.dossier.once(queries.service_of)
    there = row is not None and bool(row.unit.strip())
    return _said(attempt, there, "om", _l("Name the service or the unit whose users are asked."))


def group_told(attempt: Attempt) -> Finding:
    there = bool(attempt.dialogue.affected.strip())
    return _said(attempt, there, "om", _l("Say who uses the service: the group that is asked."))


def purpose_told(attempt: Attempt) -> Finding:
    there = bool(attempt.dialogue.purpose.strip())
    return _said(attempt, there, "om", _l("Write the purpose: what you want to know, and what you will use it for."))


def period_holds(attempt: Attempt) -> Finding:
    """It opens, closes and is answered, in that order."""
    held = plan.of(attempt.dialogue)
    saw = [value.isoformat() if value else None for value in (held.opens_at, held.closes_at, held.feedback_by)]
    lacking = tuple(one for problem in plan.problems(held) for one in _part(attempt, "period", problem.sentence))
    return Finding(saw, lacking)


def feedback_promised(attempt: Attempt) -> Finding:
    there = bool(attempt.dialogue.promise.strip())
    sentence = _l("Write what you do with the answers, and how those who answered are told.")
    return _said(attempt, there, "period", sentence)


def opening_ahead(attempt: Attempt) -> Finding:
    """It is announced before it opens; where the time has come already, it opens at once instead."""
    return _at(attempt, "period", general.opening_still_to_come(attempt))


def opening_has_come(attempt: Attempt) -> Finding:
    return _at(attempt, "period", general.opening_time_has_come(attempt))


def decision_told(attempt: Attempt) -> Finding:
    """What is told of has been decided, and everyone can see by whom, when and where it stands."""
    row = attempt.dossier.once(queries.decision_of)
    sentence = _l("Say who made the decision, on which day and under which §.")
    return _said(attempt, row is not None, "beslut", sentence, row.id if row is not None else None)


def process_told(attempt: Attempt) -> Finding:
    row = attempt.dossier.once(queries.process_of)
    there = row is not None and attempt.dialogue.opens_at is not None and attempt.dialogue.closes_at is not None
    sentence = _l("Give the law, the address of the consultation and its dates.")
    return _said(attempt, there, "process", sentence)


def not_over(attempt: Attempt) -> Finding:
    closes_at = attempt.dialogue.closes_at
    there = closes_at is None or clock.now() < closes_at
    return _said(attempt, there, "process", _l("The consultation is over already. Give the dates of one that is not."))


def sent_elsewhere(attempt: Attempt) -> Finding:
    """A citizens' dialogue is sent on to an entry that exists, so that whoever looks for it finds the other."""
    row = attempt.dossier.once(queries.sent_on)
    sentence = _l("Choose where the question belongs: a new entry of another kind, or one that is there already.")
    address = ("kinds_desk.redirect", {"dialogue_id": attempt.dialogue_id})
    return Finding(row.to_id if row is not None else None, () if row is not None else (Missing(sentence, address),))


def _said(attempt: Attempt, there: bool, part: str, sentence: LazyText, saw: Any = None) -> Finding:
    return Finding(there if saw is None else saw, () if there else _part(attempt, part, sentence))


def _at(attempt: Attempt, part: str, finding: Finding) -> Finding:
    """A general guard's finding, mended on this kind's own page."""
    return Finding(finding.saw, tuple(m for one in finding.missing for m in _part(attempt, part, one.sentence)))


def _part(attempt: Attempt, part: str, sentence: LazyText) -> tuple[Missing, ...]:
    return (Missing(sentence, ("kinds_desk.part", {"dialogue_id": attempt.dialogue_id, "part": part})),)
