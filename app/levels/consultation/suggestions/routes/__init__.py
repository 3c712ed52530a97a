"""The residents' door: reading and supporting suggestions, writing one step by step, and following one's own."""

from app.levels.consultation.suggestions.routes import following, reading, writing  # noqa: F401  # hang up their views
from app.levels.consultation.suggestions.routes.visit import blueprint

__all__ = ("blueprint",)
