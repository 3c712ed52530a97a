"""Who hears of what happens around the kinds: nobody but the log, until something is published."""

from __future__ import annotations

from app.dialogues.kinds import events
from app.ladder import Notice, nobody

NOTICES = (Notice(events.KindChosen, None, nobody), Notice(events.DialogueRedirected, None, nobody))
