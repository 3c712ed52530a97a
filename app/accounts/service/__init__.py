"""Every write to people, sessions, one-time mails and roles."""

from __future__ import annotations

from app.accounts.service.declined import Declined
from app.accounts.service.links import ask, make, trade, use
from app.accounts.service.own import (
    ask_new_address,
    change_password,
    change_profile,
    new_address_by_code,
    take_new_address,
)
from app.accounts.service.roles import Added, add, block, grant, revoke, unblock
from app.accounts.service.sessions import end_everywhere, end_one, end_others, sign_out, touch
from app.accounts.service.signing_in import (
    Newcomer,
    ask_code,
    by_link,
    by_password,
    confirm,
    confirm_again,
    confirm_again_by_code,
    reset,
    sign_up,
)
from app.accounts.service.sweeping import sweep

__all__ = [
    "Added",
    "Declined",
    "Newcomer",
    "add",
    "ask",
    "ask_code",
    "ask_new_address",
    "block",
    "by_link",
    "by_password",
    "change_password",
    "change_profile",
    "confirm",
    "confirm_again",
    "confirm_again_by_code",
    "end_everywhere",
    "end_one",
    "end_others",
    "grant",
    "make",
    "new_address_by_code",
    "reset",
    "revoke",
    "sign_out",
    "sign_up",
    "sweep",
    "take_new_address",
    "touch",
    "trade",
    "unblock",
    "use",
]
