"""The demo municipality's phases, and the change that its longest dialogue has told of; after every method's part."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from app import clock, db, richtext, subjects
from app.dialogues import queries as dialogues
from app.dialogues.changes.models import ChangeNote
from app.dialogues.demo import Town
from app.dialogues.demo_rows import translate
from app.dialogues.models import Card, Dialogue
from app.dialogues.phases import shifting
from app.dialogues.phases.models import Phase, ThingTime

TEXTS = Path(__file__).with_name("demo_phases.toml")
Entry = Mapping[str, Any]


def fill(town: Town) -> None:
    """Add them, in the open unit."""
    entries = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    for entry in entries["phase"]:
        _phase(entry, town, town.dialogues[entry["dialogue"]])
    for entry in entries["change"]:
        _change(entry, town, town.dialogues[entry["dialogue"]])


def _phase(entry: Entry, town: Town, dialogue: Dialogue) -> None:
    interim = entry.get("interim", {}).get("sv", "").strip()
    row = Phase(
        dialogue_id=dialogue.id,
        name=entry["name"]["sv"],
        opens_at=_edge(entry["opens"], town, dialogue),
        closes_at=_edge(entry["closes"], town, dialogue),
        interim=interim,
        interim_html=richtext.from_markdown(interim) if interim else None,
        interim_by=town.official.id if interim else None,
    )
    if "told" in entry:
        row.ended_at = row.published_at = row.closes_at
    db.session().add(row)
    db.session().flush()
    for card in _cards(entry["things"], dialogue):
        time_of = ThingTime(subject=card.subject, dialogue_id=dialogue.id, phase_id=row.id, ended_at=row.ended_at)
        db.session().add(time_of)
    shifting.keep_windows(dialogue)
    words = {name: {code: text.strip() for code, text in entry.get(name, {}).items()} for name in ("name", "interim")}
    translate(words, dialogue.id, town.ago(days=10), town.staff, only={subjects.key("phase", row.id)})


def _edge(days: float, town: Town, dialogue: Dialogue) -> datetime:
    """Eight in the morning so many days from now; the dialogue's own opening or closing, where it lies beyond that."""
    day = clock.local(town.now).date() + timedelta(days=days)
    moment = clock.from_local(datetime.combine(day, time(8)))
    assert dialogue.opens_at is not None and dialogue.closes_at is not None  # noqa: S101, PT018  # it is open
    last = dialogue.closes_at if moment.date() == dialogue.closes_at.date() else moment
    return min(max(last, dialogue.opens_at), dialogue.closes_at)


def _cards(titles: Sequence[str], dialogue: Dialogue) -> list[Card]:
    return [next(card for card in dialogues.cards_of(dialogue.id) if card.title.startswith(title)) for title in titles]


def _change(entry: Entry, town: Town, dialogue: Dialogue) -> None:
    (card,) = _cards([entry["thing"]], dialogue)
    row = ChangeNote(
        dialogue_id=dialogue.id,
        subject=card.subject,
        part=entry["part"],
        title=card.title,
        before=entry["before"]["sv"],
        after=entry["after"]["sv"],
        why=entry["why"]["sv"],
        by_id=town.official.id,
        at=town.ago(days=entry["days_ago"]),
    )
    db.session().add(row)
    db.session().flush()
    translate(entry, dialogue.id, row.at, town.staff, only={subjects.key("change_note", row.id)})
