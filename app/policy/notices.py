"""Who hears of changes to the guideline: nobody by mail; the desk says what is due, and the pages what applies."""

from app.ladder import Notice, nobody
from app.policy.events import EVENTS

NOTICES = tuple(Notice(event, None, nobody) for event in EVENTS)
