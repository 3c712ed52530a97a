"""Reads of evaluations: what has been asked and answered, improvements, and what waits for the archive."""

from app.dialogues.evaluation.queries.archiving import (
    fed_back_at,
    plan_in,
    plan_of,
    plans_of,
    thinning_due,
    waiting_for_archive,
)
from app.dialogues.evaluation.queries.asking import (
    State,
    inquiry,
    is_open,
    questions_of,
    staff_tallies,
    state_of,
    summary_of,
    years,
)
from app.dialogues.evaluation.queries.lessons import Waiting, lesson, lessons_of, to_take_up

__all__ = [
    "State",
    "Waiting",
    "fed_back_at",
    "inquiry",
    "is_open",
    "lesson",
    "lessons_of",
    "plan_in",
    "plan_of",
    "plans_of",
    "questions_of",
    "staff_tallies",
    "state_of",
    "summary_of",
    "thinning_due",
    "to_take_up",
    "waiting_for_archive",
    "years",
]
