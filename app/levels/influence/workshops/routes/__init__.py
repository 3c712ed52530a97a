"""The residents' door: reading the board and the proposals, writing cards, and putting dots."""

from app.levels.influence.workshops.routes import reading, writing
from app.levels.influence.workshops.routes.visit import blueprint

__all__ = ["blueprint", "reading", "writing"]
