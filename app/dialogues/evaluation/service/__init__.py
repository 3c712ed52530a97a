"""Every write about evaluations."""

from app.dialogues.evaluation.service.archiving import choose_retention, thin
from app.dialogues.evaluation.service.asking import ANSWERS, after_move, answer, begin, count, invite, key_of_form
from app.dialogues.evaluation.service.concluding import (
    change_lesson,
    note_lesson,
    remove_lesson,
    summarise,
    take_up,
)
from app.dialogues.evaluation.service.staff import AlreadyAnswered, answer_own, duties_of, record_silence

__all__ = [
    "ANSWERS",
    "AlreadyAnswered",
    "after_move",
    "answer",
    "answer_own",
    "begin",
    "change_lesson",
    "choose_retention",
    "count",
    "duties_of",
    "invite",
    "key_of_form",
    "note_lesson",
    "record_silence",
    "remove_lesson",
    "summarise",
    "take_up",
    "thin",
]
