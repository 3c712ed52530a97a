"""The residents' door: answering a survey, and reading what came of it."""

from app.levels.consultation.surveys.routes import answering, results
from app.levels.consultation.surveys.routes.sitting import blueprint

__all__ = ["answering", "blueprint", "results"]
