"""The officials' door: starting projects, planning them, and letting people in."""

from app.levels.influence.projects.manage import holding, people, planning
from app.levels.influence.projects.manage.door import blueprint

__all__ = ["blueprint", "holding", "people", "planning"]
