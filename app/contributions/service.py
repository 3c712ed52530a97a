"""Every write of contributions. The method has asked `require` before, and emits its own event afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from app import clock, db
from app.accounts.queries import hash_of
from app.contributions import queries, rules
from app.contributions.models import Container, Contribution, ContributionVersion
from app.permissions import Actor
from app.reviews import service as reviews


class AlreadySent(Exception):
    """This form has been sent before; `queries.by_form` gives what came of it."""


@dataclass(frozen=True)
class Draft:
    """What somebody hands in. `name` is what others see, empty for none; `form_key` makes sending twice count once.

    `channel` other than "web": staff enter it for somebody, who is its author, and who has no account here.
    """

    text: str
    language: str
    name: str = ""
    channel: str = "web"
    form_key: str | None = None


def make_container(kind: str, dialogue_id: int | None) -> Container:
    """A new place for contributions of a kind, in the open unit."""
    row = Container(kind=kind, dialogue_id=dialogue_id)
    db.session().add(row)
    db.session().flush()
    return row


def add(
    actor: Actor, container: Container, draft: Draft, *, shown: bool,
    parent: Contribution | None = None, quotes_parent: bool = False,
) -> Contribution:  # fmt: skip
    """Take in a contribution: shown at once, or waiting for a moderator. Raises AlreadySent.

    An answer to an answer stands at the foot of the same root: there is one level of answers.
    """
    form_hash = hash_of(draft.form_key) if draft.form_key else None
    if draft.form_key and queries.by_form(container.id, draft.form_key) is not None:
        raise AlreadySent
    is_own = draft.channel == "web"
    review = reviews.submit(container.kind, dialogue_id=container.dialogue_id, language=draft.language, shown=shown)
    row = Contribution(
        container_id=container.id,
        parent_id=parent.id if parent else None,
        root_id=parent.position if parent else None,
        quotes_parent=quotes_parent and parent is not None,
        person_id=actor.person_id if is_own else None,
        name=draft.name,
        role=rules.mark(actor, container.dialogue_id) if is_own else "",
        text=draft.text,
        language=draft.language,
        channel=draft.channel,
        registered_by=None if is_own else actor.person_id,
        review=review,
        form_hash=form_hash,
        written_at=clock.now(),
        shown_at=clock.now() if shown else None,
    )
    db.session().add(row)
    db.flush_or(AlreadySent())
    return row


def change(row: Contribution, text: str, language: str, *, wait: bool = False) -> bool:
    """Write it anew; how it read is kept. With `wait` a moderator reads it again before others do.

    A moderator who has the old text before them is told that it has moved. Returns False where nothing is new.
    """
    if (row.text, row.language) == (text, language):
        return False
    _keep(row)
    row.text, row.language, row.edited_at = text, language, clock.now()
    row.review.language = language
    if wait:
        reviews.wait_again(row.review)
    flag_modified(row.review, "state")
    db.session().flush()
    return True


def take_away(row: Contribution) -> None:
    """The author takes it away: its place stays, its words are kept for the record only."""
    _keep(row)
    row.text, row.removed_at = None, clock.now()
    db.session().flush()


def mark_shown(row: Contribution) -> bool:
    """Write down that everyone can read it now. Returns whether that is for the first time."""
    if row.shown_at is not None:
        return False
    row.shown_at = clock.now()
    db.session().flush()
    return True


def _keep(row: Contribution) -> None:
    kept = ContributionVersion(
        contribution_id=row.id, number=row.version, text=row.text or "", language=row.language, until=clock.now()
    )
    db.session().add(kept)
