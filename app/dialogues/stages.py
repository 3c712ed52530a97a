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


KIND_NAMES: Mapping[Kind, LazyText] = {
    Kind.CITIZEN_DIALOGUE: lazy_p("kind", "Citizen dialogue"),
    Kind.USER_DIALOGUE: lazy_p("kind", "User dialogue"),
    Kind.INFORMATION: lazy_p("kind", "Information"),
    Kind.STATUTORY_CONSULTATION: lazy_p("kind", "Statutory consultation"),
}
# Where residents may ever answer, write, vote or comment. Of the other kinds every rule about input says no.
INPUT_KINDS = frozenset({Kind.CITIZEN_DIALOGUE, Kind.USER_DIALOGUE})


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

# What a stage is called of what nobody takes part in.
PUBLISHED_NAMES: Mapping[Stage, LazyText] = {
    **STAGE_NAMES,
    Stage.ANNOUNCED: lazy_p("kinds", "Published"),
    Stage.UNSUITABLE: lazy_p("kinds", "Set aside"),
}


def names_of(kind: str) -> Mapping[Stage, LazyText]:
    """The names of the stages as they are said of this kind."""
    return STAGE_NAMES if kind in INPUT_KINDS else PUBLISHED_NAMES


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
# Question, level and promise may still change: nothing has been decided.
DRAFT_STAGES = frozenset({Stage.IDEA, Stage.ASSESSED, Stage.PREPARED})
# Before these, a dialogue has no time plan; from them on, opening and closing times exist (a constraint sees to it).
UNPLANNED_STAGES = frozenset({Stage.IDEA, Stage.ASSESSED, Stage.UNSUITABLE, Stage.REDIRECTED})
# Nothing more can come of it but looking back.
OVER_STAGES = frozenset({Stage.EVALUATED, Stage.ARCHIVED, Stage.UNSUITABLE, Stage.REDIRECTED, Stage.REJECTED})

# The stages that each kind knows: those of its table of steps, no others (a constraint sees to it).
STAGES_OF_KIND: Mapping[Kind, frozenset[Stage]] = {
    Kind.CITIZEN_DIALOGUE: frozenset(Stage),
    Kind.USER_DIALOGUE: frozenset(
        {
            Stage.IDEA,
            Stage.ANNOUNCED,
            Stage.OPEN,
            Stage.PAUSED,
            Stage.CLOSED,
            Stage.FED_BACK,
            Stage.ARCHIVED,
            Stage.UNSUITABLE,
        }
    ),
    Kind.INFORMATION: frozenset({Stage.IDEA, Stage.ANNOUNCED, Stage.ARCHIVED, Stage.UNSUITABLE}),
    Kind.STATUTORY_CONSULTATION: frozenset({Stage.IDEA, Stage.ANNOUNCED, Stage.ARCHIVED, Stage.UNSUITABLE}),
}


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
