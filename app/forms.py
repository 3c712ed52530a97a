"""The shape of input: type, length, required. Business rules live in services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import EmailField as _EmailField
from wtforms import Field, IntegerField, StringField, TextAreaField, ValidationError
from wtforms import SelectMultipleField as _SelectMultipleField
from wtforms.fields import DateTimeLocalField as _DateTimeLocalField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app import clock, kept, richtext
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Reason

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
Validator = Callable[[Any, Any], None]
Widget = Any  # WTForms types each widget by its first one


class BaseForm(FlaskForm):
    """Every form: CSRF, our own sentences, and a way to put a rule's refusal beside the field it concerns."""

    class Meta(FlaskForm.Meta):
        """How a form puts its fields together."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Whatever the field, a NUL goes no further: PostgreSQL keeps none, and SQLite would."""
            field = super().bind_field(form, unbound_field, options)
            field.filters = (*field.filters, _without_nul)
            return field

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Filled in with what was written, where the form is shown again because its token did not hold.

            Never from JSON, which Flask-WTF would take too: its values need not be text.
            """
            is_json = request.is_json and not isinstance(formdata, MultiDict)
            sent = None if is_json else super().wrap_formdata(form, formdata)
            return kept.fields() if sent is None and kept.is_shown_again() else sent

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept.note(self)

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent and holds what it should."""
        return bool(super().validate_on_submit(extra_validators))

    def refuse(self, field: Field, reason: Reason | LazyText | str) -> None:
        """Show why, at the field; the answer is then 422 with everything kept."""
        sentence = str(reason.sentence) if isinstance(reason, Reason) else str(reason)
        field.errors = (*field.errors, sentence)


def _without_nul(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


def _tidy_line(value: str | None) -> str:
    return richtext.one_line(value or "")


def _tidy_text(value: str | None) -> str:
    return richtext.plain(value or "").strip()


class LineField(StringField):
    """One line of text, tidied. Longest LONGEST_LINE characters unless its validators say less."""

    def __init__(self, label: Any = None, validators: Sequence[Validator] | None = None, **kwargs: Any) -> None:
        longest = kwargs.pop("longest", LONGEST_LINE)
        super().__init__(label, [*(validators or ()), at_most(longest)], filters=[_tidy_line], **kwargs)


class TextField(TextAreaField):
    """Several lines of text, tidied."""

    def __init__(self, label: Any = None, validators: Sequence[Validator] | None = None, **kwargs: Any) -> None:
        longest = kwargs.pop("longest", LONGEST_TEXT)
        super().__init__(label, [*(validators or ()), at_most(longest)], filters=[_tidy_text], **kwargs)


class EmailField(_EmailField):
    """An address, trimmed."""

    def __init__(self, label: Any = None, validators: Sequence[Validator] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"autocomplete": "email", "dir": "ltr"})
        super().__init__(label, [*(validators or ()), at_most(254)], filters=[_tidy_line], **kwargs)


class MomentField(_DateTimeLocalField):
    """A day and a time of day in the municipality; `data` is a moment in UTC, or None."""

    def __init__(self, label: Any = None, validators: Sequence[Validator] | None = None, **kwargs: Any) -> None:
        super().__init__(
            label, list(validators or ()), format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs
        )

    def process_data(self, value: datetime | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(str(_l("Write a date and a time, for example 2027-03-15 18:30."))) from problem
        try:
            self.data = clock.from_local(self.data) if self.data else None
        except (clock.NoSuchTime, OverflowError) as problem:
            self.data = None
            raise ValueError(str(_l("That time does not exist: the clocks go forward. Choose another."))) from problem

    def pre_validate(self, _form: Any) -> None:
        """What is wrong with the time that was written says more than that one is needed."""
        if self.process_errors:
            raise StopValidation

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return clock.local(self.data).strftime("%Y-%m-%dT%H:%M") if self.data else ""


class VersionField(IntegerField):
    """Which version of something the form was drawn from, hidden; None where the form does not say."""

    widget: Widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        super().process_formdata(valuelist)


class SeveralField(_SelectMultipleField):
    """Several choices as checkboxes."""

    widget: Widget = ListWidget(prefix_label=False)
    option_widget: Widget = CheckboxInput()


def required(sentence: LazyText | None = None) -> Validator:
    """Something must be given; the sentence says what."""
    return _Required(sentence or _l("Fill in this field."))


class _Required:
    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it so

    def __init__(self, sentence: LazyText) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data is None or field.data in ("", [], False):
            field.errors = []  # type: ignore[assignment]  # WTForms starts from a tuple and appends to a list
            raise StopValidation(str(self.sentence))


class at_most:  # noqa: N801  # reads as a verb where it is used; a class because WTForms wants flags
    """At most so many characters."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.max = longest
        self.field_flags = {"maxlength": longest}

    def __call__(self, _form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > self.longest:
            raise ValidationError(
                str(
                    _l(
                        "Use at most %(most)s characters. You have written %(length)s.",
                        most=self.longest,
                        length=length,
                    )
                )
            )


def at_least(shortest: int) -> Validator:
    """At least so many characters, where anything is written."""

    def check(_form: Any, field: Field) -> None:
        if field.data and len(field.data) < shortest:
            raise ValidationError(str(_l("Write at least %(least)s characters.", least=shortest)))

    return check


def between(least: int, most: int, sentence: LazyText) -> Validator:
    """A number from `least` to `most`, both inside, where one is given."""

    def check(_form: Any, field: Field) -> None:
        if field.data is not None and not least <= field.data <= most:
            raise ValidationError(str(sentence))

    return check


def email_address() -> Validator:
    """Looks like an address that mail can be sent to (syntax only; nothing is asked of the network)."""

    def check(_form: Any, field: Field) -> None:
        try:
            validate_email(field.data or "", check_deliverability=False, test_environment=True)
        except EmailNotValidError as problem:
            raise ValidationError(str(_l("Write an e-mail address, for example name@example.se."))) from problem

    return check


def one_of(sentence: LazyText) -> Validator:
    """For choices: one of those offered must be chosen."""
    return _Required(sentence)
