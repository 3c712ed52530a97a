"""Every write of workshops, by what it is about."""

from app.levels.influence.workshops.service.cards import (
    CARDS,
    add_card,
    are_saved,
    card_was_shown,
    change_card,
    register_notes,
    remove_card,
)
from app.levels.influence.workshops.service.counting import count_later, count_now, keep
from app.levels.influence.workshops.service.dots import DOTS, NoDotLeft, give_dot, take_dot
from app.levels.influence.workshops.service.proposals import change as change_proposal
from app.levels.influence.workshops.service.proposals import propose, take_up, withdraw_proposal
from app.levels.influence.workshops.service.running import change, close, make, move, start, withdraw
from app.levels.influence.workshops.service.sorting import add_theme, remove_theme, rename_theme, sort_cards

__all__ = [
    "CARDS",
    "DOTS",
    "NoDotLeft",
    "add_card",
    "add_theme",
    "are_saved",
    "card_was_shown",
    "change",
    "change_card",
    "change_proposal",
    "close",
    "count_later",
    "count_now",
    "give_dot",
    "keep",
    "make",
    "move",
    "propose",
    "register_notes",
    "remove_card",
    "remove_theme",
    "rename_theme",
    "sort_cards",
    "start",
    "take_dot",
    "take_up",
    "withdraw",
    "withdraw_proposal",
]
