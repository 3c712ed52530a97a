"""The methods of this product, in the order in which they are shown. A new method adds its line here."""

from app.ladder import Method
from app.levels.codecision.votes.method import METHOD as VOTES
from app.levels.consultation.suggestions.method import METHOD as SUGGESTIONS
from app.levels.consultation.surveys.method import METHOD as SURVEYS
from app.levels.discussion.threads.method import METHOD as THREADS
from app.levels.influence.projects.method import METHOD as PROJECTS
from app.levels.influence.workshops.method import METHOD as WORKSHOPS
from app.levels.information.articles.method import METHOD as ARTICLES
from app.levels.information.meetings.method import METHOD as MEETINGS

METHODS: tuple[Method, ...] = (ARTICLES, MEETINGS, SURVEYS, SUGGESTIONS, THREADS, WORKSHOPS, PROJECTS, VOTES)
