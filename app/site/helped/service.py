"""Taking in what readers say of a page, without who they are; and letting go of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from app import clock, db, i18n, subjects
from app.events import emit
from app.limits import Limit
from app.permissions import Actor, require
from app.site.helped.events import PageAnswerRemoved
from app.site.helped.models import PageAnswer
from app.site.helped.rules import Do

TRIES = Limit("helped", 20, timedelta(hours=1))  # from one network address
KEPT = timedelta(days=365)


def take(actor: Actor, path: str, *, helped: bool, text: str) -> None:
    """Keep an answer about a page. Of the actor, the address and the hour nothing is kept."""
    require(actor, Do.ANSWER)
    row = PageAnswer(
        path=path, language=i18n.current().code, helped=helped, text=text, answered_on=clock.today()
    )  # fmt: skip
    db.session().add(row)
    db.session().flush()


def remove(actor: Actor, row: PageAnswer) -> None:
    """Take an answer away: somebody wrote about themselves, or about others."""
    require(actor, Do.REMOVE, row)
    db.session().delete(row)
    db.session().flush()
    emit(PageAnswerRemoved(subject=subjects.key("page_answer", row.id), actor=actor))


def forget_old() -> None:
    """Let go of answers that have been kept for a year, in the open unit."""
    db.session().execute(delete(PageAnswer).where(PageAnswer.answered_on < clock.today() - KEPT))
