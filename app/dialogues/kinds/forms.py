"""The shape of what officials write about the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app.dialogues import bodies
from app.dialogues.forms import EditForm, ProposeForm
from app.dialogues.kinds.core.proposal import Answers
from app.dialogues.kinds.words import LAW_NAMES, MEANINGS
from app.dialogues.stages import KIND_NAMES, Kind
from app.forms import BaseForm, DateField, LineField, MomentField, TextField, at_most, one_of, required
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l

YES_OR_NO = (("ja", lazy_p("intake", "Yes")), ("nej", lazy_p("intake", "No")))
ELSEWHERE = "elsewhere"  # not to an entry here, but to whoever else answers for it
FIELDS = ("one_group", "experience", "decided", "statutory")  # the four questions, by the fields of `Answers`


def _yes_or_no(question: LazyText, hint: LazyText) -> Any:
    choices = [SelectChoice(key, name) for key, name in YES_OR_NO]
    return RadioField(question, [one_of(_l("Choose yes or no."))], choices=choices, description=hint)


class QuestionsForm(BaseForm):
    """The first four questions. Sent with GET: nothing is kept until the kind is chosen, on the next page."""

    class Meta(BaseForm.Meta):
        csrf = False

    one_group = _yes_or_no(
        _l("Does it concern only one group, who use one service?"),
        _l("For example the guests of a day centre, or parents at one preschool."),
    )
    experience = _yes_or_no(
        _l("Is it about how a service is experienced, or how it should develop?"),
        _l("Food, opening hours, how people are treated: what the unit itself can change."),
    )
    decided = _yes_or_no(
        _l("Has a decision been made already, or has the body fixed its position?"),
        _l("If so there is nothing to ask about. People are told what has been decided, and why."),
    )
    statutory = _yes_or_no(
        _l("Does a law demand that people are consulted?"),
        _l("For example the Planning and Building Act, when a detailed plan is made."),
    )
    slag = HiddenField()

    def is_answered(self) -> bool:
        """Whether each of the four has its answer."""
        return bool(self.validate())

    def answers(self) -> Answers:
        return Answers(**{name: self[name].data == "ja" for name in FIELDS})

    def as_sent(self) -> dict[str, str]:
        """The answers as they stand in an address."""
        return {name: self[name].data for name in FIELDS}


class ChooseForm(BaseForm):
    """The same questions about a citizens' dialogue that was begun without them."""

    one_group = QuestionsForm.one_group
    experience = QuestionsForm.experience
    decided = QuestionsForm.decided
    statutory = QuestionsForm.statutory
    reason = TextField(
        _l("Why is it a citizen dialogue, if your answers propose another kind?"),
        longest=2000,
        description=_l("It is kept with your answers."),
    )

    def answers(self) -> Answers:
        return Answers(**{name: self[name].data == "ja" for name in FIELDS})


class BeginForm(ProposeForm):
    """Which kind it is, and what it is about."""

    kind = RadioField(_l("What kind is it?"), [one_of(_l("Choose a kind."))], validate_choice=False)
    reason = TextField(
        _l("Why is it another kind than your answers propose?"),
        longest=2000,
        description=_l("Needed only where you choose another kind. It is kept with your answers."),
    )
    question = LineField(
        _l("The question, or a heading"),
        [required(_l("Write the question, or what it is about."))],
        longest=200,
        description=_l(
            "For a dialogue: one question, neutral and plain. For information and consultations: what it is about, "
            "in one sentence."
        ),
    )

    def offer(self, kinds: tuple[Kind, ...]) -> None:
        """Let these kinds be chosen."""
        self.kind.choices = [SelectChoice(str(kind), f"{KIND_NAMES[kind]}: {MEANINGS[kind]}") for kind in kinds]


class AboutForm(EditForm):
    """What information or a consultation is about."""

    title = ProposeForm.title
    question = LineField(
        _l("Heading"),
        [required(_l("Write what it is about, in one sentence."))],
        longest=200,
        description=_l("What it is about, in one sentence that everyone understands."),
    )
    affected = LineField(
        _l("For people who …"),
        longest=300,
        description=_l("Go on with the sentence, for example: live, stay or work in Vara."),
    )


class UserAboutForm(EditForm):
    """What a user dialogue is about."""

    title = ProposeForm.title
    question = ProposeForm.question
    unit = LineField(
        _l("The service or the unit"),
        [required(_l("Name the service or the unit whose users are asked."))],
        longest=120,
        description=_l("The unit holds the dialogue and answers for it. A unit, never a person."),
    )
    affected = LineField(
        _l("For people who …"),
        [required(_l("Say who uses the service: the group that is asked."))],
        longest=300,
        description=_l("Go on with the sentence, for example: eat at Torggården."),
    )
    purpose = TextField(
        _l("Purpose"),
        [required(_l("Write the purpose."))],
        longest=2000,
        description=_l("What the unit wants to know, and what it will use it for."),
    )


class PeriodForm(EditForm):
    """When a user dialogue is held, and what those who answer are promised."""

    opens_at = MomentField(_l("Opens"), [required(_l("Say when the dialogue opens."))])
    closes_at = MomentField(
        _l("Closes"),
        [required(_l("Say when the dialogue closes."))],
        description=_l("From this moment on nothing more can be sent in. Afterwards it can only be made later."),
    )
    feedback_by = DateField(
        _l("Those who took part are told by"),
        [required(_l("Say by when those who took part are told what became of it."))],
    )
    promise = TextField(
        _l("What the unit promises"),
        [required(_l("Write what you do with the answers, and how those who answered are told."))],
        longest=2000,
        description=_l("What it will do with the answers, and how it tells what became of them."),
    )


class ToldForm(EditForm):
    """The decision that information tells of."""

    body_key = SelectField(
        _l("Who decided"),
        choices=lambda: [("", str(_l("Choose a body"))), *((one.key, one.name) for one in bodies.bodies())],
        validators=[one_of(_l("Choose an elected body from the list."))],
        validate_choice=False,
    )
    decided_on = DateField(_l("Day of the meeting"), [required(_l("Give the day of the meeting."))])
    section_no = LineField(_l("§ in the minutes"), [required(_l("Give the § in the minutes."))], longest=20)
    url = StringField(
        _l("Address of the minutes"), [at_most(500)], filters=[lambda value: (value or "").strip()],
        description=_l("Where anyone can read them, if they are published."),
    )  # fmt: skip


class CorrectedForm(ToldForm):
    """The same where it is public already."""

    reason = TextField(
        _l("What was wrong?"),
        [required(_l("Say what was wrong."))],
        longest=2000,
        description=_l("The earlier words stay in the log."),
    )


class ProcessForm(EditForm):
    """Where and when a consultation is held."""

    law = SelectField(
        _l("What demands the consultation?"),
        choices=lambda: [("", str(_l("Choose a law"))), *((key, str(name)) for key, name in LAW_NAMES.items())],
        validators=[one_of(_l("Choose what demands the consultation."))],
        validate_choice=False,
    )
    url = StringField(
        _l("Address of the consultation"),
        [required(_l("Give the address where the consultation is held.")), at_most(500)],
        filters=[lambda value: (value or "").strip()],
        description=_l("The page where people read the proposal and send in what they think."),
    )
    first = DateField(_l("First day"), [required(_l("Give the first day."))])
    last = DateField(_l("Last day"), [required(_l("Give the last day."))])


class RedirectForm(BaseForm):
    """Where a question belongs that is no citizens' dialogue, and why."""

    to = SelectField(
        _l("Where does it belong?"),
        [one_of(_l("Choose where the question belongs."))],
        validate_choice=False,
        description=_l("A new entry takes the title, the question, the summary and the contact along."),
    )
    reason = TextField(
        _l("Why?"),
        [required(_l("Say why, in words that everyone can read."))],
        longest=2000,
        description=_l("It stands on the page of the entry, for everyone to read."),
    )

    def offer(self, kinds: tuple[Kind, ...], entries: Mapping[int, str], authority: str = "") -> None:
        """Let it be sent to a new entry of these kinds, to one of these (id → what it is called), or to somebody else.

        `authority` is the name of who answers for it outside the municipality, if anybody.
        """
        made = [(str(kind), str(_l("A new entry: %(kind)s", kind=KIND_NAMES[kind]))) for kind in kinds]
        there = [(str(number), name) for number, name in entries.items()]
        referred = [(ELSEWHERE, authority)] if authority else []
        self.to.choices = [("", str(_l("Choose"))), *referred, *made, *there]
