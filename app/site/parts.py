"""What the style guide at /delar shows: one of each part, in every state. Examples only; nothing here is stored."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from app import i18n
from app.i18n import swedish

SAID = {"name", "residents_get", "when", "what", "note", "label", "word", "question", "answer"}
MARKED = ("levels", "steps", "results", "tasks", "answers")
LONG_WORD = "Flygfältsbelysningsunderhållsupphandlingskonsekvensbeskrivning"


@dataclass(frozen=True)
class Text:
    """A text as the multilingual package hands it over."""

    text: str
    tag: str = "sv"
    dir: str = "ltr"
    is_fallback: bool = False
    is_machine: bool = False
    html: str = ""


@dataclass(frozen=True)
class Level:
    key: str
    name: str
    residents_get: str


@dataclass(frozen=True)
class Step:
    when: str
    what: str
    state: str = ""
    datetime: str = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    count: int | None
    percent: float


@dataclass(frozen=True)
class Task:
    label: str
    state: str
    href: str = ""
    note: str = ""
    word: str = ""


@dataclass(frozen=True)
class Answer:
    question: str
    answer: str | list[str]
    href: str


@dataclass(frozen=True)
class Written:
    """A contribution as its package hands it over."""

    name: str
    text: str
    written_at: datetime
    mark: str = ""
    language: str = "sv"
    channel: str = "web"
    parent: Written | None = None
    quotes_parent: bool = False
    edited_at: datetime | None = None
    removed_at: datetime | None = None
    is_waiting: bool = False
    is_hidden: bool = False

    @property
    def is_public(self) -> bool:
        return not (self.is_waiting or self.is_hidden or self.removed_at)

    @property
    def is_root(self) -> bool:
        return self.parent is None

    @property
    def parent_id(self) -> int | None:
        return None if self.parent is None else 1

    @property
    def spoken_in(self) -> i18n.Language:
        return i18n.named(self.language)


@dataclass(frozen=True)
class Why:
    sentence: str
    at: datetime


@dataclass(frozen=True)
class Language:
    name: str
    tag: str
    dir: str
    href: str


@dataclass(frozen=True)
class Sample:
    """Everything the page needs."""

    levels: tuple[Level, ...]
    steps: tuple[Step, ...]
    results: tuple[Row, ...]
    tasks: tuple[Task, ...]
    answers: tuple[Answer, ...]
    languages: tuple[Language, ...]
    facts: tuple[tuple[str, str, str], ...]
    opens_at: datetime
    closed_at: datetime
    written: tuple[Written, ...]
    why: Why
    long_word: str = LONG_WORD
    fallback: Text = Text("Gatan ska byggas om 2027. Var med och planera träd och bänkar.", is_fallback=True)
    machine: Text = Text("The street will be rebuilt in 2027.", tag="en", is_machine=True)
    arabic: Text = Text("سيُعاد بناء الشارع عام 2027. كيف تريده أنت؟", tag="ar", dir="rtl", is_machine=True)


def sample() -> Sample:
    """One of each; the Swedish words marked as such where the page speaks another language."""
    plain = _one_of_each()
    marked: dict[str, Any] = {kind: tuple(_marked(one) for one in getattr(plain, kind)) for kind in MARKED}
    marked["facts"] = tuple((swedish(term), swedish(value), href) for term, value, href in plain.facts)
    return replace(plain, long_word=swedish(LONG_WORD), **marked)


def _marked(one: Any) -> Any:
    words = {each.name: getattr(one, each.name) for each in fields(one) if each.name in SAID}
    return replace(one, **{name: _said(value) for name, value in words.items()})


def _said(value: str | list[str]) -> str | list[str]:
    return [swedish(each) for each in value] if isinstance(value, list) else swedish(value)


def _one_of_each() -> Sample:
    return Sample(
        levels=(
            Level("information", "Information", "du får veta"),
            Level("consultation", "Konsultation", "du får tycka till"),
            Level("discussion", "Dialog", "vi resonerar tillsammans"),
            Level("influence", "Inflytande", "du är med och planerar"),
            Level("codecision", "Medbestämmande", "du är med och bestämmer"),
        ),
        steps=(
            Step("7 maj", "Kommunstyrelsen beslutade om dialog", "done", "2026-05-07", href="#timeline"),
            Step("1 september", "Perspektiv samlades in", "done", "2026-09-01", note="97 röster"),
            Step("1 oktober–5 december", "Verkstad, enkät och gåtur", "now"),
            Step("3 februari", "Kommunstyrelsen beslutar", datetime="2027-02-03"),
            Step("senast 3 mars", "Vi berättar hur det blev"),
        ),
        results=(
            Row("Träd och skugga", 141, 66.2),
            Row("Säker cykelväg", 118, 55.4),
            Row("Parkering nära butikerna, också för den som bara ska hämta ett paket", 52, 24.4),
            Row(LONG_WORD, 0, 0.0),
            Row("Något annat", None, 0.0),
        ),
        tasks=(
            Task("De fyra kriterierna", "done", "#tasks", "Alla besvarade med ja, granskade av Eva Lind"),
            Task("Sju diskrimineringsgrunder", "started", "#tasks", "Kvar: funktionsnedsättning"),
            Task("Språk", "wait", "#tasks", "Arabiska: 3 av 9 texter är granskade"),
            Task("Tidplan mot nämndens möte", "late", "#tasks", "Minst 10 dagar behövs.", "Håller inte"),
            Task("Åtagande och löfte", "todo", "#tasks"),
            Task("Beslutsutkast", "blocked", note="Skrivs ut när resten är klart"),
        ),
        answers=(
            Answer("Vad är viktigast för dig?", ["Träd och skugga", "Säker cykelväg"], "#answers"),
            Answer("Vill du säga något mer?", "", "#answers"),
        ),
        languages=(Language("Svenska", "sv", "ltr", "#"), Language("العربية", "ar", "rtl", "#")),
        facts=(
            ("Vem beslutar", "Kommunstyrelsen", ""),
            ("Dialogen beslutad", "7 maj 2026, § 54", ""),
            ("Kontakt", "Anna Ek, projektledare", "#facts"),
        ),
        opens_at=datetime(2026, 12, 3, 8, 0, tzinfo=UTC),
        closed_at=datetime(2026, 12, 5, 22, 59, tzinfo=UTC),
        written=_written(datetime(2026, 12, 4, 8, 0, tzinfo=UTC)),
        why=Why(swedish("En text får inte förolämpa någon."), datetime(2026, 12, 5, 9, 0, tzinfo=UTC)),
    )


def _written(at: datetime) -> tuple[Written, ...]:
    """A contribution in each of its states."""
    first = Written("Åsa Öberg", "Gatan är mörk på vintern.\nMer ljus vid stationen vore bra.", at)
    official = swedish("Tjänsteperson")
    return (
        first,
        Written("Anna Ek", "Tack, vi tar med det.", at, official, parent=first, quotes_parent=True, edited_at=at),
        Written("محمد", "أريد مزيدًا من الأشجار.", at, language="ar"),
        Written("", "Bänkar med armstöd.", at, channel="paper"),
        Written("Åsa Öberg", "Jag väntar på en moderator.", at, is_waiting=True),
        Written("Bo", "", at, is_hidden=True),
        Written("Bo", "", at, removed_at=at),
    )
