"""The officials' door: the frames, the roll and the key; paper; closing, opening and certifying."""

from app.levels.codecision.votes.manage import closing, frames, keys, paper, roll
from app.levels.codecision.votes.manage.door import blueprint

__all__ = ["blueprint", "closing", "frames", "keys", "paper", "roll"]
