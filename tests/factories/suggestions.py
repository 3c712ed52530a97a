"""Boxes and suggestions, written through the service."""

from __future__ import annotations

import secrets
from typing import Any

from app import clock, db
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.contributions.service import Draft
from app.dialogues.models import Dialogue
from app.files.service import Upload
from app.levels.consultation.suggestions import queries, service
from app.levels.consultation.suggestions.models import Suggestion, SuggestionBox
from app.levels.consultation.suggestions.service import Written
from app.permissions import GUEST, Actor
from app.reviews.models import State
from tests.factories.pictures import jpeg


def make_box(dialogue: Dialogue | None = None, **fields: Any) -> SuggestionBox:
    """The standing box, or the call of a dialogue, with its card."""
    number = dialogue.id if dialogue is not None else None
    row = SuggestionBox(
        container=engine.make_container(queries.KIND, number),
        dialogue_id=number,
        created_at=clock.now(),
        **{"title": "Bättre Vara", "lead": "Vad kan bli bättre?", **fields},
    )
    db.session().add(row)
    db.session().flush()
    service.keep(row)
    return row


def written(text: str = "Laga bänken vid torget. Två brädor är av.", **fields: Any) -> Written:
    """What somebody hands in; `key` makes it one form."""
    key, name = fields.pop("key", secrets.token_urlsafe(8)), fields.pop("name", "")
    draft = Draft(text, fields.pop("language", "sv"), name, fields.pop("channel", "web"), key)
    return Written(draft, **{"matter": "parker", **fields})


def send(box: SuggestionBox, text: str = "Laga bänken vid torget. Två brädor är av.", *, by: Actor = GUEST,
         **fields: Any) -> Suggestion:  # fmt: skip
    """A suggestion that waits to be released."""
    return service.send(by, box, written(text, **fields))


def send_with_picture(box: SuggestionBox, alt: str, **fields: Any) -> Suggestion:
    """A suggestion that waits, with a picture, sent as people send it: by way of a draft."""
    draft = service.keep_draft(GUEST, box, secrets.token_hex(32), {})
    added = service.add_picture(GUEST, box, draft, Upload("bild.jpg", jpeg()))
    assert added is not None
    added.alt = alt
    return service.send(GUEST, box, written(**fields), draft)


def show(case: Suggestion, state: State = State.SHOWN) -> Contribution:
    """Let moderation have come to this about it."""
    row = case.contribution
    row.review.state = state
    row.shown_at = clock.now() if state is State.SHOWN else row.shown_at
    db.session().flush()
    return row
