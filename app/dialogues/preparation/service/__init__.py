"""Every write of a preparation; the parts that the body itself decides about are written in `dialogues.service`."""

from app.dialogues.preparation.service.analysis import Answer, Turnout, answer_grounds, choose, note_turnout
from app.dialogues.preparation.service.costs import Price, add_cost, change_cost, remove_cost
from app.dialogues.preparation.service.people import Group, add_group, change_group, remove_group
from app.dialogues.preparation.service.reading import ask_reader, read_purpose

__all__ = [
    "Answer",
    "Group",
    "Price",
    "Turnout",
    "add_cost",
    "add_group",
    "answer_grounds",
    "ask_reader",
    "change_cost",
    "change_group",
    "choose",
    "note_turnout",
    "read_purpose",
    "remove_cost",
    "remove_group",
]
