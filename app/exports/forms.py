"""Ordering an export."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectField

from app.exports import tables
from app.exports.formats import NAMES
from app.forms import BaseForm, one_of
from app.i18n import lazy as _l


class OrderForm(BaseForm):
    """Format, what, and with or without personal data."""

    format = RadioField(
        _l("Format"),
        validators=[one_of(_l("Choose a format."))],
        description=_l("Everything as CSV comes as a zip file with one CSV file for each table."),
    )
    table = SelectField(_l("What"), default="", description=_l("If you choose everything, empty tables are left out."))
    personal_data = BooleanField(
        _l("Include personal data"),
        description=_l("Names, addresses and other things that point at a person. Only if you need them for the case."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.format.choices = [(key.value, str(name)) for key, name in NAMES.items()]
        self.table.flags.required = True  # type: ignore[attr-defined]  # it always has a value
        everything = [("", str(_l("Everything")))]
        self.table.choices = everything + [(export.key, str(export.name)) for export in tables.sources()]


class ButtonForm(BaseForm):
    """Nothing but the token."""
