"""Every write of the guideline, and of what is told about the steps of the ladder."""

from app.policy.service.catalogue import add, change, remove
from app.policy.service.guidelines import begin, enter, save

__all__ = ["add", "begin", "change", "enter", "remove", "save"]
