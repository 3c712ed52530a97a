"""The officials' door: making surveys and their questions, trying them, and reading their figures."""

from app.levels.consultation.surveys.manage import options, questions, reading, registering, surveys
from app.levels.consultation.surveys.manage.door import blueprint

__all__ = ["blueprint", "options", "questions", "reading", "registering", "surveys"]
