"""Who hears of what administrators do to the machinery: nobody, it is written in the log."""

from app.admin import events
from app.ladder import Notice, nobody

NOTICES = (Notice(events.JobRetried, None, nobody),)
