"""The residents' door: reading threads, and writing in them."""

from app.levels.discussion.threads.routes import reading, writing
from app.levels.discussion.threads.routes.visit import blueprint

__all__ = ["blueprint", "reading", "writing"]
