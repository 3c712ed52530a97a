"""Who may have a dialogue's papers: those who work with it. They ask people to take part, so of dialogues alone."""

from __future__ import annotations

from app.dialogues.rules import may_have_input, works_here
from app.permissions import Action, Rules


class Do(Action):
    PRINT = "papers:print"


RULES: Rules = {Do.PRINT: (works_here, may_have_input)}
