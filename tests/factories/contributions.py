"""Contributions in containers of their own, without a method round them."""

from __future__ import annotations

from typing import Any

from app import db
from app.accounts.models import Person
from app.contributions import service
from app.contributions.models import Container, Contribution
from app.contributions.service import Draft
from app.reviews.models import State
from tests.factories.people import actor_of, make_actor

KIND = "leaf"


def make_container(dialogue_id: int | None = None, kind: str = KIND) -> Container:
    return service.make_container(kind, dialogue_id)


def write(
    container: Container, text: str = "Plantera lindar.", *, state: State = State.SHOWN, by: Person | None = None,
    parent: Contribution | None = None, **fields: Any,
) -> Contribution:  # fmt: skip
    """One text by a new person, or by this one, in this state."""
    actor = actor_of(by) if by else make_actor()
    draft = Draft(text, **{"language": "sv", "name": actor.name, **fields})
    row = service.add(actor, container, draft, shown=state is not State.WAITING, parent=parent)
    row.review.state = state
    db.session().flush()
    return row
