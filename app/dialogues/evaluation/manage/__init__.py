"""The officials' door: evaluating a dialogue, answering what earlier ones have learned, and archiving."""

from app.dialogues.evaluation.manage import archiving, evaluating, lessons

__all__ = ["archiving", "evaluating", "lessons"]
