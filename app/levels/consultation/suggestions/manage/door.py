"""One official at one box, and what every page of theirs needs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from app.dialogues import queries as dialogues
from app.forms import BaseForm
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.models import SuggestionBox
from app.levels.consultation.suggestions.rules import Do
from app.levels.consultation.suggestions.service import Place
from app.permissions import Action, require
from app.web import actor, found, in_both, way_to

blueprint = Blueprint("suggestion_desk", __name__)
SITE = "/arbetsyta/battre-vara"
both = in_both(blueprint, "/arbetsyta/dialoger/<int:dialogue_id>/forslag", SITE, mark="site_")


class Desk:
    """The officials' pages of a box. Raises Refusal for those who may not do there what the page is for."""

    def __init__(self, dialogue_id: int | None, do: Action = Do.VISIT) -> None:
        self.dialogue = None if dialogue_id is None else found(dialogues.dialogue(dialogue_id))
        self.dialogue_id = dialogue_id
        require(actor(), do, Place(dialogue_id))

    @property
    def box(self) -> SuggestionBox | None:
        return queries.box_in(self.dialogue_id)

    def name(self, view: str) -> str:
        """The endpoint of one of its pages."""
        return f"suggestion_desk.{'site_' if self.dialogue_id is None else ''}{view}"

    @property
    def home(self) -> str:
        """Where its inbox is; empty for those who may not see it."""
        return way_to((self.name("index"), self.here), Place(self.dialogue_id))

    @property
    def here(self) -> dict[str, Any]:
        return {} if self.dialogue_id is None else {"dialogue_id": self.dialogue_id}

    def page(self, template: str, form: BaseForm | None = None, **more: Any) -> tuple[str, int]:
        """A page in the desk's frame; 422 where its form is wrong."""
        wrong = form is not None and bool(form.errors)
        names = {"desk": self, "dialogue": self.dialogue, "form": form, **more}
        return render_template(template, **names), 422 if wrong else 200
