"""The shape of a meeting as it is planned, of a sign-up, and of what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app import i18n
from app.contributions.forms import SENT_BEFORE
from app.forms import (
    BaseForm,
    EmailField,
    LineField,
    MomentField,
    SeveralField,
    TextField,
    at_least,
    between,
    email_address,
    one_of,
    required,
)
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.information.meetings.core import said
from app.levels.information.meetings.models import Form
from app.levels.information.meetings.service import Entry, Guest, Plan

FORMS = {
    Form.OPEN_MEETING: lazy_p("meeting", "Open meeting"),
    Form.DIALOGUE_CAFE: lazy_p("meeting", "Dialogue café"),
    Form.OPEN_SPACE: lazy_p("meeting", "Open space"),
    Form.FOCUS_GROUP: lazy_p("meeting", "Focus group"),
    Form.VILLAGE_WALK: lazy_p("meeting", "Village walk"),
    Form.INFORMATION_MEETING: lazy_p("meeting", "Information meeting"),
}
WISHES = {
    "step_free": _l("I need to get in without steps"),
    "hearing_loop": _l("I need a hearing loop"),
    "sign_language": _l("I need a sign-language interpreter"),
    "interpreter": _l("I need an interpreter into another language. I write which one below."),
    "companion": _l("I bring an assistant or a companion"),
}
CHANNELS = {"phone": lazy_p("channel", "On the phone"), "paper": lazy_p("channel", "On paper")}
MOST_SEATS = 5000


class MeetingForm(BaseForm):
    """A meeting as it is planned."""

    form = RadioField(
        _l("How does one meet?"),
        choices=[SelectChoice(str(key), name) for key, name in FORMS.items()],
        default=Form.OPEN_MEETING,
        validators=[one_of(_l("Choose how one meets."))],
    )
    title = LineField(_l("Heading"), [required(_l("Write a heading.")), at_least(3)], longest=160)
    lead = TextField(
        _l("What the meeting is about"),
        [required(_l("Write in one or two sentences what the meeting is about."))],
        longest=400,
        description=_l("One or two sentences. They also show in lists."),
    )
    starts_at = MomentField(_l("It begins"), [required(_l("Write when the meeting begins."))])
    ends_at = MomentField(_l("It ends"), [required(_l("Write when the meeting ends."))])
    place = LineField(
        _l("Place"), [required(_l("Write where it is."))], longest=200,
        description=_l("The name of the place and its address, so that somebody who has never been there finds it."),
    )  # fmt: skip
    access = TextField(
        _l("How one gets there and takes part"),
        [required(_l("Write how one gets in, and what there is for those who need it."))],
        longest=1000,
        description=_l("Steps, lift, toilet, hearing loop, parking, the nearest stop. Write also what is missing."),
    )
    about = TextField(_l("More about the meeting"), [Optional()], longest=20_000)
    takes_sign_ups = BooleanField(_l("Those who want to come sign up first"), default=True)
    seats = IntegerField(
        _l("Number of seats"),
        [Optional(), between(1, MOST_SEATS, _l("Write a whole number from 1 to 5000, or leave it empty."))],
        description=_l("Leave it empty if there is room for all who come."),
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def offer(self, forms: Sequence[Form]) -> None:
        """Let these ways to meet be chosen; a single one is chosen already."""
        self.form.choices = [SelectChoice(str(key), FORMS[key]) for key in forms]
        if len(forms) == 1 and not self.is_submitted():
            self.form.data = str(forms[0])

    def check_order(self) -> bool:
        """A meeting ends after it has begun, and on the same or the next day. Puts the sentence at the field."""
        begins, ends = self.starts_at.data, self.ends_at.data
        if begins is not None and ends is not None and ends <= begins:
            self.refuse(self.ends_at, _l("The meeting must end after it has begun."))
            return False
        return True

    def plan(self) -> Plan:
        """What was written."""
        names = ("form", "title", "lead", "about", "starts_at", "ends_at", "place", "access", "takes_sign_ups", "seats")
        values: dict[str, Any] = {name: getattr(self, name).data for name in names}
        return Plan(**{**values, "about": values["about"] or ""})


class SignUpForm(BaseForm):
    """One person who wants to come."""

    name = LineField(
        _l("Your name"), [required(_l("Write your name."))], longest=120, render_kw={"autocomplete": "name"},
        description=_l("So that we can greet you. It is not shown to others."),
    )  # fmt: skip
    email = EmailField(
        _l("E-mail address"),
        [required(_l("Write your e-mail address. If you have none, call us and we sign you up.")), email_address()],
        description=_l("We write if something changes."),
    )
    wishes = SeveralField(
        _l("What do you need to take part?"),
        choices=[SelectChoice(key, name) for key, name in WISHES.items()],
        description=_l("Only those who hold the meeting see this. It is deleted a month after the meeting."),
    )
    wishes_more = TextField(
        _l("Something else that we should know"), [Optional()], longest=500,
        description=_l("For example which language you want an interpreter for."),
    )  # fmt: skip
    form_key = HiddenField()

    def guest(self) -> Guest:
        return Guest(
            name=self.name.data or "",
            email=self.email.data or "",
            wishes=self.wishes.data or [],
            wishes_more=self.wishes_more.data or "",
        )


class RegisterForm(BaseForm):
    """Somebody who called or wrote, as the contact centre writes it down."""

    channel = RadioField(
        _l("How did they get in touch?"),
        choices=[SelectChoice(key, name) for key, name in CHANNELS.items()],
        default="phone",
        validators=[one_of(_l("Choose how they got in touch."))],
    )
    name = LineField(_l("The person's name"), [required(_l("Write the person's name."))], longest=120)
    phone = LineField(
        _l("The person's phone number"), longest=40, render_kw={"dir": "ltr", "autocomplete": "off"},
        description=_l("A phone number or an e-mail address, so that they can be told if something changes."),
    )  # fmt: skip
    email = EmailField(_l("The person's e-mail address"), [Optional(), email_address()])
    language = SelectField(_l("Language in which they are written to"), validators=[one_of(_l("Choose a language."))])
    wishes = SeveralField(
        _l("What does the person need to take part?"), choices=[SelectChoice(key, name) for key, name in WISHES.items()]
    )
    wishes_more = TextField(_l("Something else to know"), [Optional()], longest=500)
    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(one.code, one.endonym) for one in i18n.shipped()]

    def check_reachable(self) -> bool:
        """Somebody who cannot be reached cannot be told that the meeting is called off."""
        if self.phone.data or self.email.data:
            return True
        self.refuse(self.phone, _l("Write a phone number or an e-mail address."))
        return False

    def guest(self) -> Guest:
        return Guest(
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            wishes=self.wishes.data or [],
            wishes_more=self.wishes_more.data or "",
            language=self.language.data or "",
            channel=self.channel.data or "phone",
        )


class CancelForm(BaseForm):
    """Why a meeting is called off."""

    reason = LineField(
        _l("Why is it called off?"),
        [required(_l("Write why, for those who had planned to come."))],
        longest=300,
        description=_l("Everyone who has signed up gets this by e-mail, and it stands on the page."),
    )


class MinutesForm(BaseForm):
    """What came of a meeting."""

    minutes = TextField(
        _l("What came of the meeting"),
        [required(_l("Write what was said and what happens with it."))],
        longest=20_000,
        description=_l("What was said, in words that those who came recognise, and what happens with it. No names."),
    )
    attended = IntegerField(
        _l("How many came?"), [Optional(), between(0, 100_000, _l("Write a whole number, or leave it empty."))]
    )


class SaidForm(BaseForm):
    """What was said at a meeting, as it is typed in afterwards."""

    lines = TextField(
        _l("What was said"),
        [required(_l("Write what was said, one line each."))],
        longest=100_000,
        description=_l(
            "One line each, in their words and without names. "
            "A line that begins with # names the table or theme of the lines below it."
        ),
    )
    language = SelectField(_l("Language of the lines"), validators=[one_of(_l("Choose a language."))])
    reads_first = BooleanField(_l("A moderator reads every line before it is shown"))
    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(one.code, one.endonym) for one in i18n.shipped()]

    def validate_lines(self, field: Any) -> None:
        found, wrong = said.lines_of(field.data or "")
        if wrong:
            sentence = _l("Line %(number)s may have at most %(most)s characters.")
            raise ValidationError(str(sentence.filled(number=wrong[0].number, most=wrong[0].most)))
        if not found:
            raise ValidationError(str(_l("Write what was said, one line each.")))
        if len(found) > said.MOST_LINES:
            raise ValidationError(str(_l("At most %(most)s lines can be entered at a time.", most=said.MOST_LINES)))

    def begin_again(self) -> None:
        """What stands here has not been saved: say so, and let it be sent as a form of its own."""
        self.form_key.data, self.form_key.raw_data = secrets.token_urlsafe(16), None
        self.refuse(self.lines, SENT_BEFORE)

    def entry(self) -> Entry:
        """What was typed, line by line."""
        found, _wrong = said.lines_of(self.lines.data or "")
        return Entry(found, self.language.data or "", self.reads_first.data)


class NoForm(BaseForm):
    """A button and nothing else."""
