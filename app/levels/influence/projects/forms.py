"""The shape of what officials write about a project, and of what its members do and say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from app import i18n
from app.contributions.forms import LONGEST, ContributionForm
from app.dialogues.forms import DateField, EditForm
from app.forms import BaseForm, EmailField, LineField, TextField, at_least, between, email_address, one_of, required
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.influence.projects.models import Member, Progress, Task
from app.levels.influence.projects.service import Hands, Words

PROGRESS_NAMES = {
    Progress.NOT_BEGUN: lazy_p("progress", "Not begun"),
    Progress.UNDER_WAY: lazy_p("progress", "Under way"),
    Progress.DONE: lazy_p("progress", "Done"),
}
NOBODY, MUNICIPALITY = "nobody", "municipality"
HOW_MUCH = _l("Write a whole number from 0 to 99.")


class PercentField(IntegerField):
    """How much is done, in per cent; empty is nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = int(valuelist[0].strip().removesuffix("%").strip()[:10])
            except ValueError as problem:
                raise ValueError(str(HOW_MUCH)) from problem


class ProjectForm(EditForm):
    """The goal and the frame."""

    title = LineField(_l("Heading"), [required(_l("Write a heading."))], longest=160)
    lead = TextField(
        _l("Goal"),
        [required(_l("Write the goal.")), at_least(3)],
        longest=400,
        description=_l("What is to be there, or be different, when the project is done."),
    )
    scope = TextField(
        _l("What we can decide together"),
        [required(_l("Write what you can decide together."))],
        longest=2000,
        description=_l("What is open, and what is settled already and why."),
    )
    money = TextField(
        _l("Money"),
        [required(_l("Write what there is of money, even if it is none."))],
        longest=400,
        description=_l("How much there is, what it is for, and who pays."),
    )
    timing = TextField(
        _l("Time"),
        [required(_l("Write when it begins and when it is to be done."))],
        longest=400,
        description=_l("When it begins, when it is to be done, and how much time members give it."),
    )
    reads_first = BooleanField(
        _l("A moderator reads what members write before it is shown"),
        description=_l("Otherwise it is shown at once, and hidden afterwards if it breaks the rules."),
    )

    def facts(self) -> dict[str, Any]:
        """The columns that the form fills in."""
        names = ("title", "lead", "scope", "money", "timing", "reads_first")
        return {name: self[name].data for name in names}


class EndForm(EditForm):
    """What came of a project."""

    conclusion = TextField(
        _l("What came of it"),
        [required(_l("Write what came of it."))],
        longest=5000,
        description=_l("What was done, what was not and why, and who looks after it from now on."),
    )


class MilestoneForm(EditForm):
    title = LineField(
        _l("What is to have been reached"),
        [required(_l("Write what is to have been reached."))],
        longest=160,
        description=_l("Something that one can see is there, for example: The benches are in place."),
    )
    due_on = DateField(_l("By which day"), [required(_l("Give the day."))])


class TaskForm(EditForm):
    """A task as a member writes it."""

    title = LineField(
        _l("What is to be done"),
        [required(_l("Write what is to be done."))],
        longest=160,
        description=_l("One thing that one person can see to."),
    )
    about = TextField(_l("More about it"), longest=1000)
    due_on = DateField(_l("By which day"), [Optional()])
    language = SelectField(_l("Which language do you write in?"), [required()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(one.code, one.endonym) for one in i18n.shipped() if not one.only_content]
        if not self.language.raw_data and not self.language.data:
            self.language.data = i18n.current().ui

    def words(self) -> Words:
        return Words(self.title.data or "", self.about.data or "", self.due_on.data, self.language.data)


class ProgressForm(EditForm):
    """How far a task has come."""

    progress = RadioField(
        _l("How far has it come?"),
        [one_of(_l("Choose how far it has come."))],
        choices=lambda: [(one.value, str(name)) for one, name in PROGRESS_NAMES.items()],
    )
    percent = PercentField(
        _l("If it is under way: how much is done, in per cent?"),
        [Optional(), between(0, 99, HOW_MUCH)],
    )


class PlanForm(TaskForm, ProgressForm):
    """A task as an official plans it: whose it is and how far it has come, too."""

    whose = SelectField(_l("Whose is it?"), [required()])

    def __init__(self, members: Sequence[Member], task: Task | None) -> None:
        super().__init__(obj=task, whose=_owner(task))
        nameless = str(_l("A member who shows no name"))
        self.whose.choices = [
            (NOBODY, str(_l("Nobody yet: any member can take it on"))),
            (MUNICIPALITY, str(_l("The municipality"))),
            *((str(one.person_id), one.name or nameless) for one in members),
        ]
        if task is None and not self.progress.raw_data:
            self.progress.data = Progress.NOT_BEGUN.value

    def hands(self) -> Hands:
        """Whose it is to be."""
        chosen = self.whose.data or NOBODY
        return Hands(int(chosen) if chosen.isdecimal() else None, chosen == MUNICIPALITY)


def _owner(task: Task | None) -> str:
    if task is None or (task.owner_id is None and not task.is_municipal):
        return NOBODY
    return MUNICIPALITY if task.is_municipal else str(task.owner_id)


class JoinForm(BaseForm):
    """Asking to be in a project."""

    name = LineField(
        _l("The name that others see"),
        longest=80,
        description=_l(
            "It stands on the project's pages, beside the tasks that you take on. "
            "Leave it empty if you do not want to show a name."
        ),
    )
    message = TextField(
        _l("Something you want to tell us"),
        longest=500,
        description=_l("For example what you would like to help with. Only those who lead the project read it."),
    )


class StatusForm(ContributionForm):
    """News of a project."""

    text = TextField(
        _l("Your status text"),
        [required(_l("Write your status text."))],
        longest=LONGEST,
        description=_l("What has happened, and what comes next. Everyone can read it, and followers get it by e-mail."),
    )


class InviteForm(BaseForm):
    email = EmailField(
        _l("E-mail address"),
        [required(_l("Write the e-mail address.")), email_address()],
        description=_l("Whoever has it can join at once, also if they make their account first."),
    )


class TakeOutForm(BaseForm):
    reason = LineField(
        _l("Why?"),
        [required(_l("Write why, for the one whom it is about."))],
        longest=300,
        description=_l("It is sent to the one whom it is about, and kept in the log."),
    )
