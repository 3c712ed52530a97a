"""The life cycle of a citizens' dialogue as one table: from where to where, by whom, and what it needs.

A later rule adds a row or a guard here and nothing anywhere else: the web, the command line and the clock all go
through `service.move`, which reads this table.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogues import guards
from app.dialogues.guards import Guard
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
    guards.question_written,
    guards.summary_written,
    guards.purpose_written,
    guards.level_chosen,
    guards.scope_told,
    guards.promise_given,
    guards.body_named,
    guards.dates_hold,
    guards.contact_named,
)
ANNOUNCEMENT = (
    *PREPARATION,
    guards.body_has_approved,
    guards.input_offered,
    guards.methods_ready,
    guards.opening_still_to_come,
)
RESULT = (guards.nothing_waits_for_moderation, guards.methods_settled)
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
_HOLD = _l("Record the body's decision")
_CLOSE = _l("Close")
_CANCEL = _l("Record that the dialogue is called off")
_FEED_BACK = _l("Publish what became of it")

S = Stage
STEPS: tuple[Step, ...] = (
    Step(S.IDEA, S.ASSESSED, LEAD, (guards.criteria_answered,), _ASSESS),
    Step(S.ASSESSED, S.PREPARED, LEAD, PREPARATION, _l("Hand it to the body for a decision")),
    Step(S.ASSESSED, S.UNSUITABLE, LEAD, (guards.some_criterion_not_met,), _l("Set aside as not suitable")),
    Step(S.ASSESSED, S.REDIRECTED, LEAD, (guards.reason_given,), _l("Send it to where it belongs")),
    Step(S.PREPARED, S.DECIDED, SECRETARY, (*PREPARATION, guards.body_has_approved), _HOLD),
    Step(S.PREPARED, S.REJECTED, SECRETARY, (guards.body_has_rejected,), _HOLD),
    Step(S.DECIDED, S.ANNOUNCED, LEAD, ANNOUNCEMENT, _l("Announce")),
    Step(S.ANNOUNCED, S.OPEN, any_of(CLOCK, LEAD), (guards.opening_time_has_come,), _l("Open")),
    Step(S.OPEN, S.PAUSED, WATCH, (guards.reason_given, guards.closing_still_to_come), _l("Pause")),
    Step(S.PAUSED, S.OPEN, WATCH, (guards.closing_still_to_come,), _l("Open again")),
    Step(S.OPEN, S.CLOSED, CLOCK, (guards.closing_time_has_come,), _CLOSE),
    Step(S.PAUSED, S.CLOSED, CLOCK, (guards.closing_time_has_come,), _CLOSE),
    Step(S.CLOSED, S.COMPILED, LEAD, RESULT, _l("Publish the result")),
    Step(S.COMPILED, S.HANDED_OVER, LEAD, (guards.dates_hold,), _l("Hand the result over to the body")),
    Step(S.HANDED_OVER, S.RESOLVED, SECRETARY, (guards.body_has_decided_the_matter,), _HOLD),
    Step(S.RESOLVED, S.FED_BACK, ANSWERS, (guards.outcome_written,), _FEED_BACK),
    Step(S.FED_BACK, S.EVALUATED, LEAD, (guards.reason_given,), _l("Note the evaluation")),
    Step(S.EVALUATED, S.ARCHIVED, REGISTRAR, (guards.reason_given,), _l("Archive")),
    *(Step(one, S.CANCELLED, SECRETARY, (guards.body_has_called_off,), _CANCEL) for one in CANCEL_FROM),
    Step(S.CANCELLED, S.FED_BACK, ANSWERS, (guards.outcome_written,), _FEED_BACK),
)
_TABLE = {(step.start, step.to): step for step in STEPS}


def step(start: str, to: str) -> Step | None:
    """The row from one stage to another; None where the table has none."""
    return _TABLE.get((Stage(start), Stage(to)))


def steps_from(stage: str) -> tuple[Step, ...]:
    """Where a dialogue may go from here, in the order of the table."""
    return tuple(one for one in STEPS if one.start == stage)
