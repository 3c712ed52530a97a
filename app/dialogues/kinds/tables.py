"""The life cycles of the kinds that are no citizens' dialogues: short ones, in the form of `lifecycle.STEPS`.

An elected body decides about none of them. Announced means published: everyone can read it from then on.
"""

from __future__ import annotations

from app.dialogues import guards as general
from app.dialogues.guards import Guard
from app.dialogues.kinds import guards
from app.dialogues.phases.guards import phases_hold
from app.dialogues.stages import Stage
from app.dialogues.steps import ANSWERS, CLOCK, LEAD, REGISTRAR, WATCH, Step
from app.i18n import lazy as _l
from app.permissions import any_of

# What those who use the service must be told before they are asked.
ASKED: tuple[Guard, ...] = (
    guards.question_asked,
    guards.unit_named,
    guards.group_told,
    guards.purpose_told,
    guards.period_holds,
    guards.feedback_promised,
    general.summary_written,
    general.contact_named,
    general.input_offered,
    general.methods_ready,
    guards.no_party_named,
    phases_hold,
)
TOLD: tuple[Guard, ...] = (
    guards.heading_given,
    general.summary_written,
    general.contact_named,
    guards.no_party_named,
)
ANSWERED: tuple[Guard, ...] = (
    general.nothing_waits_for_moderation,
    general.methods_settled,
    general.outcome_written,
)
KEEPS = any_of(LEAD, REGISTRAR)

_SET_ASIDE = _l("Set it aside")
_ARCHIVE = _l("Archive")
_CLOSE = _l("Close")

S = Stage
USER_DIALOGUE: tuple[Step, ...] = (
    Step(S.IDEA, S.ANNOUNCED, LEAD, (*ASKED, guards.opening_ahead), _l("Announce")),
    Step(S.IDEA, S.OPEN, LEAD, (*ASKED, guards.opening_has_come, general.closing_still_to_come), _l("Open")),
    Step(S.IDEA, S.UNSUITABLE, LEAD, (general.reason_given,), _SET_ASIDE),
    Step(
        S.ANNOUNCED,
        S.OPEN,
        any_of(CLOCK, LEAD),
        (guards.opening_has_come, general.methods_ready, phases_hold),
        _l("Open"),
    ),
    Step(S.OPEN, S.PAUSED, WATCH, (general.reason_given, general.closing_still_to_come), _l("Pause")),
    Step(S.PAUSED, S.OPEN, WATCH, (general.reason_given, general.closing_still_to_come), _l("Open again")),
    Step(S.OPEN, S.CLOSED, CLOCK, (general.closing_time_has_come,), _CLOSE),
    Step(S.PAUSED, S.CLOSED, CLOCK, (general.closing_time_has_come,), _CLOSE),
    Step(S.CLOSED, S.FED_BACK, ANSWERS, ANSWERED, _l("Publish what became of it")),
    Step(S.FED_BACK, S.ARCHIVED, KEEPS, (general.reason_given,), _ARCHIVE),
)
INFORMATION: tuple[Step, ...] = (
    Step(S.IDEA, S.ANNOUNCED, LEAD, (*TOLD, guards.decision_told), _l("Publish")),
    Step(S.IDEA, S.UNSUITABLE, LEAD, (general.reason_given,), _SET_ASIDE),
    Step(S.ANNOUNCED, S.ARCHIVED, KEEPS, (general.reason_given,), _ARCHIVE),
)
STATUTORY_CONSULTATION: tuple[Step, ...] = (
    Step(S.IDEA, S.ANNOUNCED, LEAD, (*TOLD, guards.process_told, guards.not_over), _l("Publish")),
    Step(S.IDEA, S.UNSUITABLE, LEAD, (general.reason_given,), _SET_ASIDE),
    Step(S.ANNOUNCED, S.ARCHIVED, CLOCK, (general.closing_time_has_come,), _ARCHIVE),
)
