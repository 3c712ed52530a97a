"""Who may have a dialogue's papers: those who work with it."""

from __future__ import annotations

from app.dialogues.rules import works_here
from app.permissions import Action, Rules


class Do(Action):
    PRINT = "papers:print"


RULES: Rules = {Do.PRINT: (works_here,)}
