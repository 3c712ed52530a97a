"""The demo municipality's workshops: one in each step, a finished one, with paper and web cards in every state."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import db
from app.accounts.models import Person
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.dialogues.demo import Town
from app.dialogues.models import Dialogue
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.models import (
    Step,
    Workshop,
    WorkshopCard,
    WorkshopDot,
    WorkshopProposal,
    WorkshopSource,
    WorkshopTheme,
)
from app.moderation.models import Ruling
from app.multilingual.models import Status, Translation
from app.multilingual.queries import Row, digest
from app.permissions import Role
from app.reviews import service as reviews
from app.reviews.models import State

TEXTS = Path(__file__).with_name("demo_workshops.toml")
Entry = Mapping[str, Any]  # a table of demo_workshops.toml


def fill(town: Town) -> None:
    """Add the workshops and what was done in them, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["workshop"]:
        dialogue = town.dialogues[entry["dialogue"]]
        row = _workshop(town, entry, dialogue)
        themes = {one["key"]: _theme(town, one, row) for one in entry.get("theme", ())}
        cards = _cards(town, entry, row, dialogue, themes)
        for number, one in enumerate(entry.get("proposal", ()), start=1):
            _proposal(town, one, row, cards, _until(town, dialogue) - timedelta(hours=20 - number))
        row.proposals = len(entry.get("proposal", ()))
        db.session().flush()
        service.count_now(row)


def _workshop(town: Town, entry: Entry, dialogue: Dialogue) -> Workshop:
    values = {
        "title": entry["title"]["sv"],
        "lead": entry["lead"]["sv"],
        "step": Step(entry["step"]),
        "dots": entry.get("dots", 3),
        "one_a_card": entry.get("one_a_card", False),
        "reads_first": entry.get("reads_first", False),
        "created_by": town.official.id,
        "created_at": dialogue.created_at,
        "closed_at": _until(town, dialogue) - timedelta(hours=2) if entry.get("closed") else None,
    }
    row = service.make(dialogue, values)
    _translations(town, entry, queries.row_of(row))
    return row


def _until(town: Town, dialogue: Dialogue) -> datetime:
    return min(town.now, dialogue.closes_at or town.now)


def _theme(town: Town, entry: Entry, row: Workshop) -> WorkshopTheme:
    theme = WorkshopTheme(workshop_id=row.id, name=entry["name"]["sv"], created_at=row.created_at)
    db.session().add(theme)
    db.session().flush()
    _translations(town, entry, queries.row_of_theme(theme))
    return theme


def _cards(
    town: Town, entry: Entry, row: Workshop, dialogue: Dialogue, themes: Mapping[str, WorkshopTheme]
) -> dict[str, Contribution]:  # fmt: skip
    steps = queries.steps(row)
    written = entry.get("card", ())
    start = dialogue.opens_at or town.now
    pause = (_until(town, dialogue) - start) / (len(written) + 1)
    given: dict[int, Counter[int]] = {step.id: Counter() for step in steps.values()}
    made: dict[str, Contribution] = {}
    for number, one in enumerate(written, start=1):
        at = town.ago(hours=0.1) if one.get("just_now") else start + pause * number
        step = steps[Step(one["step"])]
        card = _card(town, row, one, step.id, at)
        theme = themes[one["theme"]].id if "theme" in one else None
        db.session().add(WorkshopCard(id=card.id, step_id=step.id, workshop_id=row.id, theme_id=theme))
        db.session().flush()
        _dots(town, row, one.get("dots", 0), card, given[step.id], at)
        _afterwards(town, one, card, at)
        made[one.get("key", f"card {number}")] = card
    return made


def _card(town: Town, row: Workshop, one: Entry, step_id: int, at: datetime) -> Contribution:
    state, language = State(one.get("state", "shown")), one.get("language", "sv")
    review = reviews.submit(queries.CARD, dialogue_id=row.dialogue_id, language=language, shown=True)
    review.state, review.created_at = state, at
    author: Person | None = town.residents[one["by"]] if "by" in one else None
    card = Contribution(
        container_id=step_id,
        person_id=author.id if author else None,
        name=author.name if author else "",
        text=one["text"].strip(),
        language=language,
        channel="web" if author else one.get("channel", "paper"),
        registered_by=None if author else town.staff[Role.CONTACT_CENTRE].id,
        review=review,
        written_at=at,
        shown_at=None if state is State.WAITING else at,
    )
    db.session().add(card)
    db.session().flush()
    return card


def _dots(town: Town, row: Workshop, number: int, card: Contribution, given: Counter[int], at: datetime) -> None:
    """So many dots by residents who have some left, one each on this card."""
    people = [one.id for one in town.residents if given[one.id] < row.dots and one.id != card.person_id]
    for person_id in town.rng.sample(people, min(number, len(people))):
        given[person_id] += 1
        dot = WorkshopDot(
            card_id=card.id, step_id=card.container_id, person_id=person_id, slot=given[person_id], layer=1,
            given_at=min(town.now, at + timedelta(hours=town.rng.randint(1, 30))),
        )  # fmt: skip
        db.session().add(dot)
    db.session().flush()


def _afterwards(town: Town, one: Entry, card: Contribution, at: datetime) -> None:
    """What became of it: hidden on a ground, or taken away."""
    if "ground" in one:
        ruling = Ruling(
            reviewable_id=card.review_id, outcome=State.HIDDEN, ground=one["ground"],
            by_id=town.staff[Role.MODERATOR].id, at=at,
        )  # fmt: skip
        db.session().add(ruling)
    if one.get("removed"):
        engine.take_away(card)


def _proposal(town: Town, one: Entry, row: Workshop, cards: Mapping[str, Contribution], at: datetime) -> None:
    made = WorkshopProposal(
        workshop_id=row.id,
        dialogue_id=row.dialogue_id,
        title=one["title"]["sv"],
        text=one["text"]["sv"].strip(),
        created_by=town.official.id,
        created_at=at,
    )
    db.session().add(made)
    db.session().flush()
    for key in one["cards"]:
        source = WorkshopSource(proposal_id=made.id, card_id=cards[key].id, workshop_id=row.id, added_at=at)
        db.session().add(source)
    db.session().flush()
    _translations(town, one, queries.row_of_proposal(made))


def _translations(town: Town, entry: Entry, row: Row) -> None:
    """What the file has in other languages: reviewed."""
    subject, fields = row
    for field, (source, _html) in fields.items():
        for language, text in entry.get(field, {}).items():
            if language == "sv":
                continue
            db.session().add(
                Translation(
                    subject=subject,
                    field=field,
                    language=language,
                    text=text.strip(),
                    status=Status.REVIEWED,
                    source_version=digest(source),
                    source_text=source,
                    written_by=town.staff[Role.TRANSLATOR].id,
                    written_at=town.ago(days=5),
                    reviewed_by=town.official.id,
                    reviewed_at=town.ago(days=5),
                )
            )
