"""What an evaluation asks of the life cycle: before a dialogue is prepared, evaluated and archived."""

from __future__ import annotations

from typing import Any

from app import clock
from app.dialogues import slots
from app.dialogues.evaluation import queries, retention, thinning
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.standard import DUTY_NAMES, Circle
from app.dialogues.guards import Attempt, Finding
from app.dialogues.models import Move
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing

OVERVIEW, ARCHIVING = "evaluation.overview", "evaluation.archiving"


def earlier_lessons_answered(attempt: Attempt) -> Finding:
    """Each improvement from an earlier dialogue that concerns this one is taken up, or set aside with a reason."""
    waiting = [one for one in attempt.dossier.once(queries.to_take_up) if one.answer is None]
    sentence = _l(
        "Earlier dialogues noted improvements that concern this one. Say of each how it is taken up, or why not."
    )
    saw = [one.lesson.id for one in waiting]
    return Finding(saw, _missing(attempt, "evaluation.lessons_here", sentence) if waiting else ())


def those_who_took_part_were_asked(attempt: Attempt) -> Finding:
    """They had their time to answer; where nobody did, that is on record. None is asked where none could take part."""
    return _asked(
        attempt,
        Circle.PARTICIPANTS,
        _l("Those who took part have not been asked how it was."),
        _l("Those who took part can say how it was until %(closes_at)s."),
        _l("None of those who took part has said how it was. Note why, as far as you know."),
    )


def those_who_were_told_were_asked(attempt: Attempt) -> Finding:
    """The two questions after the feedback, in the same way."""
    return _asked(
        attempt,
        Circle.TOLD,
        _l("Nobody has been asked whether the feedback was understood."),
        _l("People can say until %(closes_at)s whether they could influence, and understood the feedback."),
        _l("Nobody has said whether they could influence and understood the feedback. Note why, as far as you know."),
    )


def staff_has_evaluated(attempt: Attempt) -> Finding:
    """In each duty somebody has answered, or it is on record that nobody did."""
    state = queries.state_of(attempt.dossier)
    if state.of(Circle.STAFF) is None:
        sentence = _l("Those who worked with the dialogue have not been asked to evaluate it.")
        return Finding(None, _missing(attempt, OVERVIEW, sentence))
    lacking = [duty for duty in DUTY_NAMES if duty not in state.answered | state.silent]
    sentence = _l("These have not evaluated the dialogue yet, and it is not noted that they do not answer: %(duties)s.")
    names = [DUTY_NAMES[duty] for duty in lacking]
    return Finding(
        sorted(state.answered), _missing(attempt, OVERVIEW, sentence.filled(duties=names)) if lacking else ()
    )


def evaluation_summed_up(attempt: Attempt) -> Finding:
    """A summary for everyone to read, and improvements for later dialogues, or why there is none."""
    state = queries.state_of(attempt.dossier)
    why_none = state.summary.no_lessons if state.summary else ""
    lacking: list[LazyText] = []
    if state.summary is None or not state.summary.text.strip():
        lacking.append(_l("Write the summary of the evaluation, for everyone to read."))
    if not state.lessons and not why_none.strip():
        lacking.append(_l("Note what should be done better next time, or why there is nothing."))
    return Finding(len(state.lessons), tuple(one for said in lacking for one in _missing(attempt, OVERVIEW, said)))


def feedback_and_evaluation_given(attempt: Attempt) -> Finding:
    """Whatever way it came here: what became of it is published, and the evaluation is there."""
    outcome = attempt.dossier.outcome
    been = {move.to_stage for move in attempt.dossier.moves}
    summary = queries.state_of(attempt.dossier).summary
    evaluated = summary is not None and bool(summary.text.strip())
    published = outcome is not None and outcome.published_at is not None
    lacking: list[tuple[str, LazyText]] = []
    if not published or Stage.FED_BACK not in been:
        lacking.append(("dialogues.outcome", _l("Those who took part have not been told what became of it.")))
    if not evaluated or Stage.EVALUATED not in been:
        lacking.append((OVERVIEW, _l("The dialogue has not been evaluated.")))
    return Finding(
        {"published": published, "evaluated": evaluated},
        tuple(one for where, said in lacking for one in _missing(attempt, where, said)),
    )


def retention_chosen(attempt: Attempt) -> Finding:
    plan = queries.plan_in(attempt.dossier)
    there = plan is not None and retention.find(plan.retention) is not None
    sentence = _l("Choose a class of the retention plan.")
    return Finding(plan.retention if plan else None, () if there else _missing(attempt, ARCHIVING, sentence))


def addresses_thinned(attempt: Attempt) -> Finding:
    """The addresses that notices went to are gone, counted in the tables; not before the day of the plan."""
    plan = queries.plan_in(attempt.dossier)
    there = attempt.dossier.once(thinning.left_in)
    if plan is None:
        return Finding(there)  # the plan is missing, which is said already
    told = [move.at for move in attempt.dossier.moves if move.to_stage == Stage.FED_BACK]
    due = told[-1] + retention.named(plan.retention).after if told else None
    if due is not None and clock.now() < due:
        sentence = _l("By the plan, addresses for notices are kept until %(day)s.", day=clock.local(due).date())
        return Finding(there, _missing(attempt, ARCHIVING, sentence))
    lacking = []
    for one in thinning.registered():
        if there.get(one.key):
            where = one.where(attempt.dialogue_id) if one.where is not None else _here(attempt, ARCHIVING)
            sentence = _l("Addresses that by the plan should be gone are still kept: %(name)s.", name=one.name)
            lacking.append(Missing(sentence, where))
    return Finding(there, tuple(lacking))


def archive_export_kept(attempt: Attempt) -> Finding:
    """The registrar's export of everything is kept, and is what was recorded: the floor above looks at the file."""
    missing = attempt.dossier.once(_export)
    return Finding(not missing, missing)


def _export(dialogue_id: int) -> tuple[Missing, ...]:
    return slots.ask("archive_exported", dialogue_id)


def _asked(attempt: Attempt, circle: Circle, never: LazyText, running: LazyText, silent: LazyText) -> Finding:
    row = queries.state_of(attempt.dossier).of(circle)
    if row is None:
        nobody = _nobody_could_take_part(attempt.dossier.moves)
        return Finding(None, () if nobody else _missing(attempt, OVERVIEW, never))
    if row.closes_at is not None and clock.now() < row.closes_at:
        return Finding("open", _missing(attempt, OVERVIEW, running.filled(closes_at=row.closes_at)))
    if row.answers is None:
        return Finding("closed", _missing(attempt, OVERVIEW, _l("The answers to the evaluation are being counted.")))
    return Finding(row.answers, _missing(attempt, OVERVIEW, silent) if _is_silent(attempt, row) else ())


def _is_silent(attempt: Attempt, row: Inquiry) -> bool:
    """Nobody answered, and nobody has said so yet."""
    return row.answers == 0 and row.kind not in queries.state_of(attempt.dossier).silent


def _nobody_could_take_part(moves: list[Move]) -> bool:
    """Called off before it opened."""
    called_off = any(move.to_stage == Stage.CANCELLED for move in moves)
    return called_off and not any(move.to_stage == Stage.OPEN for move in moves)


def _missing(attempt: Attempt, endpoint: str, sentence: LazyText) -> tuple[Missing, ...]:
    return (Missing(sentence, _here(attempt, endpoint)),)


def _here(attempt: Attempt, endpoint: str) -> tuple[str, dict[str, Any]]:
    return endpoint, {"dialogue_id": attempt.dialogue_id}
