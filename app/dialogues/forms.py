"""The shape of what people write about dialogues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import DateField as _DateField
from wtforms import RadioField, SelectField, StringField, SubmitField
from wtforms.validators import Optional

from app import ladder
from app.dialogues import bodies
from app.dialogues.criteria import ANSWER_NAMES, CRITERIA
from app.dialogues.models import Ruling
from app.dialogues.stages import GROUP_NAMES
from app.forms import (
    BaseForm,
    EmailField,
    LineField,
    MomentField,
    TextField,
    VersionField,
    at_most,
    email_address,
    one_of,
    required,
)
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
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


class DateField(_DateField):
    """A day; what is no day gets a sentence of our own."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(str(_l("Write a date, for example 2027-03-15."))) from problem


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


class DescriptionForm(EditForm):
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
        [required(_l("Write the purpose."))],
        longest=2000,
        description=_l("What the body wants to know, and what it will use it for. The level follows from the purpose."),
    )


def _level_choices() -> list[tuple[str, str]]:
    return [(one.key, f"{one.name}: {one.residents_get}") for one in ladder.LEVELS[1:]]


class LevelForm(EditForm):
    level = RadioField(
        _l("Level of participation"),
        [one_of(_l("Choose a level."))],
        choices=_level_choices,
        description=_l("No level is better than another: purpose, target group and resources decide."),
        validate_choice=False,  # the rule says what is wrong with it
    )


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
        description=_l("What it will do with the result, and when it shows how it was used. It cannot change later."),
    )
    affected = LineField(
        _l("For people who …"),
        [required(_l("Say whom the question concerns."))],
        longest=300,
        description=_l("Go on with the sentence, for example: live, stay or work in Vara."),
    )


class PlanForm(EditForm):
    opens_at = MomentField(_l("Opens"), [required(_l("Say when the dialogue opens."))])
    closes_at = MomentField(
        _l("Closes"),
        [required(_l("Say when the dialogue closes."))],
        description=_l("From this moment on nothing more can be sent in. Afterwards it can only be made later."),
    )
    decision_on = DateField(
        _l("The body decides on"), [required(_l("Say when the body meets to decide in the matter."))]
    )
    feedback_by = DateField(
        _l("Those who took part are told by"),
        [required(_l("Say by when those who took part are told what became of it."))],
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


class ResumeForm(BaseForm):
    closes_at = MomentField(_l("Closes"), [required(_l("Say when the dialogue closes."))])


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


class MinutesForm(BaseForm):
    """What the minutes say."""

    body_key = SelectField(
        _l("Body"),
        choices=lambda: [("", str(_l("Choose a body"))), *((one.key, one.name) for one in bodies.bodies())],
        validators=[one_of(_l("Choose an elected body from the list."))],
        validate_choice=False,
    )
    decided_on = DateField(_l("Day of the meeting"), [required(_l("Give the day of the meeting."))])
    section_no = LineField(_l("§ in the minutes"), [required(_l("Give the § in the minutes."))], longest=20)
    case_number = LineField(_l("Case number"), [required(_l("Give the case number."))], longest=60)
    url = StringField(
        _l("Address of the minutes"), [at_most(500)], filters=[lambda value: (value or "").strip()],
        description=_l("Where anyone can read them, if they are published."),
    )  # fmt: skip


class DecisionForm(MinutesForm):
    outcome = RadioField(_l("What did the body decide?"), [one_of(_l("Choose what the body decided."))])
    reason = TextField(
        _l("Why"),
        longest=2000,
        description=_l("Needed where it was turned down, called off or not decided. Everyone can read it."),
    )


class CancelForm(MinutesForm):
    reason = TextField(_l("Why it is called off"), [required(_l("Say why, in words that everyone can read."))])


class MendForm(MinutesForm):
    why = TextField(
        _l("What was wrong?"),
        [required(_l("Say what was wrong."))],
        longest=2000,
        description=_l("The mistaken record stays; this one takes its place."),
    )
