"""Who may translate and review. The subject is a `desk.Work`, or anything that names a dialogue."""

from __future__ import annotations

from typing import Any

from app.i18n import lazy as _l
from app.multilingual import sources
from app.multilingual.desk import Work
from app.permissions import Action, Actor, Reason, Role, Rules, has_role, is_system

TRANSLATORS = (Role.TRANSLATOR, Role.OFFICIAL, Role.COMMUNICATIONS)

NOTHING_WRITTEN = Reason("nothing_written", _l("There is no draft to review yet."))
OWN_WORK = Reason(
    "second_person",
    _l("You wrote this translation. Somebody else reviews it, because one does not see one's own mistakes."),
)
SWEDISH_CHANGED = Reason(
    "stale", _l("The Swedish text has changed since this draft was saved. Go through it and save it again first.")
)


class Do(Action):
    VISIT = "multilingual:visit"  # the translators' desk, to read
    TRANSLATE = "multilingual:translate"
    REVIEW = "multilingual:review"
    BRING = "multilingual:bring"  # texts that were translated and checked elsewhere


def is_open(_actor: Actor, work: Work) -> Reason | None:
    """The owner of the text lets it be translated now."""
    return sources.locked(work.item.subject)


def is_drafted(_actor: Actor, work: Work) -> Reason | None:
    if work.draft is None:
        return NOTHING_WRITTEN
    return SWEDISH_CHANGED if work.draft.source_version != work.source_version else None


def is_second_person(actor: Actor, work: Work) -> Reason | None:
    """Four eyes: whoever wrote the draft does not review it."""
    written_by: Any = work.draft.written_by if work.draft else None
    return OWN_WORK if written_by is not None and written_by == actor.person_id else None


RULES: Rules = {
    Do.VISIT: (has_role(*TRANSLATORS),),
    Do.TRANSLATE: (has_role(*TRANSLATORS), is_open),
    Do.REVIEW: (has_role(*TRANSLATORS), is_open, is_drafted, is_second_person),
    Do.BRING: (is_system,),
}
