"""Every write of surveys: making them, and taking in what residents answer, from them or for them."""

from app.levels.consultation.surveys.service.answering import (
    BEGINNINGS,
    AlreadyAnswered,
    NothingBegun,
    begin,
    keep_answers,
    submit,
)
from app.levels.consultation.surveys.service.keeping import count_later, figures_later, keep, receipt
from app.levels.consultation.surveys.service.making import (
    add_question,
    change,
    change_options,
    change_question,
    create,
    move_option,
    move_question,
    remove_option,
    remove_question,
    withdraw,
)
from app.levels.consultation.surveys.service.registering import REGISTRATIONS, CameIn, register

__all__ = [
    "BEGINNINGS",
    "REGISTRATIONS",
    "AlreadyAnswered",
    "CameIn",
    "NothingBegun",
    "add_question",
    "begin",
    "change",
    "change_options",
    "change_question",
    "count_later",
    "create",
    "figures_later",
    "keep",
    "keep_answers",
    "move_option",
    "move_question",
    "receipt",
    "register",
    "remove_option",
    "remove_question",
    "submit",
    "withdraw",
]
