"""The officials' door: planning workshops, entering paper notes, sorting cards, and writing what came of them."""

from app.levels.influence.workshops.manage import paper, proposals, running, sorting
from app.levels.influence.workshops.manage.desk import blueprint

__all__ = ["blueprint", "paper", "proposals", "running", "sorting"]
