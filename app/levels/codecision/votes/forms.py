"""The shape of a ballot as it is sent, and of what officials write about a vote."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, PasswordField, RadioField, ValidationError

from app import forms, subjects
from app.ballots.models import Secrecy
from app.ballots.queries import BLANK, INVALID
from app.forms import BaseForm, LineField, SeveralField, TextField, at_most, one_of, required
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.levels.codecision.votes.models import Audience, Kind, Tie, Vote
from app.questions.words import Words

MOST_OPTIONS = 20
MOST_LISTED = 20_000
MOST_CODES = 5000  # in one package
LEAST_SHOWN, USUALLY_SHOWN, MOST_SHOWN = 10, 20, 1000
LARGEST_FILE = 1024 * 1024  # bytes of a key or an opening
LARGEST_COUNT = 1_000_000
NO_CHOICE = "none"  # what a blank ballot is called in a form

KIND_NAMES: Mapping[str, LazyText] = {
    Kind.YES_NO: _l("Yes, no or abstain"),
    Kind.SINGLE: _l("One of several options"),
    Kind.APPROVAL: _l("All the options that one approves of"),
}
AUDIENCE_NAMES: Mapping[str, LazyText] = {
    Audience.DECLARED: _l("Anyone with an account who declares a connection with the place"),
    Audience.LISTED: _l("Accounts whose e-mail address is on a list"),
    Audience.CODES: _l("Whoever holds a code from a letter; no account is needed"),
}
CONNECTION_NAMES: Mapping[str, LazyText] = {
    "lives": _l("I live there"),
    "stays": _l("I stay there often"),
    "works": _l("I work or study there"),
}
LEVEL_NAMES: Mapping[str, LazyText] = {
    Secrecy.OFFLINE: _l("Level A: opened on a computer without a network. No ballot can be read before that."),
    Secrecy.HERE: _l("Level B: opened on the server. Secret from other voters and officials, not from IT operators."),
}
TIE_NAMES: Mapping[str, LazyText] = {
    Tie.BODY: _l("The body that decides chooses between them."),
    Tie.LOT: _l("Lots are drawn in public."),
    Tie.AGAIN: _l("There is a new vote between them."),
}
YES_NO_NAMES: Mapping[str, LazyText] = {
    "yes": lazy_p("ballot", "Yes"),
    "no": lazy_p("ballot", "No"),
    "abstain": lazy_p("ballot", "Abstain"),
}
BLANK_BALLOT = lazy_p("ballot", "Blank ballot")
INVALID_BALLOT = lazy_p("ballot", "Invalid ballots")


def _named(names: Mapping[str, LazyText]) -> list[tuple[str, str]]:
    return [(str(key), str(name)) for key, name in names.items()]


def option_names(row: Vote, words: Words) -> dict[str, Any]:
    """Key on the ballot paper → its text in the reader's language, in the order of the paper."""
    if row.kind == Kind.YES_NO:
        return dict(YES_NO_NAMES)
    return {str(one.position): words.named(subjects.key("vote_option", one.id), "text") for one in row.options}


class BallotForm(BaseForm):
    """A ballot. `token` makes the same ballot sent twice one ballot."""

    token = HiddenField(validators=[at_most(64)])

    choice: Any
    connection: Any = None

    def chosen(self) -> tuple[str, ...]:
        """The keys that were chosen; none for a blank ballot."""
        data = self.choice.data or []
        return tuple(one for one in ([data] if isinstance(data, str) else data) if one != NO_CHOICE)


def ballot_form(row: Vote, words: Words, *, declares: bool) -> BallotForm:
    """The ballot of this vote in the reader's language; `declares`: the voter has yet to say their connection."""
    members: dict[str, Any] = {}
    if declares:
        offered = [(key, name) for key, name in CONNECTION_NAMES.items() if key in row.connections]
        members["connection"] = RadioField(
            _l("What is your connection with the place?"),
            [_Chosen(_l("Choose what connects you with the place."))],
            choices=lambda: offered,
            validate_choice=False,
        )
    members["choice"] = _choice(row, words)
    made: BallotForm = type("Ballot", (BallotForm,), members)(data={"token": secrets.token_urlsafe(24)})
    return made


def _choice(row: Vote, words: Words) -> Any:
    """The control that one votes with."""
    choices: list[tuple[str, Any]] = list(option_names(row, words).items())
    question = words.named(subjects.key("vote", row.id), "question")
    if row.kind == Kind.APPROVAL:
        hint = _l("Choose at most %(most)s. Choose none for a blank ballot.", most=row.most)
        return SeveralField(question, [_not_more_than(row.most)], choices=lambda: choices, description=hint)
    if row.kind == Kind.SINGLE:
        choices.append((NO_CHOICE, BLANK_BALLOT))
    return RadioField(question, [_Chosen()], choices=lambda: choices, validate_choice=False)


class _Chosen:
    """One of the choices of the field."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it so

    def __init__(self, sentence: LazyText | None = None) -> None:
        self.sentence = sentence or _l("Choose how you vote.")

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data not in dict(field.choices):
            raise ValidationError(str(self.sentence))


def _not_more_than(most: int) -> forms.Validator:
    def check(_form: Any, field: Field) -> None:
        if len(field.data or ()) > most:
            raise ValidationError(str(_l("Choose at most %(most)s options.", most=most)))

    return check


class CodeForm(BaseForm):
    code = LineField(
        _l("The code from your letter"),
        [required(_l("Type the code from your letter."))],
        longest=40,
        description=_l("Twelve letters and digits. Spaces, hyphens and small letters make no difference."),
        render_kw={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"},
    )


class _Whole:
    """A whole number within limits; the field keeps what was typed."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it so

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, highest

    def __call__(self, _form: Any, field: Any) -> None:
        typed = (field.data or "").replace(" ", "")
        if not (typed.isascii() and typed.isdecimal() and self.lowest <= int(typed[:12]) <= self.highest):
            sentence = _l("Write a whole number from %(lowest)s to %(highest)s.")
            raise ValidationError(str(sentence.filled(lowest=self.lowest, highest=self.highest)))


def whole(field: Field) -> int:
    """The number of a field that passed."""
    return int(field.data.replace(" ", ""))


class VoteForm(BaseForm):
    """The frames of a vote and its options."""

    title = LineField(_l("Title"), [required(_l("Give the vote a title."))], longest=160)
    question = LineField(
        _l("Question on the ballot paper"), [required(_l("Write the question that people vote on."))], longest=300
    )
    background = TextField(
        _l("Background"),
        longest=5000,
        description=_l("What speaks for and against each option, so that everybody votes on the same knowledge."),
    )
    kind = RadioField(
        _l("How does one vote?"), [one_of(_l("Choose how one votes."))], choices=lambda: _named(KIND_NAMES)
    )
    options = TextField(
        _l("Options"),
        longest=5000,
        description=_l("One on each line, in the order of the ballot paper. Not needed for yes, no or abstain."),
    )
    most = LineField(
        _l("How many options can one approve of, at most?"),
        [_Whole(1, MOST_OPTIONS)],
        description=_l("Used where one chooses all the options that one approves of."),
    )
    audience = RadioField(
        _l("Who can vote?"), [one_of(_l("Choose who can vote."))], choices=lambda: _named(AUDIENCE_NAMES)
    )
    connections = SeveralField(
        _l("Which connections give a vote?"),
        choices=lambda: _named(CONNECTION_NAMES),
        description=_l("Used where a connection is declared."),
    )
    eligible = LineField(
        _l("Who can vote, in words"),
        [required(_l("Say who can vote, in words that everyone understands."))],
        longest=300,
        description=_l("For example: everyone who lives, stays or works in Tråvad and has turned 13."),
    )
    area = LineField(_l("Which area it concerns"), [required(_l("Say which area it concerns."))], longest=300)
    budget = LineField(
        _l("Money and other limits"),
        [required(_l("Say how much money there is and which other limits hold."))],
        longest=300,
    )
    tie = RadioField(
        _l("What happens at a tie?"), [one_of(_l("Choose what happens at a tie."))], choices=lambda: _named(TIE_NAMES)
    )
    level = RadioField(
        _l("How secret is the vote?"),
        [one_of(_l("Choose how secret the vote is."))],
        choices=lambda: _named(LEVEL_NAMES),
    )
    allow_change = BooleanField(_l("A vote can be changed until the vote closes"))
    min_publish = LineField(
        _l("Fewest ballots for a result to be shown"),
        [_Whole(LEAST_SHOWN, MOST_SHOWN)],
        description=_l("With fewer the ballots are never opened, because the figures would give people away."),
    )

    def lines(self) -> list[str]:
        return [line.strip() for line in (self.options.data or "").splitlines() if line.strip()]

    def validate_options(self, _field: Field) -> None:
        lines = self.lines()
        if self.kind.data == Kind.YES_NO:
            return
        if not 2 <= len(lines) <= MOST_OPTIONS:
            raise ValidationError(str(_l("Write from 2 to %(most)s options, one on each line.", most=MOST_OPTIONS)))
        if len({line.casefold() for line in lines}) < len(lines):
            raise ValidationError(str(_l("Two options are the same.")))
        if max(map(len, lines)) > 200:
            raise ValidationError(str(_l("An option can have at most 200 characters.")))

    def validate_connections(self, field: Field) -> None:
        if self.audience.data == Audience.DECLARED and not field.data:
            raise ValidationError(str(_l("Choose at least one connection.")))

    def facts(self) -> dict[str, Any]:
        """Columns of a vote and its box."""
        names = ("title", "question", "background", "kind", "audience", "connections", "eligible", "area", "budget")
        facts = {name: self[name].data for name in (*names, "tie", "level", "allow_change")}
        return {**facts, "most": whole(self.most), "min_publish": whole(self.min_publish)}


def kept(row: Vote) -> dict[str, Any]:
    """A vote as its form shows it."""
    names = ("title", "question", "background", "kind", "audience", "connections", "eligible", "area", "budget", "tie")
    own = {name: getattr(row, name) for name in names}
    box = {"level": row.box.level, "allow_change": row.box.allow_change, "min_publish": str(row.box.min_publish)}
    return {**own, **box, "most": str(row.most), "options": "\n".join(one.text for one in row.options)}


class AddressesForm(BaseForm):
    """The whole list, each time."""

    addresses = TextField(
        _l("E-mail addresses"),
        [required(_l("Write at least one e-mail address."))],
        longest=1_000_000,
        description=_l("One on each line. The list takes the place of the one before."),
    )

    def lines(self) -> list[str]:
        return [line.strip() for line in (self.addresses.data or "").splitlines() if line.strip()]

    def validate_addresses(self, _field: Field) -> None:
        lines = self.lines()
        wrong = [line for line in lines if "@" not in line or " " in line or len(line) > 254]
        if wrong:
            raise ValidationError(str(_l("This is not an e-mail address: %(line)s", line=wrong[0][:80])))
        if len(lines) > MOST_LISTED:
            raise ValidationError(str(_l("A list can have at most %(most)s addresses.", most=MOST_LISTED)))


class CodesForm(BaseForm):
    number = LineField(_l("How many codes?"), [_Whole(1, MOST_CODES)])


def _read(field: FileField) -> bytes:
    field.data.stream.seek(0)
    data: bytes = field.data.stream.read(LARGEST_FILE)
    return data


class FileForm(BaseForm):
    """A small file that the opening tool has written."""

    file = FileField(_l("File"), [required(_l("Choose a file."))])

    def content(self) -> bytes:
        return _read(self.file)


class KeyForm(BaseForm):
    """A key made on the server: three holders, each with a passphrase that they type themselves."""

    first = LineField(_l("First holder"), [required(_l("Name the holder."))], longest=80)
    first_passphrase = PasswordField(_l("The first holder's passphrase"), [required(_l("Type a passphrase."))])
    second = LineField(_l("Second holder"), [required(_l("Name the holder."))], longest=80)
    second_passphrase = PasswordField(_l("The second holder's passphrase"), [required(_l("Type a passphrase."))])
    third = LineField(_l("Third holder"), [required(_l("Name the holder."))], longest=80)
    third_passphrase = PasswordField(_l("The third holder's passphrase"), [required(_l("Type a passphrase."))])

    def names(self) -> list[str]:
        return [self.first.data, self.second.data, self.third.data]

    def passphrases(self) -> list[str]:
        return [self.first_passphrase.data, self.second_passphrase.data, self.third_passphrase.data]


class HoldersForm(BaseForm):
    """Two holders with their files and passphrases, where a vote is opened on the server."""

    first_file = FileField(_l("The first holder's file"), [required(_l("Choose a file."))])
    first_passphrase = PasswordField(_l("The first holder's passphrase"), [required(_l("Type the passphrase."))])
    second_file = FileField(_l("The second holder's file"), [required(_l("Choose a file."))])
    second_passphrase = PasswordField(_l("The second holder's passphrase"), [required(_l("Type the passphrase."))])

    def files(self) -> list[bytes]:
        return [_read(self.first_file), _read(self.second_file)]

    def passphrases(self) -> list[str]:
        return [self.first_passphrase.data, self.second_passphrase.data]


class TrialForm(BaseForm):
    pair = RadioField(
        _l("Which two holders?"),
        [one_of(_l("Choose which two holders opened the trial."))],
        choices=lambda: [("1-2", "1-2"), ("1-3", "1-3"), ("2-3", "2-3")],
    )
    word = LineField(_l("The word that the tool showed"), [required(_l("Type the word.")), at_most(40)])


class MarkForm(BaseForm):
    who = LineField(_l("Who votes on paper?"), [required(_l("Say who votes on paper."))], longest=120)


class StationForm(BaseForm):
    """A station's count; the figures are made from the ballot paper."""

    station = LineField(_l("Polling place"), [required(_l("Say which polling place."))], longest=80)
    keys: Sequence[str] = ()

    def counts(self) -> dict[str, int]:
        return {key: whole(self[f"count_{key}"]) for key in self.keys}


def station_form(options: Sequence[tuple[str, str]]) -> StationForm:
    """One figure for each option of the frozen paper, and for blank and invalid ballots."""
    lines = [*options, (BLANK, BLANK_BALLOT), (INVALID, INVALID_BALLOT)]
    members: dict[str, Any] = {f"count_{key}": LineField(text, [_Whole(0, LARGEST_COUNT)]) for key, text in lines}
    members["keys"] = tuple(key for key, _ in lines)
    made: StationForm = type("Station", (StationForm,), members)()
    return made


class ReceiptForm(BaseForm):
    """Looking for a receipt in the published list. Sent with GET, so there is nothing to forge and no cookie."""

    class Meta(BaseForm.Meta):
        csrf = False

    kvitto = LineField(_l("Your receipt"), longest=40, render_kw={"autocomplete": "off", "dir": "ltr"})
