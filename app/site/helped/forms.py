"""The shape of what readers say of a page."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField

from app.forms import BaseForm, TextField, one_of
from app.i18n import lazy as _l
from app.i18n import lazy_p

LONGEST_PATH = 300


class HelpedForm(BaseForm):
    """Yes or no, and a few words. `website` is a trap: people do not see it."""

    helped = RadioField(
        _l("Did the page help you?"),
        [one_of(_l("Choose yes or no."))],
        choices=lambda: [("yes", str(lazy_p("answer", "Yes"))), ("no", str(lazy_p("answer", "No")))],
    )
    text = TextField(
        _l("What was missing, or hard to understand?"),
        longest=1000,
        description=_l("Do not write who you are, and nothing about others: nobody can answer you from here."),
    )
    sida = HiddenField()
    website = StringField(_l("Leave this field empty"), render_kw={"tabindex": "-1", "autocomplete": "off"})
