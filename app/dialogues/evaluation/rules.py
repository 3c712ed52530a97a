"""Who may do what with an evaluation, and with what waits for the archive, at which stages."""

from __future__ import annotations

from app import clock
from app.dialogues.evaluation import queries, retention
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.standard import Circle
from app.dialogues.models import Dialogue
from app.dialogues.rules import in_stage, is_citizen_dialogue, is_draft, is_lead, is_public, may_read, works_here
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Role, Rules, has_role, has_role_somewhere


class Do(Action):
    READ = "evaluation:read"  # the public page
    ANSWER = "evaluation:answer"  # the subject is a questionnaire for those who took part
    INVITE = "evaluation:invite"
    ANSWER_OWN = "evaluation:answer_own"  # staff, each for themselves; the subject is their questionnaire
    RECORD_SILENCE = "evaluation:record_silence"
    SUMMARISE = "evaluation:summarise"
    NOTE_LESSON = "evaluation:note_lesson"
    TAKE_UP = "evaluation:take_up"  # answer what earlier dialogues have learned
    LIST_ARCHIVING = "evaluation:list_archiving"
    VISIT_ARCHIVING = "evaluation:visit_archiving"
    CHOOSE_RETENTION = "evaluation:choose_retention"
    THIN = "evaluation:thin"


# From its end until it has been evaluated.
AFTERWARDS = (
    Stage.CLOSED, Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.CANCELLED, Stage.FED_BACK,
)  # fmt: skip
EVALUATED = frozenset({Stage.EVALUATED, Stage.ARCHIVED})


def is_asked_now(_actor: Actor, row: Inquiry) -> Reason | None:
    """Half-open: until the closing moment, which is outside."""
    if row.kind == Circle.STAFF or row.closes_at is None:
        return Reason("staff", _l("These questions are for those who worked with the dialogue."))
    if clock.now() < row.closes_at:
        return None
    return Reason("closed", _l("The evaluation closed on %(closes_at)s.", closes_at=row.closes_at))


def is_for_staff(_actor: Actor, row: Inquiry) -> Reason | None:
    other = Reason("participants", _l("These questions are for those who took part."))
    return None if row.kind == Circle.STAFF else other


def plan_is_due(_actor: Actor, row: Dialogue) -> Reason | None:
    """What by plan is thinned is needed until the day of the plan."""
    plan = queries.plan_of(row.id)
    if plan is None:
        return Reason("no_plan", _l("Choose a class of the retention plan first."))
    due = queries.thinning_due(row.id, retention.named(plan.retention).after)
    if due is not None and due <= clock.now():
        return None
    if due is None:
        return Reason("not_told", _l("Those who took part have not been told what became of it."))
    return Reason("not_due", _l("By the plan, addresses are kept until %(day)s.", day=clock.local(due).date()))


registers = has_role(Role.REGISTRAR)

RULES: Rules = {
    Do.READ: (may_read, is_citizen_dialogue),
    Do.ANSWER: (is_public, is_asked_now),
    Do.INVITE: (is_lead, is_citizen_dialogue, in_stage(*AFTERWARDS)),
    Do.ANSWER_OWN: (works_here, is_for_staff, in_stage(Stage.FED_BACK)),
    Do.RECORD_SILENCE: (is_lead, is_citizen_dialogue, in_stage(Stage.FED_BACK)),
    Do.SUMMARISE: (is_lead, is_citizen_dialogue, in_stage(*AFTERWARDS)),
    Do.NOTE_LESSON: (is_lead, is_citizen_dialogue, in_stage(*AFTERWARDS)),
    Do.TAKE_UP: (is_lead, is_draft),
    Do.LIST_ARCHIVING: (has_role_somewhere(Role.REGISTRAR),),
    Do.VISIT_ARCHIVING: (has_role(Role.REGISTRAR, Role.OFFICIAL), is_citizen_dialogue),
    Do.CHOOSE_RETENTION: (registers, in_stage(Stage.EVALUATED)),
    Do.THIN: (registers, in_stage(Stage.EVALUATED), plan_is_due),
}
