"""Who hears of what leaves: nobody; who ordered it sees when it is ready, and the log says that it was taken."""

from app.exports.events import EVENTS
from app.ladder import Notice, nobody

NOTICES = tuple(Notice(event, None, nobody) for event in EVENTS)
