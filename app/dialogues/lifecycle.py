"""The life cycle of a citizens' dialogue as one table: from where to where, by whom, and what it needs.

The other kinds have tables of their own in the same form (`kinds.tables`). A later rule adds a row or a guard here and
nothing anywhere else: the web, the command line and the clock all go through `service.move`, which reads this table.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.dialogues import guards
from app.dialogues.duties.guards import duties_shared
from app.dialogues.evaluation import guards as evaluation
from app.dialogues.guards import Guard
from app.dialogues.intake import guards as intake
from app.dialogues.kinds.guards import kind_settled, sent_elsewhere
from app.dialogues.kinds.tables import INFORMATION, STATUTORY_CONSULTATION, USER_DIALOGUE
from app.dialogues.phases.guards import phases_hold
from app.dialogues.stages import Kind, Stage
from app.dialogues.steps import ANSWERS, CLOCK, LEAD, REGISTRAR, SECRETARY, WATCH, Step
from app.i18n import lazy as _l
from app.permissions import any_of

# What must be told before a body can decide; it must still hold when it does, and when the dialogue is announced.
PREPARATION: tuple[Guard, ...] = (
    guards.criteria_all_yes,
    intake.mind_not_made_up,
    intake.not_decided_before,
    intake.ours_to_decide,
    intake.views_are_worth_something,
    intake.names_no_party,
    guards.question_written,
    guards.summary_written,
    guards.purpose_written,
    guards.level_chosen,
    guards.scope_told,
    guards.promise_given,
    guards.body_named,
    guards.dates_hold,
    guards.contact_named,
    duties_shared,
    phases_hold,
    kind_settled,
)
ANNOUNCEMENT = (
    *PREPARATION,
    guards.body_has_approved,
    guards.input_offered,
    guards.methods_ready,
    guards.opening_still_to_come,
)
# What still holds when the time has come: nothing opens half made, and frames that are not frozen open no vote.
OPENING = (guards.methods_ready, phases_hold)
HAND_TO_BODY = (*PREPARATION, evaluation.earlier_lessons_answered)  # what is learned later holds nothing up
RESULT = (guards.nothing_waits_for_moderation, guards.methods_settled)
EVALUATION = (
    evaluation.those_who_took_part_were_asked,
    evaluation.those_who_were_told_were_asked,
    evaluation.staff_has_evaluated,
    evaluation.evaluation_summed_up,
)
ARCHIVE = (
    evaluation.feedback_and_evaluation_given,
    evaluation.retention_chosen,
    evaluation.addresses_thinned,
    evaluation.archive_export_kept,
)
CANCEL_FROM = (
    Stage.PREPARED,
    Stage.DECIDED,
    Stage.ANNOUNCED,
    Stage.OPEN,
    Stage.PAUSED,
    Stage.CLOSED,
    Stage.COMPILED,
)

_ASSESS = _l("Answer the criteria")
_SET_ASIDE = _l("Set aside as not suitable")
_HOLD = _l("Record the body's decision")
_CLOSE = _l("Close")
_CANCEL = _l("Record that the dialogue is called off")
_FEED_BACK = _l("Publish what became of it")

S = Stage
STEPS: tuple[Step, ...] = (
    Step(S.IDEA, S.ASSESSED, LEAD, (guards.criteria_answered, intake.rest_answered), _ASSESS),
    Step(S.ASSESSED, S.PREPARED, LEAD, HAND_TO_BODY, _l("Hand it to the body for a decision")),
    Step(S.ASSESSED, S.UNSUITABLE, LEAD, (intake.something_stands_against, guards.reason_given), _SET_ASIDE),
    Step(S.ASSESSED, S.REDIRECTED, LEAD, (guards.reason_given, sent_elsewhere), _l("Send it to where it belongs")),
    Step(S.PREPARED, S.DECIDED, SECRETARY, (*PREPARATION, guards.body_has_approved), _HOLD),
    Step(S.PREPARED, S.REJECTED, SECRETARY, (guards.body_has_rejected,), _HOLD),
    Step(S.DECIDED, S.ANNOUNCED, LEAD, ANNOUNCEMENT, _l("Announce")),
    Step(S.ANNOUNCED, S.OPEN, any_of(CLOCK, LEAD), (guards.opening_time_has_come, *OPENING), _l("Open")),
    Step(S.OPEN, S.PAUSED, WATCH, (guards.reason_given, guards.closing_still_to_come), _l("Pause")),
    Step(S.PAUSED, S.OPEN, WATCH, (guards.reason_given, guards.closing_still_to_come), _l("Open again")),
    Step(S.OPEN, S.CLOSED, CLOCK, (guards.closing_time_has_come_or_body_closed_it,), _CLOSE),
    Step(S.PAUSED, S.CLOSED, CLOCK, (guards.closing_time_has_come_or_body_closed_it,), _CLOSE),
    Step(S.CLOSED, S.COMPILED, LEAD, RESULT, _l("Publish the result")),
    Step(S.COMPILED, S.HANDED_OVER, LEAD, (guards.dates_hold,), _l("Hand the result over to the body")),
    Step(S.HANDED_OVER, S.RESOLVED, SECRETARY, (guards.body_has_decided_the_matter,), _HOLD),
    Step(S.RESOLVED, S.FED_BACK, ANSWERS, (guards.outcome_written,), _FEED_BACK),
    Step(S.FED_BACK, S.EVALUATED, LEAD, EVALUATION, _l("End the evaluation")),
    Step(S.EVALUATED, S.ARCHIVED, REGISTRAR, ARCHIVE, _l("Archive")),
    *(Step(one, S.CANCELLED, SECRETARY, (guards.body_has_called_off,), _CANCEL) for one in CANCEL_FROM),
    Step(S.CANCELLED, S.FED_BACK, ANSWERS, (guards.outcome_written,), _FEED_BACK),
)
STEPS_OF: Mapping[Kind, tuple[Step, ...]] = {
    Kind.CITIZEN_DIALOGUE: STEPS,
    Kind.USER_DIALOGUE: USER_DIALOGUE,
    Kind.INFORMATION: INFORMATION,
    Kind.STATUTORY_CONSULTATION: STATUTORY_CONSULTATION,
}
_TABLE = {(kind, step.start, step.to): step for kind, steps in STEPS_OF.items() for step in steps}


def step(kind: str, start: str, to: str) -> Step | None:
    """The row of this kind's table from one stage to another; None where it has none."""
    return _TABLE.get((Kind(kind), Stage(start), Stage(to)))


def steps_from(kind: str, stage: str) -> tuple[Step, ...]:
    """Where a dialogue of this kind may go from here, in the order of its table."""
    return tuple(one for one in STEPS_OF[Kind(kind)] if one.start == stage)
