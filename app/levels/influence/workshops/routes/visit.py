"""One person at one workshop: the workshop, its dialogue and steps, and what each page of it needs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Blueprint, abort, request

from app import subjects
from app.contributions.models import Contribution
from app.contributions.queries import Place
from app.dialogues import texts
from app.dialogues.addresses import pass_over_slug
from app.dialogues.frames import frame, here
from app.dialogues.models import Dialogue
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.models import (
    STEP_NAMES,
    STEP_QUESTIONS,
    STEPS,
    Step,
    Workshop,
    WorkshopCard,
    WorkshopStep,
)
from app.levels.influence.workshops.rules import Do
from app.permissions import can
from app.web import actor, found

blueprint = Blueprint("workshops", __name__)
ALL = "/dialoger/<int:dialogue_id>-<slug>/verkstad"
ONE = ALL + "/<int:workshop_id>"
WORDS = {Step.CRITIQUE: "kritik", Step.VISION: "vision", Step.ACTION: "handling"}  # the steps in addresses
STEPS_BY_WORD = {word: step for step, word in WORDS.items()}
EDGES = ("efter", "fore", "fran")  # a page begins after a place, ends before it, or begins at it


blueprint.url_value_preprocessor(pass_over_slug)


class Visit:
    """A workshop as the one who makes this request meets it. 404 for whoever may not know that it exists."""

    def __init__(self, dialogue_id: int, workshop_id: int) -> None:
        whole: tuple[Workshop, Dialogue, dict[Step, WorkshopStep]] = found(
            queries.workshop_in(dialogue_id, workshop_id)
        )
        self.workshop, self.dialogue, self.steps = whole
        if not can(actor(), Do.READ, self.workshop):
            abort(404)

    @property
    def here(self) -> dict[str, Any]:
        """The values of the dialogue's addresses."""
        return here(self.dialogue)

    @property
    def place(self) -> dict[str, Any]:
        """The values of this workshop's addresses."""
        return {**self.here, "workshop_id": self.workshop.id}

    @property
    def now(self) -> Step:
        """The step where the workshop is."""
        return Step(self.workshop.step)

    def is_past(self, step: Step) -> bool:
        """The workshop has gone on from this step."""
        return STEPS.index(step) < STEPS.index(self.now)

    @cached_property
    def page(self) -> dict[str, str]:
        """Which page of the board was asked for, as its address says: what is no place or theme is left out."""
        asked = {word: request.args.get(word, "") for word in EDGES}
        kept = {word: said for word, said in asked.items() if Place.read(said) is not None}
        theme = request.args.get("tema", "")
        return kept | ({"tema": theme} if theme.isascii() and theme.isdecimal() and len(theme) < 10 else {})

    def card(self, card_id: int, do: Do = Do.READ_CARD) -> tuple[Contribution, WorkshopCard]:
        """A card of this workshop; 404 for whoever may not do this with it, so that nobody learns of what waits."""
        both: tuple[Contribution, WorkshopCard] = found(queries.card_in(self.workshop.id, card_id))
        if not can(actor(), Do.READ_CARD, both[0]) or not can(actor(), do, both[0]):
            abort(404)
        return both

    def frame(self, *rows: Any) -> dict[str, Any]:
        """What every page of a workshop needs; `rows` are more texts to be said in the reader's language."""
        said = texts.said([texts.row_of(self.dialogue), queries.row_of(self.workshop), *rows])
        return {
            "visit": self,
            "workshop": self.workshop,
            "a": said[subjects.key("workshop", self.workshop.id)],
            "said": said,
            "place": self.place,
            "words": WORDS,
            "names": STEP_NAMES,
            "questions": STEP_QUESTIONS,
            **frame(self.dialogue, said),
        }
