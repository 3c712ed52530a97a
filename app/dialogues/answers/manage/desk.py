"""What the officials' pages of an answered dialogue share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.dialogues.answers.rules import Do
from app.dialogues.manage.saving import visited
from app.dialogues.models import Dialogue
from app.forms import BaseForm
from app.permissions import Action, refusal
from app.web import actor

blueprint = Blueprint("answers", __name__)
HERE = "/arbetsyta/dialoger/<int:dialogue_id>"
Answer = str | tuple[str, int] | Response


class Now:
    """The version of something as it is saved now, read when it is asked for; 0 where there is nothing."""

    def __init__(self, read: Callable[[], Any]) -> None:
        self._read = read

    @property
    def version(self) -> int:
        return int(self._read() or 0)


class Desk:
    """One page: the dialogue, who may write on it, and how it is answered."""

    def __init__(self, dialogue_id: int, do: Action) -> None:
        self.dialogue: Dialogue = visited(dialogue_id)
        self.do = do

    def page(self, template: str, form: BaseForm | None, status: int | None = None, **more: Any) -> Answer:
        """The page; 422 where its form was sent and not taken, 409 where somebody else was before."""
        page = render_template(
            template,
            dialogue=self.dialogue,
            form=form,
            refused=refusal(actor(), self.do, self.dialogue),
            overtaken=status == 409,
            **more,
        )
        if request.method != "POST":
            return page
        return page, status or 422


__all__ = ["HERE", "Answer", "Desk", "Do", "Now", "blueprint"]
