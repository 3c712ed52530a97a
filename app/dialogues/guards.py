"""The guards of the life cycle. Each looks at an attempt to move and says what it saw and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app import clock, ladder
from app.dialogues import bodies, criteria, plan
from app.dialogues.models import DecisionRecord, Dialogue, Matter, Ruling
from app.dialogues.queries import Dossier
from app.dialogues.stages import Kind, Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing


@dataclass(frozen=True)
class Attempt:
    """Somebody tries to move a dialogue. `note` is what they say about it."""

    dossier: Dossier
    to: Stage
    note: str = ""

    @property
    def dialogue(self) -> Dialogue:
        return self.dossier.dialogue

    @property
    def dialogue_id(self) -> int:
        return self.dialogue.id


@dataclass(frozen=True)
class Finding:
    """What a guard saw, for the log, and what is missing (nothing: it lets the dialogue pass)."""

    saw: Any
    missing: tuple[Missing, ...] = ()


Guard = Callable[[Attempt], Finding]


def criteria_answered(attempt: Attempt) -> Finding:
    """Four answers, each with a reason."""
    answers = attempt.dossier.answers
    lacking = [one for one in criteria.CRITERIA if one.key not in answers or not answers[one.key].reason.strip()]
    sentence = _l("Answer each of the four criteria, and say why.")
    return Finding(len(answers), _missing(attempt, sentence, "dialogues.criteria") if lacking else ())


def criteria_all_yes(attempt: Attempt) -> Finding:
    """Exactly one of the 3^4 combinations passes."""
    saw = {key: row.answer for key, row in attempt.dossier.answers.items()}
    sentence = _l("All four criteria must be answered with yes. A “no” or a doubt means that this is not a dialogue.")
    return Finding(saw, () if criteria.passes(saw) else _missing(attempt, sentence, "dialogues.criteria"))


def some_criterion_not_met(attempt: Attempt) -> Finding:
    """Only what does not meet the criteria is set aside as unsuitable."""
    saw = {key: row.answer for key, row in attempt.dossier.answers.items()}
    sentence = _l("All four criteria are answered with yes, so the question is suitable for a dialogue.")
    return Finding(saw, _missing(attempt, sentence, "dialogues.criteria") if criteria.passes(saw) else ())


def question_written(attempt: Attempt) -> Finding:
    row = attempt.dialogue
    return _said(attempt, bool(row.question.strip()), "fraga", _l("Write the question that residents are asked."))


def summary_written(attempt: Attempt) -> Finding:
    there = bool(attempt.dialogue.summary.strip())
    return _said(attempt, there, "beskrivning", _l("Write the summary that residents read first."))


def purpose_written(attempt: Attempt) -> Finding:
    there = bool(attempt.dialogue.purpose.strip())
    return _said(attempt, there, "syfte", _l("Write the purpose: what the body wants to know, and for what."))


def level_chosen(attempt: Attempt) -> Finding:
    """A level that is more than information, which alone is no dialogue; chosen after the purpose."""
    row = attempt.dialogue
    if row.level is None:
        sentence = _l("Choose the level of participation.")
    elif row.kind == Kind.CITIZEN_DIALOGUE and row.level == ladder.INFORMATION.key:
        sentence = _l("Choose another level: to inform only is not to hold a dialogue.")
    else:
        return Finding(row.level)
    return Finding(row.level, _part(attempt, "niva", sentence))


def scope_told(attempt: Attempt) -> Finding:
    """At least one thing that is open, and at least one that is fixed with its reason."""
    items = attempt.dossier.scope
    lacking = []
    if not any(item.is_open for item in items):
        lacking.append(_l("Say at least one thing that residents can influence."))
    if not any(not item.is_open and item.why.strip() for item in items):
        lacking.append(_l("Say at least one thing that is already fixed, and why."))
    address = ("dialogues.scope", {"dialogue_id": attempt.dialogue_id})
    saw = {"open": sum(item.is_open for item in items), "fixed": sum(not item.is_open for item in items)}
    return Finding(saw, tuple(Missing(sentence, address) for sentence in lacking))


def promise_given(attempt: Attempt) -> Finding:
    row, sentences = attempt.dialogue, []
    if not row.promise.strip():
        sentences.append(_l("Write what the body promises to do with the result."))
    if not row.affected.strip():
        sentences.append(_l("Say whom the question concerns."))
    return Finding(not sentences, tuple(m for s in sentences for m in _part(attempt, "lofte", s)))


def body_named(attempt: Attempt) -> Finding:
    """The owner is an elected body from the municipality's list, never a unit or a person."""
    key = attempt.dialogue.body_key
    return _said(attempt, bodies.find(key) is not None, "lofte", _l("Choose the elected body that decides."), key)


def dates_hold(attempt: Attempt) -> Finding:
    row = attempt.dialogue
    held = plan.Plan(row.opens_at, row.closes_at, row.decision_on, row.feedback_by)
    saw = [value.isoformat() if value else None for value in vars(held).values()]
    return Finding(saw, tuple(m for one in plan.problems(held) for m in _part(attempt, "tidplan", one.sentence)))


def contact_named(attempt: Attempt) -> Finding:
    row = attempt.dialogue
    there = bool(row.contact_name.strip() and (row.contact_email.strip() or row.contact_phone.strip()))
    sentence = _l("Name a person to ask, with an e-mail address or a phone number.")
    return _said(attempt, there, "beskrivning", sentence)


def body_has_approved(attempt: Attempt) -> Finding:
    """The body's decision to hold it is on record, entered by somebody other than the dialogue's author."""
    sentence = _l("The body has not decided that the dialogue is held. Its secretary records the decision.")
    return _recorded(attempt, Matter.HOLD, {Ruling.APPROVED}, sentence)


def body_has_rejected(attempt: Attempt) -> Finding:
    sentence = _l("There is no record that the body has turned the dialogue down.")
    return _recorded(attempt, Matter.HOLD, {Ruling.REJECTED}, sentence)


def body_has_decided_the_matter(attempt: Attempt) -> Finding:
    """The decision in the matter itself, or that none was made and why."""
    sentence = _l("The body's decision in the matter is not on record. If it made none, its secretary records why.")
    return _recorded(attempt, Matter.FINAL, set(Ruling), sentence)


def body_has_called_off(attempt: Attempt) -> Finding:
    sentence = _l("A dialogue is called off by a decision of the body, which its secretary records with the reason.")
    return _recorded(attempt, Matter.CANCEL, {Ruling.APPROVED}, sentence)


def input_offered(attempt: Attempt) -> Finding:
    """At least one thing that residents can do, not only read."""
    saw = [card.subject for card in attempt.dossier.cards if card.is_input]
    sentence = _l("Add at least one way for residents to take part.")
    return Finding(saw, () if saw else _missing(attempt, sentence, "dialogues.methods"))


def methods_ready(attempt: Attempt) -> Finding:
    """What the methods themselves say is missing."""
    missing = attempt.dossier.methods_lack
    return Finding(len(missing), missing)


def methods_settled(attempt: Attempt) -> Finding:
    """Nothing that residents decided is still to be counted: no result is published without it."""
    missing = attempt.dossier.methods_unsettled
    return Finding(len(missing), missing)


def opening_still_to_come(attempt: Attempt) -> Finding:
    """People hear of a dialogue before it opens."""
    opens_at = attempt.dialogue.opens_at
    there = opens_at is not None and clock.now() < opens_at
    sentence = _l(
        "The opening time has passed. Choose a later one, so that people hear of the dialogue before it opens."
    )
    return _said(attempt, there, "tidplan", sentence, opens_at.isoformat() if opens_at else None)


def opening_time_has_come(attempt: Attempt) -> Finding:
    opens_at = attempt.dialogue.opens_at
    there = opens_at is not None and opens_at <= clock.now()
    sentence = _l("It opens by itself on %(opens_at)s, and not before.", opens_at=opens_at)
    return _said(attempt, there, "tidplan", sentence, opens_at.isoformat() if opens_at else None)


def closing_time_has_come(attempt: Attempt) -> Finding:
    closes_at = attempt.dialogue.closes_at
    there = closes_at is not None and closes_at <= clock.now()
    sentence = _l("It closes by itself on %(closes_at)s, and not before.", closes_at=closes_at)
    return _here(attempt, there, sentence, closes_at.isoformat() if closes_at else None)


def closing_still_to_come(attempt: Attempt) -> Finding:
    closes_at = attempt.dialogue.closes_at
    there = closes_at is not None and clock.now() < closes_at
    sentence = _l("The closing time has passed, so it closes by itself.")
    return _here(attempt, there, sentence, closes_at.isoformat() if closes_at else None)


def reason_given(attempt: Attempt) -> Finding:
    """A sentence that everyone can read, or that the log keeps."""
    return _here(attempt, bool(attempt.note.strip()), _l("Say why."), len(attempt.note))


def nothing_waits_for_moderation(attempt: Attempt) -> Finding:
    waiting = attempt.dossier.waiting
    sentence = _l("Texts still wait for a moderator. The queue of this dialogue must be empty.")
    return Finding(waiting, (Missing(sentence, ("moderation.queue", {})),) if waiting else ())


def outcome_written(attempt: Attempt) -> Finding:
    sentence = _l("Write what became of it, for those who took part and everyone else.")
    there = attempt.dossier.outcome is not None
    return Finding(there, () if there else _missing(attempt, sentence, "dialogues.outcome"))


def _recorded(attempt: Attempt, matter: Matter, outcomes: set[Ruling], sentence: LazyText) -> Finding:
    record = attempt.dossier.record(matter)
    holds = record is not None and record.outcome in outcomes and _may_count(record, attempt)
    address = ("decisions.show", {"dialogue_id": attempt.dialogue_id})
    return Finding(record.id if record else None, () if holds else (Missing(sentence, address),))


def _may_count(record: DecisionRecord, attempt: Attempt) -> bool:
    """Whether the record says everything, and was not entered by the author of the dialogue."""
    author = attempt.dialogue.created_by
    whole = bool(record.body_key and record.section_no and record.case_number)
    return whole and record.decided_on <= clock.today() and (author is None or record.recorded_by != author)


def _missing(attempt: Attempt, sentence: LazyText, endpoint: str) -> tuple[Missing, ...]:
    return (Missing(sentence, (endpoint, {"dialogue_id": attempt.dialogue_id})),)


def _part(attempt: Attempt, part: str, sentence: LazyText) -> tuple[Missing, ...]:
    """Something to mend on one of the officials' pages of the dialogue."""
    return (Missing(sentence, ("dialogues.part", {"dialogue_id": attempt.dialogue_id, "part": part})),)


def _said(attempt: Attempt, there: bool, part: str, sentence: LazyText, saw: Any = None) -> Finding:
    return Finding(there if saw is None else saw, () if there else _part(attempt, part, sentence))


def _here(attempt: Attempt, there: bool, sentence: LazyText, saw: Any) -> Finding:
    """Something that only time mends, or a word on the very page where one makes the move."""
    address = ("dialogues.confirm", {"dialogue_id": attempt.dialogue_id, "to": str(attempt.to)})
    return Finding(saw, () if there else (Missing(sentence, address),))
