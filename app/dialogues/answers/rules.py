"""Who may do what after a dialogue has closed.

What was promised is kept alive after the archive: follow-ups may be written and updated in an archived dialogue,
because what the municipality said it would do often takes longer than the dialogue. Nothing else of it changes.
"""

from __future__ import annotations

from typing import Any

from app.dialogues.answers import queries
from app.dialogues.rules import NO_DIALOGUE, in_stage, is_lead, shows_results, works_here
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Role, Rules, has_role


class Do(Action):
    READ_REPORT = "answers:read_report"
    VISIT = "answers:visit"  # the officials' pages about it, to read
    COMPILE = "answers:compile"
    CONFIRM = "answers:confirm"  # as second reader
    HAND_OVER = "answers:hand_over"
    CONSIDER = "answers:consider"
    NOTE_TOLD = "answers:note_told"  # who was told without a mail, and which mails came back
    FOLLOW_UP = "answers:follow_up"


ANSWERS = has_role(Role.COMMUNICATIONS, Role.OFFICIAL)
READS_AFTER = has_role(Role.COMMUNICATIONS, Role.OFFICIAL, Role.MODERATOR)
TELLS = has_role(Role.COMMUNICATIONS, Role.OFFICIAL, Role.CONTACT_CENTRE)
# Until the body decides, what is found in the answers may be put right; a report that was handed over stays as it is.
COMPILING = in_stage(Stage.CLOSED, Stage.COMPILED, Stage.HANDED_OVER)


def did_not_write(actor: Actor, subject: Any) -> Reason | None:
    """A second reader is somebody who has not written in it."""
    if subject.dialogue_id is None:
        return NO_DIALOGUE
    if actor.person_id is not None and actor.person_id not in queries.writers(subject.dialogue_id):
        return None
    return Reason("writer", _l("You have written in this, so somebody else must be the second reader."))


RULES: Rules = {
    Do.READ_REPORT: (shows_results,),
    Do.VISIT: (works_here,),
    Do.COMPILE: (is_lead, COMPILING),
    Do.CONFIRM: (READS_AFTER, COMPILING, did_not_write),
    Do.HAND_OVER: (is_lead, in_stage(Stage.COMPILED, Stage.HANDED_OVER)),
    Do.CONSIDER: (ANSWERS, in_stage(Stage.RESOLVED, Stage.CANCELLED)),
    Do.NOTE_TOLD: (
        TELLS, in_stage(Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.FED_BACK, Stage.EVALUATED)
    ),
    Do.FOLLOW_UP: (
        ANSWERS, in_stage(Stage.RESOLVED, Stage.CANCELLED, Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED)
    ),
}  # fmt: skip
