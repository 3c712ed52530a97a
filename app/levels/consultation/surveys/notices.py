"""Who hears of what happens to a survey: nobody.

What residents must know (it opens, it is paused, it has been answered for) is told by the dialogue; the one who answers
sees their receipt on the page, and is told by moderation where a text is hidden.
"""

from app.ladder import Notice, nobody
from app.levels.consultation.surveys.events import EVENTS

NOTICES: tuple[Notice, ...] = tuple(Notice(event, None, nobody) for event in EVENTS)
