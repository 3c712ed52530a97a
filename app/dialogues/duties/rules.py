"""Who may settle who does what in a dialogue."""

from __future__ import annotations

from app.dialogues.rules import is_lead, is_not_over
from app.permissions import Action, Rules


class Do(Action):
    SHARE = "duties:share"


RULES: Rules = {Do.SHARE: (is_lead, is_not_over)}
