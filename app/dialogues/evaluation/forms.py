"""The shape of what people write in evaluations. The questions themselves come from the question engine."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField

from app import ladder
from app.dialogues.evaluation import retention
from app.dialogues.evaluation.queries import Waiting
from app.dialogues.evaluation.standard import DUTY_NAMES, PART_NAMES, TAKEN_NAMES, Duty, Improvement, Part, Reach
from app.dialogues.forms import EditForm
from app.dialogues.models import Dialogue
from app.forms import BaseForm, LineField, TextField, one_of, required
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.questions.forms import PageForm


class ResidentsForm(PageForm):
    """What those who took part send in. `chance` is drawn with the form, so that one form is taken once."""

    chance = HiddenField()


class StaffForm(PageForm):
    """What somebody who worked with the dialogue sends in, in one of their duties."""

    duty = RadioField(_l("In which duty do you answer?"), [one_of(_l("Choose a duty that you have."))])
    comment = TextField(_l("What worked well, and what did not?"), longest=2000)

    def offer(self, duties: Sequence[Duty]) -> None:
        """The duties that this person has."""
        self.duty.choices = [(str(one), str(DUTY_NAMES[one])) for one in duties]
        if len(duties) == 1 and not self.is_submitted():
            self.duty.data = str(duties[0])


class SilenceForm(BaseForm):
    reason = TextField(_l("Why, as far as you know?"), [required(_l("Say why."))], longest=1000)


class SummaryForm(EditForm):
    text = TextField(
        _l("Summary"),
        [required(_l("Write the summary of the evaluation, for everyone to read."))],
        longest=4000,
        description=_l("What those who took part and those who worked with it thought, and what we learn from it."),
    )
    no_lessons = LineField(
        _l("Why there is no improvement to note"),
        longest=500,
        description=_l("Only where you have noted no improvement."),
    )


class LessonForm(EditForm):
    part = SelectField(
        _l("What is it about?"),
        choices=lambda: [("", str(_l("Choose one"))), *((str(key), str(name)) for key, name in PART_NAMES.items())],
        validators=[one_of(_l("Choose one."))],
    )
    text = TextField(
        _l("What should be done next time?"),
        [required(_l("Write what should be done next time."))],
        longest=500,
        description=_l(
            "So that somebody who was not there can do it: Book the interpreter before the invitation goes out."
        ),
    )
    reach = RadioField(_l("Which dialogues is it for?"), [one_of(_l("Choose one."))])

    def offer(self, dialogue: Dialogue, methods: Sequence[str]) -> None:
        """Every dialogue, those of the level of this one, or those with one of its methods."""
        found = [(str(Reach.EVERY), str(_l("Every dialogue")))]
        if dialogue.level:
            sentence = _l("Dialogues at this level: %(level)s", level=ladder.level(dialogue.level).name)
            found.append((f"{Reach.LEVEL}:{dialogue.level}", str(sentence)))
        known = [method for method in ladder.methods() if method.key in methods]
        for method in known:
            sentence = _l("Dialogues with this method: %(method)s", method=method.name)
            found.append((f"{Reach.METHOD}:{method.key}", str(sentence)))
        self.reach.choices = found

    def said(self) -> Improvement:
        """What was written, with the reach taken apart."""
        kind, _, key = str(self.reach.data).partition(":")
        return Improvement(Part(self.part.data), self.text.data or "", Reach(kind), key or None)


class TakeUpForm(EditForm):
    """Improvements from earlier dialogues: two fields for each, made from what waits."""


def _class_words(one: retention.RetentionClass) -> str:
    return str(_l("%(name)s. Kept: %(keeps)s. Thinned: %(thins)s.", name=one.name, keeps=one.keeps, thins=one.thins))


class RetentionForm(EditForm):
    retention_class = RadioField(
        _l("Class of the retention plan"),
        [one_of(_l("Choose a class of the retention plan."))],
        choices=lambda: [(one.key, _class_words(one)) for one in retention.classes()],
    )


def take_up_form(waiting: Sequence[Waiting], version: int) -> TakeUpForm:
    """The form of these improvements with what has been answered."""
    members: dict[str, object] = {}
    data: dict[str, object] = {"version": version}
    for one in waiting:
        number = one.lesson.id
        members[f"taken_{number}"] = _choice()
        members[f"words_{number}"] = TextField(_l("How, or why not?"), [_NeededLater()], longest=1000)
        if one.answer is not None:
            data |= {f"taken_{number}": one.answer.taken, f"words_{number}": one.answer.words}
    made: TakeUpForm = type("TakeUpPage", (TakeUpForm,), members)(data=data)
    return made


def _choice() -> object:
    names: dict[str, LazyText] = {str(key): name for key, name in TAKEN_NAMES.items()}
    return _MayWait(
        _l("What do you do with it?"),
        [_NeededLater()],
        choices=lambda: [(key, str(name)) for key, name in names.items()],
    )


class _NeededLater:
    """Not marked as optional, and yet it may wait: the guard of the life cycle asks for it."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it so

    def __call__(self, _form: object, _field: object) -> None:
        """Takes whatever is there."""


class _MayWait(RadioField):
    """A choice that may be made later."""

    def pre_validate(self, form: object) -> None:
        if self.data not in (None, "", "None"):
            super().pre_validate(form)
