"""Who hears of articles: nobody by mail. They stand on the page for those who look."""

from app.ladder import Notice, nobody
from app.levels.information.articles.events import EVENTS

NOTICES = tuple(Notice(event, None, nobody) for event in EVENTS)
