"""The residents' door: what was considered and not held, and topics that residents propose."""

from app.dialogues.intake.routes import register, topics
from app.dialogues.intake.routes.door import blueprint

__all__ = ["blueprint", "register", "topics"]
