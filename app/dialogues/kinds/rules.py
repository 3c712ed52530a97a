"""Who may write what of a kind that is no citizens' dialogue, and when."""

from __future__ import annotations

from typing import Any

from app.dialogues import queries
from app.dialogues.kinds import queries as kinds
from app.dialogues.rules import NO_DIALOGUE, in_stage, is_citizen_dialogue, is_lead, is_still_kept
from app.dialogues.stages import KIND_NAMES, Kind, Stage
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Check, Reason, Rules


class Do(Action):
    ABOUT = "kinds:about"  # title, question or heading, whom it concerns, purpose, unit
    PERIOD = "kinds:period"  # of a user dialogue: when, and what is promised
    TELL = "kinds:tell"  # the decision that information tells of
    LINK = "kinds:link"  # where a consultation is held, and when
    CHOOSE = "kinds:choose"  # answer the first questions about a citizens' dialogue that was begun without them
    REDIRECT = "kinds:redirect"  # send a citizens' dialogue to where it belongs


def is_kind(*kinds: Kind) -> Check:
    """Passes for the subject's dialogue where it is of one of these kinds."""

    def check(_actor: Actor, subject: Any) -> Reason | None:
        row = queries.of(subject)
        if row is None:
            return NO_DIALOGUE
        if row.kind in kinds:
            return None
        names = [KIND_NAMES[kind] for kind in kinds]
        return Reason("kind", _l("This belongs to another kind: %(kinds)s.", kinds=names))

    return check


def is_untold(_actor: Actor, subject: Any) -> Reason | None:
    """Of a user dialogue: what people have been told when it was announced stands. Other kinds may be mended."""
    row = queries.of(subject)
    if row is None or row.kind != Kind.USER_DIALOGUE or row.stage == Stage.IDEA:
        return None
    return Reason("announced", _l("The dialogue has been announced, so this can no longer be changed."))


def is_unchosen(_actor: Actor, subject: Any) -> Reason | None:
    """The first questions are answered once."""
    row = queries.of(subject)
    chosen = row is not None and kinds.choice_of(row.id) is not None
    return Reason("chosen", _l("The first questions have been answered, and their answers stay.")) if chosen else None


is_other_kind = is_kind(Kind.USER_DIALOGUE, Kind.INFORMATION, Kind.STATUTORY_CONSULTATION)

RULES: Rules = {
    Do.ABOUT: (is_lead, is_other_kind, is_still_kept, is_untold),
    Do.PERIOD: (is_lead, is_kind(Kind.USER_DIALOGUE), is_still_kept, is_untold),
    Do.TELL: (is_lead, is_kind(Kind.INFORMATION), is_still_kept),
    Do.LINK: (is_lead, is_kind(Kind.STATUTORY_CONSULTATION), is_still_kept),
    Do.CHOOSE: (
        is_lead,
        is_citizen_dialogue,
        in_stage(Stage.IDEA, Stage.ASSESSED, Stage.PREPARED, Stage.DECIDED),
        is_unchosen,
    ),
    Do.REDIRECT: (is_lead, is_citizen_dialogue, in_stage(Stage.ASSESSED)),
}
