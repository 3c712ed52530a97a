"""The form of the style guide: one of each field, shown as it looks when half of it is wrong. Never stored."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired

from app.forms import BaseForm, EmailField, LineField, MomentField, SeveralField, TextField
from app.i18n import lazy as _l

CHOICES = [
    SelectChoice("trees", _l("Trees and shade")),
    SelectChoice("benches", _l("Benches to rest on")),
    SelectChoice("cycling", _l("A safe cycle path")),
]
PLACES = [SelectChoice("vara", "Vara"), SelectChoice("kvanum", "Kvänum"), SelectChoice("vedum", "Vedum")]


class PartsForm(BaseForm):
    """One field of each kind."""

    class Meta(BaseForm.Meta):
        csrf = False  # nothing is sent anywhere, and a reading page sets no cookie

    name = LineField(
        _l("Your name"),
        description=_l("You choose afterwards whether it is shown."),
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(_l("E-mail address"), [InputRequired()])
    password = PasswordField(_l("Password"), [InputRequired()])
    place = SelectField(_l("Place"), choices=PLACES)
    people = IntegerField(_l("How many are coming?"))
    day = DateField(_l("Day"))
    starts = MomentField(_l("Starts"))
    picture = FileField(_l("Picture"), description=_l("JPEG, PNG or WebP."))
    story = TextField(
        _l("Tell us more"), longest=500, description=_l("Avoid writing about other people or your health.")
    )
    one = RadioField(_l("Which is most important to you?"), [InputRequired()], choices=CHOICES)
    many = SeveralField(_l("What would you use?"), choices=CHOICES, description=_l("Choose at most two."))
    agree = BooleanField(_l("I have read how you handle my data"), [InputRequired()])


def sample() -> PartsForm:
    """Some of it filled in, some of it wrong."""
    form = PartsForm(
        data={"name": "Åsa Öberg", "story": "Gatan är mörk på vintern.", "many": ["trees", "benches", "cycling"]}
    )
    form.refuse(form.email, _l("Write an e-mail address, for example name@example.se."))
    form.refuse(form.many, _l("Choose at most two. You have chosen three."))
    form.refuse(form.one, _l("Choose one of the answers."))
    form.refuse(form.agree, _l("Tick the box if you have read it."))
    return form
