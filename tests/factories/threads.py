"""Threads and posts in them, written through the service."""

from __future__ import annotations

from typing import Any

from app import clock, db
from app.accounts.models import Person
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.contributions.service import Draft
from app.dialogues.models import Dialogue
from app.levels.discussion.threads import queries, service
from app.levels.discussion.threads.models import Thread
from app.reviews.models import State
from tests.factories.contributions import write as write_in
from tests.factories.people import actor_of, make_person


def make_thread(dialogue: Dialogue, **fields: Any) -> Thread:
    """A thread with its card, whatever the stage of the dialogue."""
    values = {"title": "Vad gör gatan trygg?", "lead": "Berätta hur det är i dag.", **fields}
    row = Thread(
        container=engine.make_container(queries.POST, dialogue.id),
        dialogue_id=dialogue.id,
        created_at=clock.now(),
        **values,
    )
    db.session().add(row)
    db.session().flush()
    service.keep(row)
    return row


def post(
    thread: Thread, text: str = "Mer ljus vid stationen.", *, by: Person | None = None,
    parent: Contribution | None = None, language: str = "sv", quotes: bool = False, key: str | None = None,
) -> Contribution:  # fmt: skip
    """A post by somebody, through the service, while the dialogue is open."""
    actor = actor_of(by or make_person(name="Åsa Öberg"))
    draft = Draft(text, language, actor.name, form_key=key)
    return service.write(actor, thread, draft, parent=parent, quotes_parent=quotes)


def place(thread: Thread, text: str = "Mer ljus.", *, state: State = State.SHOWN, **fields: Any) -> Contribution:
    """A post in this state, whatever the stage of the dialogue."""
    return write_in(thread.container, text, state=state, **fields)
