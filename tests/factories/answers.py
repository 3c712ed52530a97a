"""What comes after a dialogue, as rows."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from app import clock, db, richtext
from app.dialogues import bodies
from app.dialogues.answers import queries, reports
from app.dialogues.answers.models import (
    Compilation,
    Consideration,
    Delivery,
    FollowUp,
    FollowUpChange,
    ResultReport,
    Telling,
    Theme,
    ToldOtherwise,
)
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier

READ = 213  # as many as the card of the dialogue factory says have come in


def compile_answers(dialogue: Dialogue, *, published: bool = True, read: int = READ, **fields: Any) -> Compilation:
    """Two themes and the rest, which account for all that was read; read by a second reader."""
    now = clock.now()
    values: dict[str, Any] = {
        "finding": "Träd och en säker cykelväg är viktigast",
        "read_in_all": read,
        "other_count": 3,
        "other": "Några skrev om parkering.",
        "who": "Fler kvinnor än män svarade. Unga under 25 saknas.",
        "method_note": "Två personer läste alla svar var för sig.",
        "limits": "De som svarade valde det själva.",
        "offline_at": now,
        "confirmed_at": now,
        "confirmed_edition": 1,
        "published_at": now if published else None,
    }
    made = Compilation(dialogue_id=dialogue.id, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    add_theme(dialogue, 1, count=read - 63)
    add_theme(dialogue, 2, name="En egen cykelbana", said="Barn cyklar till skolan.", count=60)
    return made


def add_theme(dialogue: Dialogue, position: int = 1, **fields: Any) -> Theme:
    """A theme of a dialogue that has a compilation."""
    values: dict[str, Any] = {"name": "Träd längs hela gatan", "said": "De flesta vill ha **skugga**.", "count": 150}
    values |= fields
    made = Theme(dialogue_id=dialogue.id, position=position, html=richtext.from_markdown(values["said"]), **values)
    db.session().add(made)
    db.session().flush()
    return made


def freeze(dialogue: Dialogue, **fields: Any) -> ResultReport:
    """The report of what has been compiled, for a meeting in sixty days."""
    found = queries.compiled(Dossier(dialogue))
    assert found.compilation is not None
    today, now = clock.today(), clock.now()
    given = reports.Given(1, "Kommunstyrelsen", today + timedelta(days=60), today + timedelta(days=50), "", now)
    content = reports.content(dialogue, found, Dossier(dialogue).cards, given)
    values: dict[str, Any] = {
        "number": 1,
        "edition": found.compilation.edition,
        "body_key": dialogue.body_key,
        "body_name": bodies.name_of(dialogue.body_key) or "Kommunstyrelsen",
        "meeting_on": given.meeting_on,
        "papers_by": given.papers_by,
        "content": content,
        "hash": reports.digest(content),
        "made_at": now,
    }
    made = ResultReport(dialogue_id=dialogue.id, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def consider(dialogue: Dialogue, decision_id: int) -> list[Consideration]:
    """The first theme is followed, the others are not."""
    made = [
        Consideration(
            theme_id=theme.id,
            stance="not_followed" if number else "followed",
            why="Bredden räcker inte till." if number else "34 träd planteras.",
            decision_id=decision_id,
            written_at=clock.now(),
        )
        for number, theme in enumerate(queries.compiled(Dossier(dialogue)).themes)
    ]
    db.session().add_all(made)
    db.session().flush()
    return made


def tell(dialogue: Dialogue, about: str, mails: tuple[str, ...] = ("sent", "sent"), told: int = 211) -> Telling:
    """A telling: so many mails in these states, and so many told at a meeting."""
    now = clock.now()
    made = Telling(dialogue_id=dialogue.id, about=about, made_at=now)
    db.session().add(made)
    db.session().flush()
    for number, state in enumerate(mails):
        key = hashlib.sha256(f"{made.id} {number}".encode()).hexdigest()
        db.session().add(Delivery(telling_id=made.id, key_hash=key, state=state, changed_at=now))
    if told:
        row = ToldOtherwise(telling_id=made.id, way="meeting", count=told, note="Torgmötet 3 maj", added_at=now)
        db.session().add(row)
    db.session().flush()
    return made


def promise(dialogue: Dialogue, **fields: Any) -> FollowUp:
    """Something that the municipality will do, planned, due in a month."""
    values: dict[str, Any] = {
        "text": "34 träd planteras längs gatan",
        "unit": "Gatuenheten",
        "due_on": clock.today() + timedelta(days=30),
        "progress": "planned",
        "why": "",
    }
    made = FollowUp(dialogue_id=dialogue.id, written_at=clock.now(), **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    db.session().add(
        FollowUpChange(
            follow_up_id=made.id, progress=made.progress, due_on=made.due_on, why=made.why, at=clock.now()
        )
    )  # fmt: skip
    db.session().flush()
    return made
