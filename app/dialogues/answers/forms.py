"""The shape of what people write after a dialogue has closed."""

from __future__ import annotations

from typing import Any

from wtforms import Field, IntegerField, RadioField
from wtforms.validators import Optional, StopValidation

from app import i18n, richtext
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.answers.models import About
from app.dialogues.answers.wording import ABOUT_NAMES, PROGRESS_NAMES, STANCE_NAMES, WAY_NAMES
from app.dialogues.forms import EditForm
from app.forms import (
    BaseForm,
    DateField,
    EmailField,
    LineField,
    TextField,
    VersionField,
    between,
    email_address,
    one_of,
    required,
)
from app.i18n import lazy as _l

MOST = 10_000_000  # answers and contributions: more than a municipality will ever get
WHOLE_NUMBER = _l("Write a whole number, for example 120.")


class CountField(IntegerField):
    """How many there are; None where nothing was written."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join(richtext.one_line(valuelist[0] if valuelist else "").split())
        self.data = None
        if typed:
            try:
                self.data = int(typed[:20])
            except ValueError as problem:
                raise ValueError(str(WHOLE_NUMBER)) from problem


class Given:
    """A number must be given, and none is one; what could not be read has its own sentence already."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it so

    def __call__(self, _form: Any, field: Field) -> None:
        if field.process_errors:
            raise StopValidation
        if field.data is None:
            raise StopValidation(str(WHOLE_NUMBER))


def _count(label: i18n.LazyText, description: Any = "", *, given: bool = False) -> Any:
    limits = between(0, MOST, WHOLE_NUMBER)
    return CountField(label, [Given() if given else Optional(), limits], description=description)


class ThemeForm(EditForm):
    name = LineField(
        _l("Theme"),
        [required(_l("Give the theme a name."))],
        longest=160,
        description=_l("A few words that say what many wanted, for example: Trees and shade along the whole street."),
    )
    said = TextField(
        _l("What people said"),
        [required(_l("Write what people said."))],
        longest=4000,
        description=_l(
            "Short, in their own words, without names. Say too where they did not agree. Markdown can be used."
        ),
    )
    count = _count(
        _l("About how many said it"),
        _l("How many answers and contributions are about this. One may be counted in several themes."),
        given=True,
    )


class WholeForm(EditForm):
    finding = LineField(
        _l("What is most important"),
        [required(_l("Write what is most important, in one sentence."))],
        longest=160,
        description=_l("The heading of the result. Say what was found: Trees and a safe cycle path matter most."),
    )
    read_in_all = _count(
        _l("How many have been read in all"),
        _l("Answers and contributions together, from the web, on paper, from the phone and from meetings."),
        given=True,
    )
    other_count = _count(
        _l("How many of them are in no theme"), _l("Write 0 if all of them are in a theme."), given=True
    )
    other = LineField(
        _l("What else was said"), longest=400, description=_l("In a sentence or two: what the rest was about.")
    )
    lives = _count(_l("How many live there"), _l("Only where it was asked; else leave these three empty."))
    stays = _count(_l("How many stay there often"))
    works = _count(_l("How many work there or run something there"))
    who = TextField(
        _l("Who took part, and who is missing"),
        [required(_l("Write who took part, and who is missing."))],
        longest=4000,
        description=_l("Compare with those whom the question concerns, and say how the priority groups took part."),
    )
    method_note = TextField(
        _l("How it was put together"),
        [required(_l("Write how the answers were put together."))],
        longest=4000,
        description=_l("Who read, how the themes came about, and how answers from different ways in were weighed."),
    )
    limits = TextField(
        _l("What the answers cannot say"),
        [required(_l("Write what the answers cannot say."))],
        longest=4000,
        description=_l("For example that those who answered chose to do so themselves."),
    )


class ConfirmForm(BaseForm):
    """The edition that somebody has read."""

    edition = VersionField(validators=[Optional()])


class HandOverForm(BaseForm):
    meeting = RadioField(
        _l("The meeting of the body"),
        [one_of(_l("Choose a meeting whose last day for papers has not passed."))],
        validate_choice=False,
        description=_l("The report is frozen and belongs to the papers of this meeting."),
    )
    note = TextField(
        _l("What is new since the report before"),
        longest=2000,
        description=_l("The body and everyone else can read it. The earlier report stays as it is."),
    )

    def offer(self, meetings: list[BodyMeeting]) -> None:
        """The meetings that can be chosen; the first one is, where there is any."""
        named = _l("%(day)s, papers by %(papers)s")
        self.meeting.choices = [
            (str(one.id), str(named.filled(day=one.held_on, papers=one.papers_by))) for one in meetings
        ]


def _named(names: Any) -> list[tuple[str, str]]:
    return [(str(key), str(name)) for key, name in names.items()]


def _of(told: list[About]) -> list[tuple[str, str]]:
    return [(str(one), str(ABOUT_NAMES[one])) for one in told]


class ConsiderationForm(EditForm):
    stance = RadioField(
        _l("Does the decision follow it?"), [one_of(_l("Choose one."))], choices=lambda: _named(STANCE_NAMES)
    )
    why = TextField(
        _l("Why"),
        [required(_l("Say why, in words that everyone can read."))],
        longest=2000,
        description=_l(
            "What the body decided about this, and for which reasons. Say it plainly where it was not followed."
        ),
    )


class ToldForm(BaseForm):
    about = RadioField(_l("What were they told?"), [one_of(_l("Choose one."))], validate_choice=False)
    way = RadioField(_l("How?"), [one_of(_l("Choose one."))], choices=lambda: _named(WAY_NAMES))
    count = _count(_l("How many, roughly"), given=True)
    note = LineField(
        _l("Where and when"),
        longest=300,
        description=_l("For example: put up in the library 3 May. Never name people."),
    )

    def offer(self, told: list[About]) -> None:
        self.about.choices = _of(told)


class BounceForm(BaseForm):
    """Prefixed, because it stands on the same page as the form above."""

    about = RadioField(_l("Which mail came back?"), [one_of(_l("Choose one."))], validate_choice=False)
    address = EmailField(
        _l("The address that it came back from"),
        [required(_l("Write the address.")), email_address()],
        render_kw={"autocomplete": "off"},
        description=_l("It is looked up and not kept: the log knows no addresses."),
    )

    def offer(self, told: list[About]) -> None:
        self.about.choices = _of(told)


class StrikeForm(BaseForm):
    why = LineField(_l("What was wrong?"), [required(_l("Say what was wrong."))], longest=300)


class FollowUpForm(EditForm):
    text = LineField(
        _l("What the municipality does"),
        [required(_l("Write what is to be done."))],
        longest=300,
        description=_l("One thing that one can see is done, for example: 34 trees are planted along the street."),
    )
    unit = LineField(_l("Who is responsible"), [required(_l("Write which unit is responsible."))], longest=120)
    due_on = DateField(_l("Done by"), [required(_l("Give a day."))])


class ProgressForm(FollowUpForm):
    progress = RadioField(
        _l("How far has it come?"), [one_of(_l("Choose one."))], choices=lambda: _named(PROGRESS_NAMES)
    )
    why = LineField(
        _l("A word about how far it has come"), longest=400,
        description=_l("Needed where it will not be done: say why. Everyone can read it."),
    )  # fmt: skip
