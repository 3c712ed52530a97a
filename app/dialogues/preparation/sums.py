"""What the sums of a dialogue come to; in whole kronor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.dialogues.preparation import queries
from app.dialogues.preparation.models import CostItem
from app.dialogues.preparation.words import Cost
from app.dialogues.queries import Dossier


@dataclass(frozen=True)
class Sums:
    """What the dialogue costs (`parts`), and the options under discussion against their frame."""

    parts: Sequence[CostItem]
    options: Sequence[CostItem]
    frame: CostItem | None

    @property
    def dialogue(self) -> int:
        return sum(row.kronor for row in self.parts)

    @property
    def together(self) -> int:
        """What all options cost together."""
        return sum(row.kronor for row in self.options)

    @property
    def left(self) -> int:
        """What the frame leaves when every option is chosen; negative: so much too little. 0 without a frame."""
        return self.frame.kronor - self.together if self.frame is not None else 0

    @property
    def said(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.parts or self.options or self.frame)


def sums(dossier: Dossier) -> Sums:
    frame = next(iter(queries.costs(dossier, Cost.FRAME)), None)
    return Sums(queries.costs(dossier, Cost.PART), queries.costs(dossier, Cost.OPTION), frame)
