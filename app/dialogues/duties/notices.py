"""Who hears when duties are settled: nobody by mail; those concerned see it on their desk."""

from __future__ import annotations

from app.dialogues.duties.events import DutiesShared
from app.ladder import Notice, nobody

NOTICES = (Notice(DutiesShared, None, nobody),)
