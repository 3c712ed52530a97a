"""Who hears of what happens to a vote: nobody by an event.

That it opens, closes and has a result is told by the dialogue. Whose ballot is replaced hears it from a job that names
no person (jobs.py), and who votes sees the receipt on the page: it is never mailed.
"""

from app.ladder import Notice, nobody
from app.levels.codecision.votes.events import EVENTS

NOTICES: tuple[Notice, ...] = tuple(Notice(event, None, nobody) for event in EVENTS)
