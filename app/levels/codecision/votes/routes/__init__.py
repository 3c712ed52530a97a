"""The residents' door: voting, and everything that an outsider needs to check the count."""

from app.levels.codecision.votes.routes import results, voting
from app.levels.codecision.votes.routes.visit import blueprint

__all__ = ["blueprint", "results", "voting"]
