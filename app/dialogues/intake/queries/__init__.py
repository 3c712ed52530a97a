"""Reads of what was considered: assessments, the public register, larger changes, and what residents propose."""

from app.dialogues.intake.queries.assessing import Assessed, assessed
from app.dialogues.intake.queries.register import NotHeld, Place, Register, ended, register

__all__ = ["Assessed", "NotHeld", "Place", "Register", "assessed", "ended", "register"]
