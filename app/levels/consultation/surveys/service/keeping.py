"""What writes of surveys end in: the card on the dialogue page, figures that are counted later, and who is told."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from app import db, jobs, subjects
from app.dialogues.service import keep_card
from app.events import Event, emit
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import Survey
from app.permissions import Actor

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another


def receipt(choose: Callable[[str], str] = secrets.choice) -> str:
    """Twelve letters and digits that can be read aloud: 60 bits of chance."""
    letters = "".join(choose(LETTERS) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def count_later(row: Survey) -> None:
    """Plan the card's number of answers, at most once a minute."""
    jobs.enqueue_next_minute("surveys.count", "survey_id", row.id)


def figures_later(row: Survey) -> None:
    """Plan a new snapshot of the figures, at most once a minute."""
    jobs.enqueue_next_minute("surveys.figures", "survey_id", row.id)


def keep(row: Survey, responses: int | None = None) -> None:
    """Write the survey's card on the dialogue page. `responses`: None leaves the number to be counted later."""
    endpoint, values = queries.address_of(row)
    keep_card(
        subjects.key("survey", row.id),
        dialogue_id=row.dialogue_id,
        method="surveys",
        title=row.title,
        sentence="",
        endpoint=endpoint,
        values=values,
        responses=responses or 0,
        minutes=row.minutes,
        is_input=True,
        position=row.id,
        result_endpoint="surveys.results",
    )


def about(by: Actor, row: Survey) -> dict[str, Any]:
    return {"subject": subjects.key("survey", row.id), "actor": by, "dialogue_id": row.dialogue_id}


def tell(event: Event) -> None:
    db.session().flush()
    emit(event)
