"""The only function that moves a dialogue from stage to stage, and what is missing before it may."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app import clock, db, subjects
from app.dialogues import lifecycle
from app.dialogues.changes import service as changes
from app.dialogues.changes.models import Part
from app.dialogues.changes.service import Change
from app.dialogues.events import DialogueMoved
from app.dialogues.guards import Attempt, Finding
from app.dialogues.models import Dialogue, Move
from app.dialogues.queries import Dossier, guideline_of
from app.dialogues.rules import Do
from app.dialogues.stages import STAGE_NAMES, Stage
from app.dialogues.steps import Step
from app.events import emit
from app.i18n import lazy as _l
from app.ladder import Missing
from app.permissions import Actor, Reason, Refusal, require


@dataclass
class Tried:
    """A step that somebody tries to take: what the rule of moving is asked about."""

    step: Step
    attempt: Attempt

    @property
    def dialogue_id(self) -> int:
        return self.attempt.dialogue_id

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """What each guard of the step saw, by its name."""
        return {guard.__name__: guard(self.attempt) for guard in self.step.needs}

    @property
    def missing(self) -> list[Missing]:
        return [one for finding in self.findings.values() for one in finding.missing]


def key_of(dialogue: Dialogue) -> str:
    return subjects.key("dialogue", dialogue.id)


def lock(dialogue: Dialogue) -> None:
    """Take the right to change this dialogue until the unit ends, and read what another did while we waited."""
    db.session().flush()
    db.lock_key(key_of(dialogue))
    db.session().refresh(dialogue)


def keep_stage(dialogue_id: int) -> None:
    """Let the dialogue stay at its stage until the unit ends, and read which it is: a move waits, others do not.

    For what is taken in while a dialogue is open, so that nothing comes in behind the back of whoever closes it.
    """
    db.session().get(Dialogue, dialogue_id, with_for_update={"read": True}, populate_existing=True)


def move(actor: Actor, dialogue: Dialogue, to: Stage, note: str = "") -> Move:
    """Move a dialogue one step along the table, in the open unit.

    The lock comes before the rule, because the rule is asked about what the dialogue is now, not what it was when
    the page was drawn. Raises Refusal with the first thing that is missing.
    """
    lock(dialogue)
    dossier = Dossier(dialogue)
    tried = _tried(dossier, to, note)
    require(actor, Do.MOVE, tried)
    start = dialogue.stage
    dialogue.stage = to
    dialogue.pause_reason = note if to is Stage.PAUSED else ""
    _publish_outcome(tried)
    made = Move(
        dialogue_id=dialogue.id,
        from_stage=start,
        to_stage=to,
        at=clock.now(),
        by_id=actor.person_id,
        note=note,
        guards={"guideline": _guideline_id(dossier), **{name: one.saw for name, one in tried.findings.items()}},
    )
    db.session().add(made)
    db.session().flush()
    _tell_of_pause(actor, dialogue, start, to, note)
    emit(_moved(actor, dialogue, start, to, note))
    return made


def _tell_of_pause(actor: Actor, dialogue: Dialogue, start: str, to: Stage, why: str) -> None:
    """Whoever took part hears that it is paused, and that it goes on, and until when."""
    if to is Stage.PAUSED:
        changes.note(actor, dialogue, Change(part=Part.PAUSED), why)
    elif start == Stage.PAUSED and to is Stage.OPEN:
        changes.note(actor, dialogue, Change(part=Part.RESUMED, until=dialogue.closes_at), why)


def _moved(actor: Actor, dialogue: Dialogue, start: str, to: str, note: str) -> DialogueMoved:
    return DialogueMoved(
        subject=key_of(dialogue), actor=actor, dialogue_id=dialogue.id, from_stage=start, to_stage=to, note=note
    )


def missing(dialogue: Dialogue, to: Stage, note: str = "") -> list[Missing]:
    """Everything that stands in the way of this move, whoever makes it; empty where nothing does.

    Raises Refusal where the table has no such step.
    """
    return _tried(Dossier(dialogue), to, note).missing


def missing_in(dossier: Dossier, step: Step, note: str = "") -> list[Missing]:
    """As missing(), for a page that has the dossier at hand and asks about several steps."""
    return Tried(step, Attempt(dossier, step.to, note)).missing


def _tried(dossier: Dossier, to: Stage, note: str) -> Tried:
    step = lifecycle.step(dossier.dialogue.kind, dossier.dialogue.stage, to)
    if step is None:
        names: dict[str, Any] = {"start": STAGE_NAMES[Stage(dossier.dialogue.stage)], "to": STAGE_NAMES[Stage(to)]}
        raise Refusal(Do.MOVE, Reason("no_step", _l("No step leads from “%(start)s” to “%(to)s”.", **names)))
    return Tried(step, Attempt(dossier, Stage(to), note))


def _guideline_id(dossier: Dossier) -> int | None:
    guideline = dossier.once(guideline_of)
    return guideline.id if guideline else None


def _publish_outcome(tried: Tried) -> None:
    outcome = tried.attempt.dossier.outcome if tried.step.to is Stage.FED_BACK else None
    if outcome is not None:
        outcome.published_at = clock.now()
