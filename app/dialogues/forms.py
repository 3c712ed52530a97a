"""The shape of what people write about dialogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, SubmitField
from wtforms.validators import Optional, StopValidation, ValidationError

from app import ladder
from app.dialogues import bodies, purposes
from app.dialogues.changes.forms import Reasoned
from app.dialogues.criteria import ANSWER_NAMES, CRITERIA
from app.dialogues.models import Ruling
from app.dialogues.stages import GROUP_NAMES
from app.forms import (
    BaseForm,
    DateField,
    EmailField,
    LineField,
    MomentField,
    TextField,
    VersionField,
    at_least,
    at_most,
    email_address,
    one_of,
    required,
)
from app.i18n import LazyText, lazy_p, long_date
from app.i18n import lazy as _l
from app.policy.texts import CriterionText
from app.search.core.words import LONGEST_QUESTION


def _named(names: Mapping[Any, LazyText]) -> list[tuple[str, str]]:
    return [(str(key), str(name)) for key, name in names.items()]


class FilterForm(BaseForm):
    """What the public list shows. Sent with GET, so there is nothing to forge and no cookie."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = LineField(_l("Words in the dialogue"), longest=LONGEST_QUESTION)
    visa = SelectField(_l("Show"), choices=lambda: [("", str(_l("All dialogues"))), *_named(GROUP_NAMES)])
    niva = SelectField(
        _l("Level of participation"),
        choices=lambda: [("", str(_l("All levels"))), *((one.key, str(one.name)) for one in ladder.LEVELS[1:])],
    )


class EditForm(BaseForm):
    """An edit that began at a version of what is edited: a second editor is told instead of overwriting."""

    version = VersionField(validators=[Optional()])

    def begin_again(self, version: int) -> None:
        """Keep what was written and let it be saved over what somebody else has saved meanwhile."""
        self.version.data, self.version.raw_data = version, None


class ProposeForm(BaseForm):
    title = LineField(
        _l("Short title"),
        [required(_l("Give a short title."))],
        longest=80,
        description=_l("As in lists and addresses: a place or a thing, for example Drottninggatan."),
    )
    question = LineField(
        _l("Question"),
        [required(_l("Write the question that residents are asked."))],
        longest=200,
        description=_l("One question, neutral and plain, for example: What should Drottninggatan look like?"),
    )


class QuestionForm(EditForm):
    title = ProposeForm.title
    question = ProposeForm.question


class DescriptionForm(Reasoned, EditForm):
    summary = TextField(
        _l("Summary"),
        [required(_l("Write the summary that residents read first."))],
        longest=2000,
        description=_l("Two or three sentences: what it is about, why now, and what can change."),
    )
    contact_name = LineField(_l("Whom to ask"), [required(_l("Name a person to ask."))], longest=120)
    contact_email = EmailField(_l("E-mail address"), [Optional(), email_address()], render_kw={"autocomplete": "off"})
    contact_phone = LineField(_l("Phone"), longest=40)


class PurposeForm(EditForm):
    purpose = TextField(
        _l("Purpose"),
        [required(_l("Write the purpose.")), at_least(purposes.LEAST)],
        longest=purposes.MOST,
        description=_l(
            "What the body wants to know, and what it will use it for. Be concrete: somebody else reads it before it "
            "goes on. The level follows from the purpose."
        ),
    )


def level_choices() -> list[tuple[str, str]]:
    return [(one.key, f"{one.name}: {one.residents_get}") for one in ladder.LEVELS[1:]]


class PromiseForm(EditForm):
    body_key = SelectField(
        _l("Who decides"),
        choices=lambda: [("", str(_l("Choose a body"))), *((one.key, one.name) for one in bodies.bodies())],
        validators=[one_of(_l("Choose an elected body from the list."))],
        validate_choice=False,
        description=_l("An elected body, never a unit or a person."),
    )
    promise = TextField(
        _l("What the body promises"),
        [required(_l("Write what the body promises to do with the result."))],
        longest=2000,
        description=_l(
            "What those who take part can count on: that all is read, and when they are told. It cannot change later."
        ),
    )
    commitment = TextField(
        _l("How the result is used"),
        [required(_l("Write how the body will use the result."))],
        longest=2000,
        description=_l(
            "In which decision it counts, and how much beside money, law and other facts. Everyone reads it before "
            "taking part."
        ),
    )
    affected = LineField(
        _l("For people who …"),
        [required(_l("Say whom the question concerns."))],
        longest=300,
        description=_l("Go on with the sentence, for example: live, stay or work in Vara."),
    )


class ScopeForm(EditForm):
    is_open = RadioField(
        _l("What is it?"),
        choices=lambda: [("open", str(_l("It can be influenced"))), ("fixed", str(_l("It is already fixed")))],
        validators=[one_of(_l("Choose one."))],
    )
    text = LineField(_l("What"), [required(_l("Write what it is."))], longest=300)
    why = LineField(_l("Why it is fixed"), longest=300, description=_l("Only for what is already fixed."))


class ButtonForm(BaseForm):
    """A button and nothing else: it carries the token against forgery."""


class CriteriaForm(BaseForm):
    """The four criteria: an answer and a reason each. Its fields are made from the list of criteria."""

    def speak(self, criteria: Iterable[CriterionText]) -> None:
        """Ask in the words of the guideline that binds the dialogue."""
        for one in criteria:
            self[one.key].label.text = one.question
            self[f"{one.key}_reason"].description = one.hint


for _one in CRITERIA:
    setattr(
        CriteriaForm,
        _one.key,
        RadioField(_one.question, [one_of(_l("Choose an answer."))], choices=lambda: _named(ANSWER_NAMES)),
    )
    setattr(
        CriteriaForm,
        f"{_one.key}_reason",
        TextField(lazy_p("criterion", "Why?"), [required(_l("Say why."))], longest=2000, description=_one.hint),
    )


class MoveForm(BaseForm):
    note = TextField(_l("Note for the log"), longest=2000)


class NoteForm(MoveForm):
    """For steps that nobody takes without a word."""

    note = TextField(_l("Why?"), [required(_l("Write something here."))], longest=2000)


class ExtendForm(BaseForm):
    closes_at = MomentField(_l("Closes"), [required(_l("Say when the dialogue closes."))])
    why = TextField(
        _l("Why?"),
        [required(_l("Say why it is changed. Everyone can read this."))],
        longest=1000,
        description=_l("It is shown on the page of the dialogue and sent to those who have taken part."),
    )


class ResumeForm(ExtendForm):
    """`make_up` says how much: its words are the page's."""

    make_up = BooleanField()
    why = TextField(
        _l("Why can it go on now?"),
        [required(_l("Say why it is changed. Everyone can read this."))],
        longest=1000,
        description=_l("It is shown on the page of the dialogue and sent to those who have taken part."),
    )


class OutcomeForm(EditForm):
    heading = LineField(
        _l("Heading"),
        [required(_l("Write a heading."))],
        longest=160,
        description=_l("What became of it, in one sentence: There will be trees along the whole street."),
    )
    lead = TextField(_l("First paragraph"), [required(_l("Write the first paragraph."))], longest=400)
    body = TextField(
        _l("Text"),
        [required(_l("Write the text."))],
        description=_l("What came in, what was decided, and why what was not followed was not. Markdown can be used."),
    )
    save = SubmitField()
    preview = SubmitField()


RULING_NAMES: Mapping[Ruling, LazyText] = {
    Ruling.APPROVED: lazy_p("decision", "Approved"),
    Ruling.REJECTED: lazy_p("decision", "Turned down"),
    Ruling.NONE: lazy_p("decision", "No decision was made"),
}


class _DayOfMeeting:
    """A day must be said: one of the body's meetings, or another day. Both would be one too many."""

    field_flags: Mapping[str, bool] = {}

    def __call__(self, form: Any, field: Any) -> None:
        if not "".join(field.raw_data or ()).strip():
            field.errors = []  # WTForms calls an empty day a wrong one
        elif field.process_errors:
            raise StopValidation
        chosen = form.meeting.data if form.offered else ""
        if not chosen and field.data is None:
            raise StopValidation(str(_l("Give the day of the meeting.")))
        if chosen and field.data is not None and field.data.isoformat() != chosen:
            raise StopValidation(str(_l("You have chosen a meeting and written another day. Keep one of them.")))


class _OfTheBody:
    """A meeting from the list, of the body that is chosen beside it."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            return
        if field.data not in dict(field.choices):
            raise ValidationError(str(_l("Choose a meeting from the list.")))
        if form.body_key.data != form.offered.key:
            sentence = _l("This is a meeting of %(body)s. Choose that body, or write another day.")
            raise ValidationError(str(sentence.filled(body=form.offered.name)))


class MinutesForm(EditForm):
    """What the minutes say; the version is of what the body decided about, as one has read it."""

    body_key = SelectField(
        _l("Body"),
        choices=lambda: [("", str(_l("Choose a body"))), *((one.key, one.name) for one in bodies.bodies())],
        validators=[one_of(_l("Choose an elected body from the list."))],
        validate_choice=False,
    )
    meeting = SelectField(lazy_p("body", "Meeting"), [_OfTheBody()], choices=list, validate_choice=False)
    decided_on = DateField(_l("Day of the meeting"), [_DayOfMeeting()])
    section_no = LineField(_l("§ in the minutes"), [required(_l("Give the § in the minutes."))], longest=20)
    case_number = LineField(_l("Case number"), [required(_l("Give the case number."))], longest=60)
    url = StringField(
        _l("Address of the minutes"), [at_most(500)], filters=[lambda value: (value or "").strip()],
        description=_l("Where anyone can read them, if they are published."),
    )  # fmt: skip

    offered: bodies.Body | None = None  # whose meetings one chooses among

    def offer(self, body: bodies.Body | None, days: Sequence[date]) -> None:
        """Let one choose among the days on which this body met; without any, the day is written."""
        if body is None or not days:
            del self.meeting
            self.decided_on.flags.required = True  # type: ignore[attr-defined]  # flags are made up as one goes
            return
        self.offered = body
        self.meeting.label.text = _l("Meeting of %(body)s", body=body.name)
        self.meeting.choices = [("", str(_l("Another day"))), *((one.isoformat(), long_date(one)) for one in days)]
        self.decided_on.label.text = _l("Another day")
        self.decided_on.description = _l("Only where the meeting is not in the list.")

    @property
    def day(self) -> date:
        """The day of the meeting, once the form holds."""
        chosen = self.meeting.data if self.offered else ""
        day: date = self.decided_on.data or date.fromisoformat(chosen)
        return day


class DecisionForm(MinutesForm):
    outcome = RadioField(_l("What did the body decide?"), [one_of(_l("Choose what the body decided."))])
    reason = TextField(
        _l("Why"),
        longest=2000,
        description=_l("Needed where it was turned down, called off or not decided. Everyone can read it."),
    )


class CancelForm(MinutesForm):
    reason = TextField(_l("Why it is called off"), [required(_l("Say why, in words that everyone can read."))])


class CloseForm(MinutesForm):
    reason = TextField(
        _l("Why it closes early"),
        [required(_l("Say why, in words that everyone can read."))],
        longest=2000,
        description=_l("The dialogue closes as soon as you record this. Everyone can read the reason."),
    )


class LaterForm(MinutesForm):
    reason = TextField(
        _l("What the body decided"),
        [required(_l("Say what the body decided, in words that everyone can read."))],
        longest=2000,
        description=_l("One or two sentences that everyone can read."),
    )


class MendForm(MinutesForm):
    why = TextField(
        _l("What was wrong?"),
        [required(_l("Say what was wrong."))],
        longest=2000,
        description=_l("The mistaken record stays; this one takes its place."),
    )
