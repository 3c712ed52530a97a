"""Who may write the guideline: communications, and nobody else. A version in force is changed by nobody."""

from __future__ import annotations

from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Role, Rules, has_role
from app.policy import completeness
from app.policy.models import GuidelineDraft


class Do(Action):
    EDIT = "policy:edit"  # the draft of the next version; also to see it
    ENTER = "policy:enter"  # put the draft on record, as the body decided it
    DESCRIBE = "policy:describe"  # methods and examples at the steps of the ladder


NO_DRAFT = Reason("no_draft", _l("There is no draft. Begin a new version first."))


def is_complete(_actor: Actor, row: GuidelineDraft | None) -> Reason | None:
    """The draft says everything that a version says; else the first thing that is missing."""
    if row is None:
        return NO_DRAFT
    missing: list[tuple[str, LazyText]] = completeness.missing(row)
    return Reason("incomplete", missing[0][1]) if missing else None


communications = has_role(Role.COMMUNICATIONS)

RULES: Rules = {
    Do.EDIT: (communications,),
    Do.ENTER: (communications, is_complete),
    Do.DESCRIBE: (communications,),
}
