"""The shape of what officials write while they prepare a dialogue."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app import richtext
from app.accounts.models import Person
from app.dialogues.forms import EditForm
from app.dialogues.preparation.models import GroundAnswer, Stakeholder
from app.dialogues.preparation.service import Answer, Group, Price, Turnout
from app.dialogues.preparation.words import CHANNELS, COSTS, FINDINGS, INFLUENCES, MOST_KRONOR, SEVEN, Cost
from app.forms import BaseForm, LineField, SeveralField, TextField, VersionField, between, in_the_end, one_of, required
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l

MOST_PEOPLE = 100_000
WHOLE_KRONOR = _l("Write a sum in whole kronor, for example 12 000.")
WHOLE_PEOPLE = _l("Write how many, as a whole number: 0 where nobody came.")


def _named(names: Mapping[Any, LazyText], only: Collection[str] | None = None) -> list[tuple[str, str]]:
    return [(str(key), str(name)) for key, name in names.items() if only is None or key in only]


class CountField(IntegerField):
    """A whole number as people write it, "12 000 kr" too; None where nothing was written."""

    def __init__(self, label: LazyText, validators: Iterable[Any], sentence: LazyText, **more: Any) -> None:
        super().__init__(label, [*validators], **more)
        self.sentence = sentence

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = re.sub(r"\s|kr(onor)?\.?$|:-$", "", richtext.one_line(valuelist[0] if valuelist else "").casefold())
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 20):
            raise ValueError(str(self.sentence))
        self.data = int(typed)


class GroupForm(EditForm):
    who = LineField(
        _l("Who?"),
        [required(_l("Say which group it is."))],
        longest=120,
        description=_l("A group, never a named person: young people in Kvänum, shops on the street, the bus company."),
    )
    interest = LineField(
        _l("What does the question mean to them?"),
        [required(_l("Say what the question means to them."))],
        longest=300,
    )
    influence = RadioField(
        _l("How much can they do about it themselves?"),
        [one_of(_l("Choose how much they can do about it."))],
        choices=lambda: _named(INFLUENCES),
    )
    is_affected = BooleanField(_l("They are affected and are invited"), default=True)
    channels = SeveralField(
        _l("How are they reached?"),
        [in_the_end()],
        choices=[SelectChoice(key, name) for key, name in CHANNELS.items()],
        description=_l("Choose what works for this very group. Whoever is affected needs at least one."),
    )
    is_priority = BooleanField(_l("Their view should be heard in particular"))
    activity = LineField(
        _l("What is done so that it is heard"),
        [in_the_end()],
        longest=300,
        description=_l("Only for those: for example a meeting at the youth centre. Afterwards you note how many came."),
    )

    def group(self) -> Group:
        """What was written."""
        return Group(
            who=self.who.data,
            interest=self.interest.data,
            influence=self.influence.data,
            channels=self.channels.data or (),
            is_affected=self.is_affected.data,
            is_priority=self.is_priority.data,
            activity=self.activity.data,
        )


class GroundsForm(EditForm):
    """The seven grounds: a finding, words and an action each. Its fields are made from the list of grounds."""

    def answers(self) -> dict[str, Answer]:
        """What was found for each ground where something was written."""
        given = {one.key: self._answer(one.key) for one in SEVEN}
        return {key: answer for key, answer in given.items() if any(answer)}

    def _answer(self, key: str) -> Answer:
        return Answer(self[key].data or "", self[f"{key}_words"].data, self[f"{key}_action"].data)


for _one in SEVEN:
    setattr(
        GroundsForm,
        _one.key,
        RadioField(
            _one.name, [in_the_end()], choices=lambda: _named(FINDINGS), description=_one.hint, validate_choice=False
        ),
    )
    setattr(
        GroundsForm,
        f"{_one.key}_words",
        TextField(_l("What is in the way, or why is nothing?"), [in_the_end()], longest=1000),
    )
    setattr(
        GroundsForm,
        f"{_one.key}_action",
        LineField(
            _l("What do you do about it?"),
            [in_the_end()],
            longest=500,
            description=_l("Only where something is in the way."),
        ),
    )


def found_before(rows: Iterable[GroundAnswer]) -> dict[str, str]:
    """The fields of the seven grounds as they were saved."""
    return {
        name: value
        for row in rows
        for name, value in (
            (row.ground, row.finding), (f"{row.ground}_words", row.words), (f"{row.ground}_action", row.action)
        )
    }  # fmt: skip


class CostForm(EditForm):
    kind = RadioField(_l("What is it for?"), [one_of(_l("Choose what it is for."))])
    text = LineField(_l("What costs"), [required(_l("Say what costs this much."))], longest=200)
    kronor = CountField(
        _l("Kronor"),
        [required(WHOLE_KRONOR), between(0, MOST_KRONOR, WHOLE_KRONOR)],
        WHOLE_KRONOR,
    )

    def offer(self, kinds: Collection[Cost]) -> None:
        """Let these kinds be chosen."""
        self.kind.choices = _named(COSTS, kinds)

    def price(self) -> Price:
        return Price(kind=self.kind.data, text=self.text.data, kronor=self.kronor.data)


class AskForm(BaseForm):
    reader_id = SelectField(
        _l("Who reads it?"),
        [one_of(_l("Choose one of the people in the list."))],
        validate_choice=False,
        description=_l("They get an e-mail and see it on their desk."),
    )

    def offer(self, people: Iterable[Person]) -> None:
        """Let one of these people be chosen."""
        self.reader_id.choices = [
            ("", str(_l("Choose a person"))), *((str(one.id), one.name or one.email) for one in people)
        ]  # fmt: skip


class ReadForm(BaseForm):
    """What a second reader says; `edition`: the purpose that was on the page."""

    edition = VersionField(validators=[Optional()])
    is_concrete = RadioField(
        _l("Is the purpose concrete?"),
        [one_of(_l("Choose an answer."))],
        choices=lambda: [
            ("yes", str(lazy_p("purpose", "Yes: it says what the body wants to know, and what for"))),
            ("no", str(lazy_p("purpose", "No, something is missing"))),
        ],
    )
    note = TextField(
        _l("What would make it more concrete?"),
        [in_the_end()],
        longest=1000,
        description=_l("Needed where something is missing."),
    )


class FollowUpForm(EditForm):
    """A number and some words for each priority group; its fields are made from the groups (`for_groups`)."""

    @staticmethod
    def for_groups(groups: Iterable[Stakeholder]) -> type[FollowUpForm]:
        fields: dict[str, Any] = {}
        for row in groups:
            fields[f"turnout_{row.id}"] = CountField(
                _l("How many took part?"), [in_the_end(), between(0, MOST_PEOPLE, WHOLE_PEOPLE)], WHOLE_PEOPLE
            )
            fields[f"words_{row.id}"] = TextField(
                _l("What did they say, or why did nobody come?"),
                [in_the_end()],
                longest=600,
                description=_l("Everyone can read it with the result. Name nobody."),
            )
        return type("FollowUpOfGroups", (FollowUpForm,), fields)

    def told(self, groups: Iterable[Stakeholder]) -> dict[int, Turnout]:
        return {row.id: Turnout(self[f"turnout_{row.id}"].data, self[f"words_{row.id}"].data) for row in groups}


def told_before(rows: Iterable[Stakeholder]) -> dict[str, Any]:
    """The fields of the follow-up as they were saved."""
    return {
        name: value
        for row in rows
        for name, value in ((f"turnout_{row.id}", row.turnout), (f"words_{row.id}", row.follow_up))
    }
