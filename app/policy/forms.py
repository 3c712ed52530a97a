"""The shape of what communications write: the draft of a guideline, and what stands at a step of the ladder."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import Optional

from app import ladder
from app.forms import (
    BaseForm,
    DateField,
    LineField,
    SeveralField,
    TextField,
    VersionField,
    at_most,
    required,
    web_address,
)
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.policy.criteria import CRITERIA
from app.policy.models import GuidelineDraft, Wordings
from app.policy.service.guidelines import own_words
from app.policy.texts import PARTS

SAID = ("title", "body_name", "decided_on", "section_no", "valid_from", "valid_to", "url", "in_short", "principles")


def _link(label: Any, description: Any) -> StringField:
    """The address of something on the web."""
    return StringField(
        label, [at_most(500), web_address()], filters=[lambda value: (value or "").strip()], description=description
    )


class VersionedForm(BaseForm):
    """An edit that began at a version of what is edited: a second editor is told instead of overwriting."""

    version = VersionField(validators=[Optional()])

    @property
    def began_at(self) -> int:
        return -1 if self.version.data is None else int(self.version.data)  # without one it is as good as an old one

    def begin_again(self, version: int) -> None:
        """Keep what was written and let it be saved over what somebody else has saved meanwhile."""
        self.version.data, self.version.raw_data = version, None


class GuidelineForm(VersionedForm):
    """What a version says. It may be saved half done; the fields of the criteria are made from their list."""

    title = LineField(_l("Title of the guideline"), longest=160)
    body_name = LineField(
        _l("Who decided it"), longest=120, description=_l("The body by its name, for example Kommunstyrelsen.")
    )
    decided_on = DateField(_l("Decided on"), [Optional()])
    section_no = LineField(_l("§ in the minutes"), longest=20)
    valid_from = DateField(_l("Applies from"), [Optional()])
    valid_to = DateField(
        _l("Applies until"),
        [Optional()],
        description=_l("The last day of the term, 14 October in the year of an election, unless otherwise decided."),
    )
    url = _link(_l("Address of the decided text"), _l("Where anyone can read it word for word."))
    in_short = TextField(
        _l("In short"), longest=4000, description=_l("What the guideline says, in plain words for residents.")
    )
    principles = TextField(_l("The principles"), longest=8000, description=_l("Markdown can be used."))

    def values(self) -> dict[str, Any]:
        """What was written, field by field as the draft has them."""
        criteria: Wordings = own_words(self.data)
        return {**{name: self[name].data for name in SAID}, "criteria": criteria}

    def texts_of(self, key: str) -> list[Any]:
        """The three fields of one criterion."""
        return [self[f"{key}_{part}"] for part in PARTS]


for _one in CRITERIA:
    for _part, (_label, _longest) in PARTS.items():
        _usual = _l("Leave it empty for the usual text: %(text)s", text=getattr(_one, _part))
        setattr(GuidelineForm, f"{_one.key}_{_part}", TextField(_label, longest=_longest, description=_usual))


def of_draft(draft: GuidelineDraft) -> dict[str, Any]:
    """The values of a form that shows the draft as it is saved."""
    own = {f"{key}_{part}": words for key, parts in draft.criteria.items() for part, words in parts.items()}
    return {**{name: getattr(draft, name) for name in (*SAID, "version")}, **own}


class EntryForm(VersionedForm):
    """What methods and examples have in common."""

    name = LineField(lazy_p("ladder", "Name"), [required(_l("Give it a name."))], longest=120)
    text = TextField(
        _l("What one does there"),
        [required(_l("Say in a sentence or two what one does there."))],
        longest=600,
        description=_l("One or two sentences in plain words."),
    )
    url = _link(_l("Address to read more"), _l("Where anyone can read more, if there is such a page."))


def _steps() -> list[tuple[str, str]]:
    return [(one.key, str(one.name)) for one in ladder.LEVELS]


class MethodForm(EntryForm):
    levels = SeveralField(_l("At which steps of the ladder?"), choices=_steps)
    is_vote = BooleanField(_l("Those who take part vote, and their vote is part of the decision"))


class ExampleForm(EntryForm):
    levels = RadioField(
        _l("At which step of the ladder?"), [required(_l("Choose a step."))], choices=_steps, validate_choice=False
    )


class ButtonForm(VersionedForm):
    """A button and nothing else."""
