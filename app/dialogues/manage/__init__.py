"""The officials' door: preparing a dialogue, moving it on, telling what became of it, and recording decisions."""

from app.dialogues.manage import decisions, drafting, moving, scope

__all__ = ["decisions", "drafting", "moving", "scope"]
