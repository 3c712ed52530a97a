"""Larger changes, and the topics that residents propose."""

from __future__ import annotations

import secrets
from datetime import timedelta
from itertools import count
from typing import Any

from app import clock, db
from app.dialogues.intake import prior, service
from app.dialogues.intake.models import ChangeConsideration, LargerChange, ProposedTopic, TopicAnswer, TopicStatus
from app.dialogues.intake.service import Proposed
from app.dialogues.models import Dialogue
from app.permissions import GUEST, Actor
from app.reviews.models import State

_numbers = count(1)


def make_change(days: int = 90, **fields: Any) -> LargerChange:
    """A larger change that is decided in so many days, and for which nothing has been considered."""
    number = fields.pop("case_number", f"KS 2026/{next(_numbers)}")
    values: dict[str, Any] = {
        "title": "Skolan i Larv läggs ner",
        "case_number": number,
        "case_key": prior.key_of(number),
        "area": "skola",
        "body_key": "bildningsnamnden",
        "decision_on": clock.today() + timedelta(days=days),
        "flagged_at": clock.now(),
    }
    made = LargerChange(**{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def consider(change: LargerChange, dialogue: Dialogue | None = None, **fields: Any) -> ChangeConsideration:
    """Whether a dialogue is held for it: this one, or none."""
    values: dict[str, Any] = {
        "outcome": "none" if dialogue is None else "dialogue",
        "dialogue_id": dialogue.id if dialogue else None,
        "reason": "Skollagen låter inget annat vara möjligt.",
        "considered_by": "Bildningsnämndens arbetsutskott",
        "at": clock.now(),
    }
    made = ChangeConsideration(change_id=change.id, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def proposed(**fields: Any) -> Proposed:
    """What somebody hands in; `form_key` makes it one form."""
    values: dict[str, Any] = {
        "title": "Torget i Kvänum", "text": "Ska torget vara bilfritt? Fråga oss som bor här.", "area": "gator",
        "language": "sv", "name": "", "wants": "page", "email": "", "form_key": secrets.token_urlsafe(8),
    }  # fmt: skip
    return Proposed(**{**values, **fields})


def make_topic(*, by: Actor = GUEST, state: State = State.SHOWN, **fields: Any) -> ProposedTopic:
    """A topic that a resident has proposed, and that moderation has come to this about."""
    row = service.send(by, proposed(**fields))
    row.review.state = state
    db.session().flush()
    return row


def taken_up_as(dialogue: Dialogue) -> ProposedTopic:
    """A topic that this dialogue was made of."""
    row = make_topic()
    row.status = TopicStatus.TAKEN_UP
    answer = TopicAnswer(
        topic_id=row.id, status=row.status, dialogue_id=dialogue.id, who="Tekniska nämnden", reason="Inget är bestämt.",
        at=clock.now(),
    )  # fmt: skip
    db.session().add(answer)
    db.session().flush()
    return row
