"""What the short life cycles ask for. Each says what it saw and what is missing, and where one mends it."""

from __future__ import annotations

from typing import Any

from app import clock
from app.dialogues import guards as general
from app.dialogues import plan
from app.dialogues.guards import Attempt, Finding
from app.dialogues.intake.models import Competence
from app.dialogues.intake.neutral import party_in
from app.dialogues.intake.queries import assessed
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
    row = queries.service_in(attempt.dossier)
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
    row = queries.decision_in(attempt.dossier)
    sentence = _l("Say who made the decision, on which day and under which §.")
    return _said(attempt, row is not None, "beslut", sentence, row.id if row is not None else None)


def process_told(attempt: Attempt) -> Finding:
    row = queries.process_in(attempt.dossier)
    there = row is not None and attempt.dialogue.opens_at is not None and attempt.dialogue.closes_at is not None
    sentence = _l("Give the law, the address of the consultation and its dates.")
    return _said(attempt, there, "process", sentence)


def not_over(attempt: Attempt) -> Finding:
    closes_at = attempt.dialogue.closes_at
    there = closes_at is None or clock.now() < closes_at
    return _said(attempt, there, "process", _l("The consultation is over already. Give the dates of one that is not."))


def no_party_named(attempt: Attempt) -> Finding:
    """As the gate asks of citizens' dialogues: the municipality is the sender, and no text here names a party."""
    row, here = attempt.dialogue, {"dialogue_id": attempt.dialogue_id}
    said = (
        (("kinds_desk.part", {**here, "part": "om"}), (row.title, row.question, row.affected, row.purpose)),
        (("kinds_desk.part", {**here, "part": "period"}), (row.promise,)),
        (("dialogues.part", {**here, "part": "beskrivning"}), (row.summary,)),
    )
    found = [(address, party) for address, texts in said if (party := party_in(*texts))]
    sentence = _l("A text names a party (%(party)s). The municipality is the sender: leave it out.")
    lacking = tuple(Missing(sentence.filled(party=party), address) for address, party in found)
    return Finding([party for _, party in found], lacking)


def kind_settled(attempt: Attempt) -> Finding:
    """The first questions have been answered: it is known why this is a citizen dialogue, and no other kind."""
    row = queries.choice_in(attempt.dossier)
    sentence = _l("Answer the first four questions: do they propose a citizen dialogue, or why is it one all the same?")
    address = ("kinds_desk.choose", {"dialogue_id": attempt.dialogue_id})
    return Finding(row.proposed if row is not None else None, () if row is not None else (Missing(sentence, address),))


def sent_elsewhere(attempt: Attempt) -> Finding:
    """A question is sent on to an entry that exists, or to whoever answers for it outside the municipality."""
    row, told = queries.sent_in(attempt.dossier), attempt.dossier.once(assessed)
    is_referred = told is not None and told.basis.competence == Competence.ELSEWHERE
    sentence = _l("Choose where the question belongs: a new entry of another kind, or one that is there already.")
    address = ("kinds_desk.redirect", {"dialogue_id": attempt.dialogue_id})
    saw = row.to_id if row is not None else told.basis.answers_for_it if told is not None and is_referred else None
    return Finding(saw, () if saw is not None else (Missing(sentence, address),))


def _said(attempt: Attempt, there: bool, part: str, sentence: LazyText, saw: Any = None) -> Finding:
    return Finding(there if saw is None else saw, () if there else _part(attempt, part, sentence))


def _at(attempt: Attempt, part: str, finding: Finding) -> Finding:
    """A general guard's finding, mended on this kind's own page."""
    return Finding(finding.saw, tuple(m for one in finding.missing for m in _part(attempt, part, one.sentence)))


def _part(attempt: Attempt, part: str, sentence: LazyText) -> tuple[Missing, ...]:
    return (Missing(sentence, ("kinds_desk.part", {"dialogue_id": attempt.dialogue_id, "part": part})),)
