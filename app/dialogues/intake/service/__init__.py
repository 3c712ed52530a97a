"""Every write about larger changes and residents' topics. An assessment is written with the dialogue that it is of."""

from app.dialogues.intake.service.changes import Case, consider, edit, flag

__all__ = ["Case", "consider", "edit", "flag"]
