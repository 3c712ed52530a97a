"""Changing what a body has decided about: proposed by an official, decided by the body, in force at once."""

from app.dialogues.amendments.service.deciding import close_early, decide
from app.dialogues.amendments.service.proposing import propose, put, withdraw

__all__ = ["close_early", "decide", "propose", "put", "withdraw"]
