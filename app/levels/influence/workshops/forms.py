"""The shape of cards and of what officials write about a workshop."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from app import i18n
from app.contributions.forms import SENT_BEFORE, ContributionForm
from app.contributions.models import Contribution
from app.contributions.subject import title_of
from app.dialogues.forms import EditForm
from app.forms import BaseForm, LineField, SeveralField, TextField, at_least, one_of, required
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.influence.workshops.models import (
    MOST_DOTS,
    STEP_NAMES,
    STEPS,
    Step,
    Workshop,
    WorkshopProposal,
    WorkshopTheme,
)
from app.levels.influence.workshops.service.cards import Notes
from app.multilingual.queries import Text

LONGEST_CARD = 300
MOST_NOTES = 100  # at a time
CHANNELS = {"paper": lazy_p("channel", "On paper"), "meeting": lazy_p("channel", "At a meeting")}
NEW_PROPOSAL = "new"


class CardForm(ContributionForm):
    """One thought on one card."""

    text = TextField(
        _l("Your card"),
        [required(_l("Write something on your card."))],
        longest=LONGEST_CARD,
        description=_l("One thought a card. Your display name stands on it, and everyone can read it."),
    )


class WorkshopForm(EditForm):
    """A workshop as it is planned."""

    title = LineField(_l("Heading"), [required(_l("Write a heading.")), at_least(3)], longest=160)
    lead = TextField(
        _l("What the workshop is about"),
        [required(_l("Write what the workshop is about.")), at_least(3)],
        longest=400,
        description=_l("What can be influenced, who leads the workshop, and when people meet if they do."),
    )
    dots = SelectField(
        _l("How many dots does each person have in each step?"),
        coerce=int,
        choices=[SelectChoice(number, str(number)) for number in range(MOST_DOTS + 1)],
        default=3,
        description=_l("Dots show what people find most important. Choose 0 if no dots are given."),
    )
    one_a_card = BooleanField(
        _l("At most one dot by the same person on a card"),
        description=_l("Otherwise somebody may put all their dots on one card."),
    )
    reads_first = BooleanField(
        _l("A moderator reads every card before it is shown"),
        description=_l("Otherwise cards are shown at once, and hidden afterwards if they break the rules."),
    )

    def facts(self) -> dict[str, Any]:
        """The columns that the form fills in."""
        names = ("title", "lead", "dots", "one_a_card", "reads_first")
        return {name: self[name].data for name in names}


class ThemeForm(EditForm):
    """The name of a theme."""

    name = LineField(
        _l("Name of the theme"),
        [required(_l("Write what the theme is called."))],
        longest=80,
        description=_l("A word or two, for example Traffic."),
    )


class NotesForm(BaseForm):
    """Notes from paper, one a line, and what is the same for all of them."""

    step = RadioField(_l("In which step were they written?"), validators=[one_of(_l("Choose a step."))])
    channel = RadioField(
        _l("How did they come in?"),
        choices=[SelectChoice(key, name) for key, name in CHANNELS.items()],
        default="paper",
        validators=[one_of(_l("Choose how the notes came in."))],
    )
    theme = SelectField(_l("Under which theme do they stand?"), description=_l("They can be sorted later."))
    language = SelectField(_l("In which language are they written?"), [required()])
    notes = TextField(
        _l("The notes, one a line"),
        [required(_l("Write at least one note."))],
        longest=MOST_NOTES * (LONGEST_CARD + 1),
        description=_l(
            "Word by word as they were written, without names. At most %(notes)s notes at a time, and %(most)s "
            "characters a note.",
            notes=MOST_NOTES,
            most=LONGEST_CARD,
        ),
    )
    key = StringField(widget=HiddenInput(), validators=[Length(max=64)])

    def __init__(self, row: Workshop, themes: Iterable[WorkshopTheme], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.step.choices = [(step.value, str(STEP_NAMES[step])) for step in STEPS]
        self.theme.choices = [("", str(_l("Not sorted yet"))), *((str(one.id), one.name) for one in themes)]
        self.language.choices = [(one.code, one.endonym) for one in i18n.shipped() if not one.only_content]
        if not self.is_submitted():
            self.step.data, self.language.data = row.step, i18n.SOURCE.code
        if not self.key.data:
            self.key.data = secrets.token_urlsafe(24)

    def lines(self) -> list[str]:
        """The notes, without empty lines."""
        return [line.strip() for line in (self.notes.data or "").splitlines() if line.strip()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also each line: which one is wrong, and what is wrong with it."""
        valid = bool(super().validate(extra_validators))
        lines = self.lines()
        if len(lines) > MOST_NOTES:
            self.refuse(
                self.notes,
                _l("Enter at most %(most)s notes at a time. There are %(number)s.", most=MOST_NOTES, number=len(lines)),
            )
            return False
        numbered = [(place, line.strip()) for place, line in enumerate((self.notes.data or "").splitlines(), start=1)]
        wrong = [(place, len(line)) for place, line in numbered if len(line) > LONGEST_CARD]
        for place, length in wrong:
            sentence = _l("Line %(place)s has %(length)s characters. A note has at most %(most)s.")
            self.refuse(self.notes, sentence.filled(place=place, length=length, most=LONGEST_CARD))
        return valid and not wrong

    def begin_again(self) -> None:
        """What stands here has not been saved: say so, and let it be sent as a form of its own."""
        self.key.data, self.key.raw_data = secrets.token_urlsafe(24), None
        self.refuse(self.notes, SENT_BEFORE)

    def twice(self) -> list[str]:
        """Notes that stand there more than once, to be looked at before they are saved."""
        lines = self.lines()
        return [line for line in dict.fromkeys(lines) if lines.count(line) > 1]

    def whole(self) -> Notes:
        theme = int(self.theme.data) if self.theme.data else None
        return Notes(
            self.lines(), Step(self.step.data), self.channel.data, self.language.data, self.key.data or "", theme
        )


class SortForm(BaseForm):
    """Where chosen cards go: under a theme, under none, or into a proposal."""

    cards = SeveralField(_l("Cards"), [required(_l("Choose at least one card."))], coerce=str)
    to = SelectField(_l("Where do the chosen cards go?"), [one_of(_l("Choose where the cards go."))])

    def __init__(
        self,
        cards: Iterable[Contribution],
        themes: Iterable[WorkshopTheme],
        proposals: Iterable[WorkshopProposal],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.cards.choices = [(str(one.id), title_of(one)) for one in cards]
        groups: Mapping[str, list[tuple[str, str]]] = {
            str(_l("Choose")): [("", str(_l("Choose …")))],
            str(_l("Under a theme")): [
                *((f"theme-{one.id}", one.name) for one in themes),
                ("theme-0", str(_l("Not sorted"))),
            ],
            str(_l("Into a proposal")): [
                (NEW_PROPOSAL, str(_l("A new proposal"))),
                *((f"proposal-{one.id}", one.title) for one in proposals),
            ],
        }
        self.to.choices = dict(groups)

    def chosen(self) -> list[int]:
        return [int(one) for one in self.cards.data or ()]

    def goes_to(self) -> tuple[str, int]:
        """("theme", id), ("proposal", id) or ("new", 0)."""
        kind, _, number = (self.to.data or "").partition("-")
        return kind, int(number or 0)


class ProposalForm(EditForm):
    """A proposal and the cards that it comes from."""

    title = LineField(
        _l("The proposal in one sentence"),
        [required(_l("Write the proposal in one sentence.")), at_least(3)],
        longest=160,
        description=_l("What should be done, and where."),
    )
    text = TextField(
        _l("What is proposed, and why"),
        [required(_l("Write what is proposed, and why."))],
        longest=4000,
        description=_l("What people said, what is to be done, and who does it."),
    )
    cards = SeveralField(
        _l("The cards that it comes from"),
        [required(_l("Choose the cards that the proposal comes from."))],
        coerce=str,
        description=_l("They are shown with the proposal. Those who wrote them are told by e-mail."),
    )

    def __init__(self, cards: Iterable[Contribution], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        named = list(cards)
        self.cards.choices = [SelectChoice(str(one.id), _marked(one)) for one in named]
        if not self.is_submitted():
            self.cards.data = [str(one.id) for one in named]

    def facts(self) -> dict[str, str]:
        return {"title": self.title.data or "", "text": self.text.data or ""}

    def chosen(self) -> list[int]:
        return [int(one) for one in self.cards.data or ()]


def _marked(card: Contribution) -> Any:
    """The beginning of a card as the label of a choice, marked where it is in another language than the page."""
    spoken = card.spoken_in
    return Text(title_of(card), None, spoken.tag, spoken.dir, is_fallback=spoken.ui != i18n.current().ui)


def numbers(value: str) -> list[int]:
    """Ids as an address holds them, "3-17-20"; what is none is left out."""
    return [int(one) for one in value.split("-") if one.isascii() and one.isdecimal() and len(one) < 10]
