"""Planning phases and the times of things, and telling what came of a phase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock, db, richtext, subjects
from app.dialogues.changes.models import Part
from app.dialogues.changes.service import Change, note
from app.dialogues.models import Card, Dialogue
from app.dialogues.phases import fitting, queries
from app.dialogues.phases.events import (
    InterimPublished,
    InterimWritten,
    PhaseChanged,
    PhasePlanned,
    PhaseRemoved,
    ThingTimed,
)
from app.dialogues.phases.fitting import Problem
from app.dialogues.phases.models import Phase, ThingTime
from app.dialogues.phases.rules import Do, is_announced
from app.dialogues.phases.shifting import keep_windows
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service.drafting import hold
from app.dialogues.times import Window, of_dialogue
from app.events import Event, emit
from app.i18n import lazy as _l
from app.permissions import Actor

NEVER_SAVED = 0  # the version of the times of a thing that has none yet


@dataclass(frozen=True)
class Facts:
    """What a phase is: its name in Swedish, and its own period within the dialogue's."""

    name: str
    opens_at: datetime
    closes_at: datetime

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)


def add_phase(actor: Actor, dialogue: Dialogue, facts: Facts, why: str = "") -> Phase:
    """A new phase. Raises NotAccepted for times that do not hold, or without a reason once the dialogue has opened."""
    hold(actor, Do.PLAN, dialogue, None)
    _refuse(_problems(dialogue, facts, queries.plan_of(dialogue.id).phases))
    if is_announced(dialogue.stage) and facts.closes_at <= clock.now():
        raise NotAccepted("closes_at", _l("This time has passed."))
    made = Phase(dialogue_id=dialogue.id, name=facts.name, opens_at=facts.opens_at, closes_at=facts.closes_at)
    db.session().add(made)
    _told(actor, dialogue, made.name, why, after=facts.name)
    _tell(PhasePlanned(**_about(actor, dialogue), name=made.name))
    return made


def change_phase(actor: Actor, dialogue: Dialogue, phase: Phase, version: int, facts: Facts, why: str = "") -> None:
    """New facts. Raises Overtaken where somebody else has saved the phase since `version`; NotAccepted as above, and
    where what has been announced would no longer hold."""
    hold(actor, Do.PLAN, dialogue, None)
    _still(phase, version)
    plan = queries.plan_of(dialogue.id)
    before, named = Window(phase.opens_at, phase.closes_at), phase.name
    if facts == Facts(named, phase.opens_at, phase.closes_at):
        return
    problems = _problems(dialogue, facts, [one for one in plan.phases if one.id != phase.id])
    if is_announced(dialogue.stage):
        problems += fitting.of_promise(before, facts.window)
    _refuse(problems)
    phase.name, phase.opens_at, phase.closes_at = facts.name, facts.opens_at, facts.closes_at
    _refuse([_outside(key) for key in plan.things if plan.window(key).is_empty])
    keep_windows(dialogue)
    until = facts.closes_at if facts.closes_at != before.closes_at else None
    _told(actor, dialogue, facts.name, why, before=named, after=facts.name, until=until)
    _tell(PhaseChanged(**_about(actor, dialogue), name=phase.name))


def remove_phase(actor: Actor, dialogue: Dialogue, phase: Phase, why: str = "") -> None:
    """Take a phase away before it has begun; its things belong to none then, and keep their own times."""
    hold(actor, Do.PLAN, dialogue, None)
    if is_announced(dialogue.stage) and phase.opens_at <= clock.now():
        raise NotAccepted("why", _l("This phase has begun, so it stays."))
    for thing in queries.plan_of(dialogue.id).things.values():
        if thing.phase_id == phase.id:
            thing.phase_id = None
    db.session().flush()
    db.session().delete(phase)
    keep_windows(dialogue)
    _told(actor, dialogue, phase.name, why, before=phase.name)
    _tell(PhaseRemoved(**_about(actor, dialogue), name=phase.name))


def set_times(  # what a thing's times are, each named by its caller
    actor: Actor,
    dialogue: Dialogue,
    card: Card,
    version: int,
    *,
    phase: Phase | None,
    opens_at: datetime | None,
    closes_at: datetime | None,
    why: str = "",
) -> None:
    """Let a thing belong to a phase (or none), and open and close at its own times within it.

    `version` is NEVER_SAVED for a thing that has no times yet. Raises Overtaken, NotAccepted as change_phase does.
    """
    hold(actor, Do.PLAN, dialogue, None)
    plan = queries.plan_of(dialogue.id)
    row, before = plan.things.get(card.subject), plan.window(card.subject).within(of_dialogue(dialogue))
    if (row.version if row else NEVER_SAVED) != version:
        raise Overtaken(dialogue.id)
    outer = of_dialogue(dialogue) if phase is None else Window(phase.opens_at, phase.closes_at)
    own = Window(opens_at, closes_at)
    problems = fitting.of_window(own, outer)
    if is_announced(dialogue.stage):
        problems += fitting.of_promise(before, own.within(outer).within(of_dialogue(dialogue)))
    _refuse(problems)
    row = row or ThingTime(subject=card.subject, dialogue_id=dialogue.id)
    row.phase_id, row.opens_at, row.closes_at = (phase.id if phase else None), opens_at, closes_at
    db.session().add(row)
    keep_windows(dialogue)
    change = Change(part=Part.TIMES, subject=card.subject, title=card.title, until=own.within(outer).closes_at)
    note(actor, dialogue, change, why)
    _tell(ThingTimed(**_about(actor, dialogue), title=card.title))


def write_interim(actor: Actor, dialogue: Dialogue, phase: Phase, version: int, text: str, why: str = "") -> None:
    """Write what came of a phase, in Markdown. It is public from the end of the phase on: at once, where it has ended.

    Once people have been told, a change of it is told too. Raises Overtaken, and NotAccepted without a reason.
    """
    hold(actor, Do.TELL, dialogue, None)
    _still(phase, version)
    if phase.interim == text:
        return
    if phase.published_at is not None:
        if not text:
            raise NotAccepted("interim", _l("Those who took part have been told this. It can be changed, not emptied."))
        note(actor, dialogue, Change(part=Part.INTERIM, title=phase.name, before=phase.interim, after=text), why)
    phase.interim, phase.interim_by = text, actor.person_id
    phase.interim_html = richtext.from_markdown(text) if text else None
    _tell(InterimWritten(**_about(actor, dialogue), name=phase.name))
    publish_if_ended(actor, dialogue, phase)


def publish_if_ended(actor: Actor, dialogue: Dialogue, phase: Phase) -> None:
    """Tell those who took part what came of the phase, once: where it has ended and something is written."""
    if queries.is_told(phase) and phase.published_at is None and is_announced(dialogue.stage):
        phase.published_at = clock.now()
        _tell(InterimPublished(**_about(actor, dialogue), name=phase.name, phase_id=phase.id))


def _problems(dialogue: Dialogue, facts: Facts, others: Sequence[Phase]) -> list[Problem]:
    return [*fitting.of_window(facts.window, of_dialogue(dialogue)), *fitting.of_order(facts.window, others)]


def _outside(_key: str) -> Problem:
    return Problem("closes_at", _l("Something in this phase would never be open then. Change its times first."))


def _refuse(problems: Sequence[Problem]) -> None:
    """Raises NotAccepted for the first of them."""
    for one in problems:
        raise NotAccepted(one.field, one.sentence)


def _still(phase: Phase, version: int) -> None:
    db.session().refresh(phase)
    if phase.version != version:
        raise Overtaken(phase.id)


def _told(actor: Actor, dialogue: Dialogue, title: str, why: str, **words: object) -> None:
    note(actor, dialogue, Change(part=Part.PHASES, title=title, **words), why)  # type: ignore[arg-type]


def _about(actor: Actor, dialogue: Dialogue) -> dict[str, Any]:
    return {"subject": subjects.key("dialogue", dialogue.id), "actor": actor, "dialogue_id": dialogue.id}


def _tell(event: Event) -> None:
    db.session().flush()
    emit(event)
