"""The registrar's part: how the material is kept, and that addresses go when they are needed no longer."""

from __future__ import annotations

from sqlalchemy.orm.attributes import flag_modified

from app import clock, db
from app.dialogues.evaluation import queries, retention, thinning
from app.dialogues.evaluation.events import AddressesThinned, RetentionChosen
from app.dialogues.evaluation.models import ArchivePlan
from app.dialogues.evaluation.rules import Do
from app.dialogues.evaluation.service.telling import about
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.service.drafting import hold
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, require


def choose_retention(actor: Actor, dialogue: Dialogue, version: int, *, retention_class: str) -> ArchivePlan:
    """Choose a class of the retention plan. Raises NotAccepted for one that is not in the list, Overtaken."""
    hold(actor, Do.CHOOSE_RETENTION, dialogue, version)
    if retention.find(retention_class) is None:
        raise NotAccepted("retention_class", _l("Choose a class of the retention plan."))
    row = queries.plan_of(dialogue.id) or ArchivePlan(dialogue_id=dialogue.id)
    row.retention, row.chosen_by, row.chosen_at = retention_class, actor.person_id, clock.now()
    db.session().add(row)
    flag_modified(dialogue, "title")  # its version grows, so that an editor of an older one is told
    db.session().flush()
    emit(RetentionChosen(**about(actor, dialogue), retention=retention_class))
    return row


def thin(actor: Actor, dialogue: Dialogue) -> int:
    """Remove the addresses that by the plan are needed no longer. Returns how many there were."""
    require(actor, Do.THIN, dialogue)
    gone = thinning.thin(dialogue.id)
    plan = queries.plan_of(dialogue.id)
    if plan is not None:
        plan.thinned_at = clock.now()
    db.session().flush()
    emit(AddressesThinned(**about(actor, dialogue), count=gone))
    return gone
