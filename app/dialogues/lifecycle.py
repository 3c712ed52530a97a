"""The life cycle of a citizens' dialogue as one table: from where to where, by whom, and what it needs.

A later rule adds a row or a guard here and nothing anywhere else: the web, the command line and the clock all go
through `service.move`, which reads this table.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogues import guards
from app.dialogues.answers import guards as after
from app.dialogues.duties.guards import duties_shared
from app.dialogues.evaluation import guards as evaluation
from app.dialogues.guards import Guard
from app.dialogues.intake import guards as intake
from app.dialogues.phases.guards import phases_hold
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Check, Role, any_of, has_role, is_system

LEAD = has_role(Role.OFFICIAL)
SECRETARY = has_role(Role.SECRETARY)
ANSWERS = has_role(Role.COMMUNICATIONS, Role.OFFICIAL)
WATCH = has_role(Role.OFFICIAL, Role.MODERATOR)
REGISTRAR = has_role(Role.REGISTRAR)
CLOCK = is_system


@dataclass(frozen=True)
class Step:
    """One row of the table. `label` is what the button says."""

    start: Stage
    to: Stage
    by: Check
    needs: tuple[Guard, ...]
    label: LazyText


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
EVALUATION = (
    evaluation.those_who_took_part_were_asked,
    evaluation.those_who_were_told_were_asked,
    evaluation.staff_has_evaluated,
    evaluation.evaluation_summed_up,
    after.everyone_was_told,
)
ARCHIVE = (
    evaluation.feedback_and_evaluation_given,
    after.everyone_was_told,
    evaluation.retention_chosen,
    evaluation.addresses_thinned,
    evaluation.archive_export_kept,
)
# What is found in the answers: everything is read, and somebody else has read what is said of it.
COMPILATION: tuple[Guard, ...] = (
    after.offline_entered,
    after.themes_cover_everything,
    after.finding_written,
    after.taking_part_told,
    after.method_told,
    after.second_reader_confirmed,
)
RESULT = (guards.nothing_waits_for_moderation, guards.methods_settled, *COMPILATION)
HANDING_OVER = (guards.dates_hold, *COMPILATION, after.result_was_told, after.report_frozen)
FEEDBACK = (guards.outcome_written, after.themes_considered)
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
    Step(S.ASSESSED, S.REDIRECTED, LEAD, (guards.reason_given,), _l("Send it to where it belongs")),
    Step(S.PREPARED, S.DECIDED, SECRETARY, (*PREPARATION, guards.body_has_approved), _HOLD),
    Step(S.PREPARED, S.REJECTED, SECRETARY, (guards.body_has_rejected,), _HOLD),
    Step(S.DECIDED, S.ANNOUNCED, LEAD, ANNOUNCEMENT, _l("Announce")),
    Step(S.ANNOUNCED, S.OPEN, any_of(CLOCK, LEAD), (guards.opening_time_has_come, *OPENING), _l("Open")),
    Step(S.OPEN, S.PAUSED, WATCH, (guards.reason_given, guards.closing_still_to_come), _l("Pause")),
    Step(S.PAUSED, S.OPEN, WATCH, (guards.reason_given, guards.closing_still_to_come), _l("Open again")),
    Step(S.OPEN, S.CLOSED, CLOCK, (guards.closing_time_has_come_or_body_closed_it,), _CLOSE),
    Step(S.PAUSED, S.CLOSED, CLOCK, (guards.closing_time_has_come_or_body_closed_it,), _CLOSE),
    Step(S.CLOSED, S.COMPILED, LEAD, RESULT, _l("Publish the result")),
    Step(S.COMPILED, S.HANDED_OVER, LEAD, HANDING_OVER, _l("Hand the result over to the body")),
    Step(S.HANDED_OVER, S.RESOLVED, SECRETARY, (guards.body_has_decided_the_matter, after.body_has_the_latest), _HOLD),
    Step(S.RESOLVED, S.FED_BACK, ANSWERS, FEEDBACK, _FEED_BACK),
    Step(S.FED_BACK, S.EVALUATED, LEAD, EVALUATION, _l("End the evaluation")),
    Step(S.EVALUATED, S.ARCHIVED, REGISTRAR, ARCHIVE, _l("Archive")),
    *(Step(one, S.CANCELLED, SECRETARY, (guards.body_has_called_off,), _CANCEL) for one in CANCEL_FROM),
    Step(S.CANCELLED, S.FED_BACK, ANSWERS, FEEDBACK, _FEED_BACK),
)
_TABLE = {(step.start, step.to): step for step in STEPS}


def step(start: str, to: str) -> Step | None:
    """The row from one stage to another; None where the table has none."""
    return _TABLE.get((Stage(start), Stage(to)))


def steps_from(stage: str) -> tuple[Step, ...]:
    """Where a dialogue may go from here, in the order of the table."""
    return tuple(one for one in STEPS if one.start == stage)
