"""The controls that questions are answered with. They take whatever is posted and leave the judging to the kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import Field, RadioField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import NumberInput

from app import forms, richtext
from app.i18n import LazyText

NOT_AN_OPTION = -1


class Judged:
    """Asks the kind about the field's value, and puts its sentence at the field."""

    def __init__(self, judge: Any, *, required: bool) -> None:
        self.judge = judge  # field data → sentence or None
        self.field_flags = {"required": True} if required else {}

    def __call__(self, _form: Any, field: Field) -> None:
        wrong: LazyText | None = self.judge(field.data)
        if wrong is not None:
            field.errors = []  # type: ignore[assignment]  # the chain of WTForms appends the sentence
            raise StopValidation(str(wrong))


def option_id(value: Any) -> int | None:
    """The id of a choice as it came in. Nothing chosen is None; what is no number is no option."""
    if value in (None, ""):
        return None
    try:
        return int(str(value)[:12])
    except ValueError:
        return NOT_AN_OPTION


def tidy_number(typed: str | None) -> str:
    return richtext.one_line(typed or "")


class NumberField(StringField):
    """A number as it was typed: a wrong one must come back as the person wrote it."""

    widget: Any = NumberInput()


class OneField(RadioField):
    """One of several choices."""


class ScaleField(RadioField):
    """One step of a scale; the steps stand side by side."""

    is_inline = True


class ManyField(forms.SeveralField):
    """Any of several choices."""


TYPED: Mapping[str, Any] = {"filters": [tidy_number], "render_kw": {"inputmode": "decimal"}}
CHOSEN: Mapping[str, Any] = {"coerce": option_id, "validate_choice": False}  # the kind judges what is offered
