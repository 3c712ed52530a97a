"""What residents write when they propose a topic, and what officials answer."""

from __future__ import annotations

import secrets
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from app import i18n
from app.dialogues import bodies
from app.dialogues.forms import EditForm, ProposeForm
from app.dialogues.intake import areas
from app.dialogues.intake.service import Proposed
from app.forms import BaseForm, EmailField, LineField, TextField, at_least, email_address, one_of, required
from app.i18n import lazy as _l
from app.permissions import Actor

WANTS = {
    "mail": _l("By e-mail"),
    "page": _l("On this website, with a case code"),
}


class TopicForm(BaseForm):
    """A topic that a resident proposes. `key` is the form's own: sent twice, it counts once."""

    title = LineField(
        _l("What should there be a dialogue about?"),
        [required(_l("Write what there should be a dialogue about.")), at_least(5)],
        longest=120,
        description=_l("A few words, for example: the square in Kvänum."),
    )
    text = TextField(
        _l("Why is it important, and what could be different?"),
        [required(_l("Write why it is important.")), at_least(10)],
        longest=5000,
        description=_l(
            "Everyone can read it when it has been released. Leave out what is private about you or about others."
        ),
    )
    area = SelectField(_l("What does it concern?"), default="")
    language = SelectField(_l("Which language do you write in?"), [required()])
    shows_name = RadioField(
        _l("Is your name shown beside the topic?"),
        choices=lambda: [("no", str(_l("No, show no name"))), ("yes", str(_l("Yes, show my name")))],
        default="no",
        validators=[one_of(_l("Choose whether your name is shown."))],
    )
    name = LineField(_l("Name to show"), longest=80, description=_l("Only if your name is to be shown."))
    wants = RadioField(
        _l("How do you want the answer?"),
        choices=lambda: [(key, str(name)) for key, name in WANTS.items()],
        default="page",
        validators=[one_of(_l("Choose how you want the answer."))],
        description=_l("You get a case code in any case, and can follow what happens with it."),
    )
    email = EmailField(
        _l("E-mail address"),
        [Optional(), email_address()],
        description=_l("Only if you want the answer by e-mail. It is not shown, and deleted 90 days after the answer."),
    )
    key = StringField(widget=HiddenInput(), validators=[Length(max=64)])

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area.choices = [("", str(_l("I do not know"))), *((one.key, one.name) for one in areas.areas())]
        spoken = [one for one in i18n.shipped() if not one.only_content]
        self.language.choices = [(one.code, one.endonym) for one in spoken]
        if not self.language.raw_data and not self.language.data:
            self.language.data = i18n.current().ui
        if not self.key.data:
            self.key.data = secrets.token_urlsafe(24)
        if actor.is_signed_in:  # an account has an address and a name
            del self.email, self.name

    def is_reachable(self) -> bool:
        """What was chosen needs a name or an address. Puts the sentences at the fields."""
        before = len(self.errors)
        if "name" in self and self.shows_name.data == "yes" and not self.name.data:
            self.refuse(self.name, _l("Write the name that is to be shown."))
        if "email" in self and self.wants.data == "mail" and not self.email.data:
            self.refuse(self.email, _l("Write the address that the answer is sent to."))
        return len(self.errors) == before

    def said(self, actor: Actor) -> Proposed:
        name = actor.name if actor.is_signed_in else self["name"].data or ""
        return Proposed(
            title=self.title.data or "",
            text=self.text.data or "",
            area=self.area.data or "",
            language=self.language.data,
            name=name if self.shows_name.data == "yes" else "",
            wants=self.wants.data,
            email=self["email"].data or "" if "email" in self else "",
            form_key=self.key.data or "",
        )


def _answering_body() -> SelectField:
    return SelectField(
        _l("Which body answers?"),
        choices=lambda: [("", str(_l("Choose a body"))), *((one.key, one.name) for one in bodies.bodies())],
        validators=[one_of(_l("Choose the elected body that answers."))],
    )


def _answer_text() -> TextField:
    return TextField(
        _l("Answer"),
        [required(_l("Write the answer, in words that everyone can read."))],
        longest=5000,
        description=_l("It goes to the sender and stands with the topic, for everyone to read."),
    )


class TakeUpForm(EditForm):
    """A topic becomes an idea for a dialogue. `version` is the answer that was the latest."""

    title = ProposeForm.title
    question = ProposeForm.question
    body_key = _answering_body()
    reason = _answer_text()


class DeclineForm(EditForm):
    """No dialogue is held about a topic, and why."""

    body_key = _answering_body()
    reason = _answer_text()


class ReferForm(EditForm):
    """A topic belongs to somebody else."""

    authority = SelectField(_l("Whom does it belong to?"), [one_of(_l("Choose whom the topic belongs to."))])
    reason = _answer_text()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(one.key, f"{one.name} ({areas.LEVEL_NAMES[one.level]})") for one in areas.authorities()]
        self.authority.choices = [("", str(_l("Choose"))), *others]
