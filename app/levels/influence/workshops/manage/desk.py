"""What every officials' page of a workshop begins and ends with."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.dialogues.manage.saving import status_of
from app.dialogues.models import Dialogue
from app.forms import BaseForm
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.models import STEP_NAMES, STEP_QUESTIONS, STEPS, Step, Workshop, WorkshopStep
from app.levels.influence.workshops.rules import Do
from app.permissions import require
from app.web import actor, found

Answer = str | tuple[str, int] | Response
blueprint = Blueprint("workshop_desk", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>/verkstad")
ONE = "/<int:workshop_id>"


class Desk:
    """A workshop, its dialogue and its steps, before somebody who may do this with it. 404 or a Refusal otherwise."""

    def __init__(self, dialogue_id: int, workshop_id: int, do: Do = Do.VISIT) -> None:
        whole: tuple[Workshop, Dialogue, dict[Step, WorkshopStep]] = found(
            queries.workshop_in(dialogue_id, workshop_id)
        )
        self.row, self.dialogue, self.steps = whole
        require(actor(), do, self.row)

    @property
    def place(self) -> dict[str, int]:
        """The values of this workshop's addresses."""
        return {"dialogue_id": self.dialogue.id, "workshop_id": self.row.id}

    def page(self, template: str, form: BaseForm, status: int | None = None, **more: object) -> tuple[str, int]:
        """A page with its form; 422 where what was sent is wrong."""
        page = render_template(
            template,
            form=form,
            dialogue=self.dialogue,
            workshop=self.row,
            one=self.place,
            steps=self.steps,
            address=queries.address_of(self.row),
            names=STEP_NAMES,
            questions=STEP_QUESTIONS,
            order=STEPS,
            do=Do,
            **more,
        )
        return page, status or status_of(form)
