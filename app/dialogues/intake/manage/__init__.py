"""The officials' door: larger changes, and the topics that residents propose."""

from app.dialogues.intake.manage import changes, topics

__all__ = ["changes", "topics"]
