"""The steps in which a suggestion is written, and what officials write about it."""

from __future__ import annotations

import secrets
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from app import i18n
from app.contributions.forms import LONGEST, ContributionForm
from app.contributions.service import Draft
from app.files.forms import PictureField
from app.forms import (
    BaseForm,
    EmailField,
    LineField,
    TextField,
    VersionField,
    at_least,
    email_address,
    one_of,
    required,
)
from app.i18n import lazy as _l
from app.levels.consultation.suggestions.core import matters
from app.levels.consultation.suggestions.events import CHANNEL_NAMES
from app.levels.consultation.suggestions.models import CLOSING, STATUS_NAMES, Status
from app.levels.consultation.suggestions.service import Written
from app.permissions import Actor

NOWHERE = _l("No particular place")
WANTS = {
    "mail": _l("By e-mail"),
    "page": _l("On this website, with a case code"),
    "phone": _l("By phone"),
}


class MatterForm(BaseForm):
    """What it concerns."""

    matter = RadioField(_l("What does your suggestion concern?"), validators=[one_of(_l("Choose what it concerns."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter.choices = [SelectChoice(one.key, one.name) for one in matters.matters()]


class _Place(BaseForm):
    """Where it is, from a list and in words."""

    locality = SelectField(_l("Which place is it near?"), default="")
    place = LineField(
        _l("Where is it?"), longest=200,
        description=_l("In your own words, for example: the bench at the bus stop outside the library."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locality.choices = [("", str(NOWHERE)), *((name, name) for name in matters.localities())]


class TextForm(_Place, ContributionForm):
    """The suggestion itself."""

    text = TextField(
        _l("What do you suggest?"),
        [required(_l("Write your suggestion.")), at_least(10)],
        longest=LONGEST,
        description=_l(
            "One thing at a time. Begin with what it is about: the first sentence becomes the heading. Leave out what "
            "is private about you or others, because everyone can read it when it has been released."
        ),
    )

    def said(self) -> dict[str, Any]:
        return {name: getattr(self, name).data or "" for name in ("text", "language", "locality", "place")}


class PictureForm(BaseForm):
    """One picture more."""

    picture = PictureField(
        _l("Choose a picture"),
        description=_l("JPEG, PNG or WebP. We remove where and when it was taken. Show no faces or number plates."),
    )


class AnswerForm(BaseForm):
    """Whether the name is shown, and how the answer is to come."""

    shows_name = RadioField(
        _l("Is your name shown beside the suggestion?"),
        choices=[SelectChoice("no", _l("No, show no name")), SelectChoice("yes", _l("Yes, show my name"))],
        default="no",
        validators=[one_of(_l("Choose whether your name is shown."))],
    )
    name = LineField(_l("Name to show"), longest=80, description=_l("Only if your name is to be shown."))
    wants = RadioField(
        _l("How do you want the answer?"),
        choices=[SelectChoice(key, name) for key, name in WANTS.items()],
        validators=[one_of(_l("Choose how you want the answer."))],
        description=_l("You get a case code in any case, and can follow what happens with it."),
    )
    email = EmailField(
        _l("E-mail address"), [Optional(), email_address()],
        description=_l("Only if you want the answer by e-mail. It is not shown, and deleted 90 days after the answer."),
    )  # fmt: skip
    phone = LineField(
        _l("Phone number"), longest=40, render_kw={"dir": "ltr", "autocomplete": "tel", "inputmode": "tel"},
        description=_l("Only if you want us to call. It is not shown, and deleted 90 days after the answer."),
    )  # fmt: skip

    def use_account(self, actor: Actor) -> None:
        """Somebody signed in has an address and a name already."""
        if actor.is_signed_in:
            del self.email, self.name

    def check_reachable(self) -> bool:
        """What was chosen needs a name, an address or a number. Puts the sentences at the fields."""
        before = len(self.errors)
        if "name" in self and self.shows_name.data == "yes" and not self.name.data:
            self.refuse(self.name, _l("Write the name that is to be shown."))
        if "email" in self and self.wants.data == "mail" and not self.email.data:
            self.refuse(self.email, _l("Write the address that the answer is sent to."))
        if self.wants.data == "phone" and not self.phone.data:
            self.refuse(self.phone, _l("Write the number that we are to call."))
        return len(self.errors) == before

    def said(self, actor: Actor) -> dict[str, Any]:
        name = actor.name if actor.is_signed_in else self["name"].data or ""
        return {
            "shows_name": self.shows_name.data,
            "name": name if self.shows_name.data == "yes" else "",
            "wants": self.wants.data,
            "email": self["email"].data or "" if "email" in self else "",
            "phone": self.phone.data or "",
        }


class SendForm(BaseForm):
    """The last button. `key` is the form's own: sent twice, it counts once."""

    key = StringField(widget=HiddenInput(), validators=[Length(max=64)])


class CodeForm(BaseForm):
    """A case code, to follow the case."""

    class Meta(BaseForm.Meta):
        csrf = False  # it asks and changes nothing

    kod = LineField(
        _l("Case code"), [required(_l("Write the code that you got when you sent the suggestion."))], longest=40,
        render_kw={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"},
        description=_l("Ten letters and digits, for example 7KQ2M-X4RTP."),
    )  # fmt: skip


class RegisterForm(_Place, ContributionForm):
    """What somebody said on the phone or wrote on paper."""

    channel = RadioField(
        _l("How did it come in?"),
        choices=[SelectChoice(key, name) for key, name in CHANNEL_NAMES.items() if key != "web"],
        default="phone",
        validators=[one_of(_l("Choose how it came in."))],
    )
    matter = SelectField(_l("What does it concern?"), validators=[one_of(_l("Choose what it concerns."))])
    text = TextField(
        _l("The suggestion, in the sender's own words"), [required(_l("Write the suggestion."))], longest=LONGEST,
        description=_l("Read it back to the one who calls before you save it."),
    )  # fmt: skip
    name = LineField(
        _l("Name to show"), longest=80, description=_l("Only if the sender wants it to be shown. Never your own.")
    )
    wants = RadioField(
        _l("How does the sender want the answer?"),
        choices=[SelectChoice(key, name) for key, name in WANTS.items()],
        default="page",
        validators=[one_of(_l("Choose how the sender wants the answer."))],
    )
    email = EmailField(_l("The sender's e-mail address"), [Optional(), email_address()], render_kw={"dir": "ltr"})
    phone = LineField(_l("The sender's phone number"), longest=40, render_kw={"dir": "ltr", "autocomplete": "off"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.label.text = str(_l("Which language is it written in?"))
        self.matter.choices = [("", str(_l("Choose"))), *((one.key, one.name) for one in matters.matters())]

    def check_reachable(self) -> bool:
        if self.wants.data == "mail" and not self.email.data:
            self.refuse(self.email, _l("Write the address that the answer is sent to."))
            return False
        if self.wants.data == "phone" and not self.phone.data:
            self.refuse(self.phone, _l("Write the number that we are to call."))
            return False
        return True

    def begin_anew(self) -> None:
        """Make it another form, with what was written."""
        self.key.data, self.key.raw_data = secrets.token_urlsafe(24), None

    def written(self) -> Written:
        return Written(
            text=self.draft(self["name"].data or "", channel=self.channel.data),
            matter=self.matter.data,
            locality=self.locality.data or "",
            place=self.place.data or "",
            wants=self.wants.data,
            email=self.email.data or "",
            phone=self.phone.data or "",
        )


class BoxForm(BaseForm):
    """A box: what one wants suggestions about."""

    title = LineField(_l("Heading"), [required(_l("Write a heading."))], longest=160)
    lead = TextField(
        _l("What you want suggestions about"),
        [required(_l("Write what you want suggestions about.")), at_least(3)],
        longest=400,
        description=_l("What can be influenced, what cannot, and what the suggestions are for."),
    )
    version = VersionField(validators=[Optional()])


class ShutForm(BaseForm):
    """Why nothing is taken in for now."""

    reason = LineField(
        _l("Why are no suggestions taken in?"),
        [required(_l("Write why, for those who wanted to write."))],
        longest=300,
        description=_l("Stands on the page, for everyone to read."),
    )  # fmt: skip


class NoteForm(BaseForm):
    """Something for the other officials."""

    note = TextField(
        _l("Internal note"), [required(_l("Write a note."))], longest=2000,
        description=_l("Only those who handle suggestions read it. The sender may ask to see it as a public document."),
    )  # fmt: skip


class StatusForm(BaseForm):
    """How far a case has come, and what is said about it."""

    status = RadioField(_l("Status"), validators=[one_of(_l("Choose a status."))])
    answer = TextField(
        _l("Answer"), longest=5000,
        description=_l("Always needed when you close the case. It goes to the sender and stands with the suggestion."),
    )  # fmt: skip
    version = VersionField(validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = [one for one in Status if one is not Status.RECEIVED]
        self.status.choices = [SelectChoice(str(one), STATUS_NAMES[one]) for one in wanted]

    def check_answer(self) -> bool:
        if self.status.data in CLOSING and not self.answer.data:
            self.refuse(self.answer, _l("Write why: a case is never closed without a text."))
            return False
        return True


class AssignForm(BaseForm):
    """Who handles a case."""

    person = SelectField(_l("Who handles it?"))
    version = VersionField(validators=[Optional()])


class MoveForm(BaseForm):
    """What a case concerns, and so whose it is."""

    matter = SelectField(_l("What does it concern?"), validators=[one_of(_l("Choose what it concerns."))])
    version = VersionField(validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter.choices = [(one.key, f"{one.name} ({one.unit})") for one in matters.matters()]


class ReleaseForm(BaseForm):
    """The button that makes it public; `version` is the review's as it was read."""

    version = VersionField(validators=[Optional()])


class ExportForm(BaseForm):
    """The standing box as a file."""

    format = RadioField(_l("Format"), validators=[one_of(_l("Choose a format."))])
    personal_data = BooleanField(
        _l("Include personal data"),
        description=_l("Names, addresses and other things that point at a person. Only if you need them for the case."),
    )


class NoForm(BaseForm):
    """A button and nothing else."""


def written(content: dict[str, Any], key: str) -> Written:
    """What the steps have gathered, as it is handed in."""
    text = Draft(content["text"], content["language"], content["name"], "web", key)
    kept = {name: content.get(name, "") for name in ("matter", "locality", "place", "wants", "email", "phone")}
    return Written(text=text, **kept)


def language_name(code: str) -> str:
    """A language by its own name."""
    return i18n.named(code).endonym
