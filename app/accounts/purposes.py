"""What a one-time mail is for, and for how long it holds."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """What whoever has the mail may do, once."""

    CONFIRM = "confirm"  # begin to use an account
    SIGN_IN = "sign_in"
    RESET = "reset"  # choose a new password
    NEW_EMAIL = "new_email"
    FRESH = "fresh"  # show again who one is


HOLDS = dict.fromkeys(Purpose, timedelta(minutes=30)) | {Purpose.CONFIRM: timedelta(hours=48)}
# One page takes the codes of all three, so the newest mail is the one that counts.
AT_THE_DOOR = frozenset({Purpose.CONFIRM, Purpose.SIGN_IN, Purpose.RESET})


def replaced_by(purpose: Purpose) -> frozenset[Purpose]:
    """The purposes whose older mails end when a mail for this purpose is sent."""
    return AT_THE_DOOR if purpose in AT_THE_DOOR else frozenset({purpose})
