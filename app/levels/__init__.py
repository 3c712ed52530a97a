"""The methods of this product, in the order in which they are shown. A new method adds its line here."""

from app.ladder import Method
from app.levels.consultation.surveys.method import METHOD as SURVEYS
from app.levels.information.articles.method import METHOD as ARTICLES

METHODS: tuple[Method, ...] = (ARTICLES, SURVEYS)
