"""Every write about what comes after a dialogue."""

from app.dialogues.answers.service.compiling import (
    add_theme,
    confirm,
    declare_offline_entered,
    edit_theme,
    remove_theme,
    shift_theme,
    write_whole,
)
from app.dialogues.answers.service.considering import consider
from app.dialogues.answers.service.following import Doing, add_follow_up, edit_follow_up
from app.dialogues.answers.service.handing import hand_over
from app.dialogues.answers.service.reminding import remind
from app.dialogues.answers.service.telling import arrived, keep_deliveries, note_bounce, note_told, on_move, strike

__all__ = [
    "Doing",
    "add_follow_up",
    "add_theme",
    "arrived",
    "confirm",
    "consider",
    "declare_offline_entered",
    "edit_follow_up",
    "edit_theme",
    "hand_over",
    "keep_deliveries",
    "note_bounce",
    "note_told",
    "on_move",
    "remind",
    "remove_theme",
    "shift_theme",
    "strike",
    "write_whole",
]
