"""Who hears of what happens to a translation: nobody; the translators' desk shows what waits."""

from app.ladder import Notice, nobody
from app.multilingual.events import EVENTS

NOTICES = tuple(Notice(event, None, nobody) for event in EVENTS)
