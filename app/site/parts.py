"""What the style guide at /delar shows: one of each part, in every state. Examples only; nothing here is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

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
    long_word: str = LONG_WORD
    fallback: Text = Text("Gatan ska byggas om 2027. Var med och planera träd och bänkar.", is_fallback=True)
    machine: Text = Text("The street will be rebuilt in 2027.", tag="en", is_machine=True)
    arabic: Text = Text("سيُعاد بناء الشارع عام 2027. كيف تريده أنت؟", tag="ar", dir="rtl", is_machine=True)


def sample() -> Sample:
    """One of each."""
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
    )
