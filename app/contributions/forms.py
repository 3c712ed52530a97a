"""What somebody writes for others to read, and in which language."""

from __future__ import annotations

import secrets
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from app import i18n
from app.contributions.service import Draft
from app.forms import BaseForm, TextField, required
from app.i18n import lazy as _l

LONGEST = 5000
# at the text of a form that comes back changed after it has been saved
SENT_BEFORE = _l(
    "This form has been saved before, with other texts. What stands here is not saved. "
    "Take away what you have saved already, and send the rest."
)


class ContributionForm(BaseForm):
    """A text and its language. `key` is the form's own: sent twice, it counts once."""

    text = TextField(_l("Text"), [required(_l("Write your text."))], longest=LONGEST)
    language = SelectField(_l("Which language do you write in?"), [required()])
    key = StringField(widget=HiddenInput(), validators=[Length(max=64)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [one for one in i18n.shipped() if not one.only_content]
        self.language.choices = [(one.code, one.endonym) for one in spoken]
        if not self.language.raw_data and not self.language.data:
            self.language.data = i18n.current().ui
        if not self.key.data:
            self.key.data = secrets.token_urlsafe(24)

    def draft(self, name: str, *, channel: str = "web") -> Draft:
        """What was written, by somebody with this display name (empty: shown to nobody)."""
        return Draft(self.text.data or "", self.language.data, name, channel, self.key.data)
