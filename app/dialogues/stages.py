"""The stages of a dialogue, in their order: keys and names (reference: the municipality's guideline)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.i18n import LazyText, lazy_p


class Kind(StrEnum):
    """What is it? Only the first goes through the whole life cycle."""

    CITIZEN_DIALOGUE = "citizen_dialogue"
    USER_DIALOGUE = "user_dialogue"
    INFORMATION = "information"
    STATUTORY_CONSULTATION = "statutory_consultation"


class Stage(StrEnum):
    IDEA = "idea"
    ASSESSED = "assessed"
    PREPARED = "prepared"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    COMPILED = "compiled"
    HANDED_OVER = "handed_over"
    RESOLVED = "resolved"
    FED_BACK = "fed_back"
    EVALUATED = "evaluated"
    ARCHIVED = "archived"
    UNSUITABLE = "unsuitable"
    REDIRECTED = "redirected"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


STAGE_NAMES: Mapping[Stage, LazyText] = {
    Stage.IDEA: lazy_p("stage", "Idea"),
    Stage.ASSESSED: lazy_p("stage", "Assessed"),
    Stage.PREPARED: lazy_p("stage", "Prepared"),
    Stage.DECIDED: lazy_p("stage", "Decided"),
    Stage.ANNOUNCED: lazy_p("stage", "Announced"),
    Stage.OPEN: lazy_p("stage", "Open"),
    Stage.PAUSED: lazy_p("stage", "Paused"),
    Stage.CLOSED: lazy_p("stage", "Closed"),
    Stage.COMPILED: lazy_p("stage", "Compiled"),
    Stage.HANDED_OVER: lazy_p("stage", "Handed over"),
    Stage.RESOLVED: lazy_p("stage", "Decision made"),
    Stage.FED_BACK: lazy_p("stage", "Fed back"),
    Stage.EVALUATED: lazy_p("stage", "Evaluated"),
    Stage.ARCHIVED: lazy_p("stage", "Archived"),
    Stage.UNSUITABLE: lazy_p("stage", "Not suitable"),
    Stage.REDIRECTED: lazy_p("stage", "Redirected"),
    Stage.REJECTED: lazy_p("stage", "Rejected"),
    Stage.CANCELLED: lazy_p("stage", "Cancelled"),
}

# What anyone may see: from the announcement on, whatever became of it afterwards.
PUBLIC_STAGES = frozenset(
    {
        Stage.ANNOUNCED,
        Stage.OPEN,
        Stage.PAUSED,
        Stage.CLOSED,
        Stage.COMPILED,
        Stage.HANDED_OVER,
        Stage.RESOLVED,
        Stage.FED_BACK,
        Stage.EVALUATED,
        Stage.ARCHIVED,
        Stage.CANCELLED,
    }
)
# From here on the result is open to all.
RESULT_STAGES = frozenset(
    {Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED}
)
# Those who took part have been told what became of it.
TOLD_STAGES = frozenset({Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED})
# Question, level and promise may still change: nothing has been decided.
DRAFT_STAGES = frozenset({Stage.IDEA, Stage.ASSESSED, Stage.PREPARED})
# Before these, a dialogue has no time plan; from them on, opening and closing times exist (a constraint sees to it).
UNPLANNED_STAGES = frozenset({Stage.IDEA, Stage.ASSESSED, Stage.UNSUITABLE, Stage.REDIRECTED})
# Nothing more can come of it but looking back.
OVER_STAGES = frozenset({Stage.EVALUATED, Stage.ARCHIVED, Stage.UNSUITABLE, Stage.REDIRECTED, Stage.REJECTED})


class Group(StrEnum):
    """How the public list sorts dialogues."""

    OPEN = "open"
    COMING = "coming"
    FINISHED = "finished"


GROUP_NAMES: Mapping[Group, LazyText] = {
    Group.OPEN: lazy_p("dialogues", "Open now"),
    Group.COMING: lazy_p("dialogues", "Coming"),
    Group.FINISHED: lazy_p("dialogues", "Finished"),
}
STAGES_OF: Mapping[Group, frozenset[Stage]] = {
    Group.OPEN: frozenset({Stage.OPEN, Stage.PAUSED}),
    Group.COMING: frozenset({Stage.ANNOUNCED}),
    Group.FINISHED: PUBLIC_STAGES - {Stage.OPEN, Stage.PAUSED, Stage.ANNOUNCED},
}
