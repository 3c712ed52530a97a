"""The residents' door: reading projects, following and joining them, and working in them."""

from app.levels.influence.projects.routes import joining, reading, working, writing
from app.levels.influence.projects.routes.visit import blueprint

__all__ = ["blueprint", "joining", "reading", "working", "writing"]
