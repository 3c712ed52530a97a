"""The officials' door to a preparation: who is concerned, the seven grounds, what it costs, the second reader."""

from app.dialogues.preparation.manage import costs, grounds, people, reading
from app.dialogues.preparation.manage.door import preparation

__all__ = ["costs", "grounds", "people", "preparation", "reading"]
