"""The task list of a dialogue: what is done, begun or missing, each line a link; and where it may go from here."""

from __future__ import annotations

from dataclasses import dataclass

from app import ladder
from app.dialogues import bodies, criteria, guards, lifecycle, service
from app.dialogues.guards import Attempt, Guard
from app.dialogues.lifecycle import Step
from app.dialogues.manage.moving import BY_RECORD
from app.dialogues.models import Dialogue, Matter
from app.dialogues.queries import Dossier
from app.dialogues.stages import DRAFT_STAGES, Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing
from app.permissions import Actor, Reason
from app.subjects import Address

DONE, STARTED, NOT_BEGUN, BLOCKED = "done", "started", "todo", "blocked"


@dataclass(frozen=True)
class Task:
    """One line: what to do, how far it has come, where one does it, and a few words about it."""

    label: LazyText
    state: str
    address: Address
    note: str | LazyText = ""


@dataclass(frozen=True)
class Onward:
    """One step that the dialogue may take from here: what is missing, and why this person may not take it."""

    step: Step
    missing: list[Missing]
    refused: Reason | None
    address: Address


def groups(dossier: Dossier) -> list[tuple[LazyText, list[Task]]]:
    """The tasks of a dialogue in the order in which one does them."""
    return [
        (_l("The question"), _question(dossier)),
        (_l("The decision"), _decision(dossier)),
        (_l("Taking part"), _taking_part(dossier)),
        (_l("Afterwards"), _afterwards(dossier)),
    ]


def _question(dossier: Dossier) -> list[Task]:
    row = dossier.dialogue
    answered = len(dossier.answers) == len(criteria.KEYS)
    gate = DONE if _holds(dossier, guards.criteria_all_yes) else STARTED if answered else NOT_BEGUN
    where = _to(row, "dialogues.assessed" if answered and gate != DONE else "dialogues.criteria")
    note = _l("Not all are answered with yes") if gate == STARTED else _l("All answered with yes")
    scope = _begun(_holds(dossier, guards.scope_told), bool(dossier.scope))
    level = ladder.level(row.level).name if row.level else _l("After the purpose")
    return [
        Task(_l("The four criteria"), gate, where, note if answered else ""),
        _part(dossier, _l("The question"), "fraga", guards.question_written, row.question),
        _part(dossier, _l("The purpose"), "syfte", guards.purpose_written, row.purpose),
        Task(_l("The level of participation"), _level_state(dossier), _part_of(row, "niva"), level),
        Task(_l("What is open and what is fixed"), scope, _to(row, "dialogues.scope")),
    ]


def _level_state(dossier: Dossier) -> str:
    if _holds(dossier, guards.level_chosen):
        return DONE
    return NOT_BEGUN if dossier.dialogue.purpose.strip() else BLOCKED


def _decision(dossier: Dossier) -> list[Task]:
    row = dossier.dialogue
    promise = _holds(dossier, guards.promise_given) and _holds(dossier, guards.body_named)
    contact = _holds(dossier, guards.contact_named) and _holds(dossier, guards.summary_written)
    decided = dossier.record(Matter.HOLD)
    return [
        Task(
            _l("The body and its promise"),
            _begun(promise, bool(row.promise or row.affected or row.body_key)),
            _part_of(row, "lofte"),
            bodies.name_of(row.body_key),
        ),
        Task(
            _l("The time plan"),
            _begun(_holds(dossier, guards.dates_hold), row.opens_at is not None),
            _part_of(row, "tidplan"),
        ),
        Task(
            _l("Summary and contact"),
            _begun(contact, bool(row.summary or row.contact_name)),
            _part_of(row, "beskrivning"),
            row.contact_name,
        ),
        Task(
            _l("The body's decision"),
            DONE if decided else BLOCKED if row.stage in DRAFT_STAGES - {Stage.PREPARED} else NOT_BEGUN,
            ("decisions.show", {"dialogue_id": row.id}),
            _l("Recorded by the secretary of the body"),
        ),
    ]


def _taking_part(dossier: Dossier) -> list[Task]:
    row = dossier.dialogue
    ready = _holds(dossier, guards.input_offered) and _holds(dossier, guards.methods_ready)
    state = BLOCKED if row.level is None else _begun(ready, bool(dossier.cards))
    return [Task(_l("The methods of this dialogue"), state, _to(row, "dialogues.methods"))]


def _afterwards(dossier: Dossier) -> list[Task]:
    row = dossier.dialogue
    can_write = row.stage in (Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.CANCELLED)
    state = DONE if dossier.outcome else NOT_BEGUN if can_write else BLOCKED
    return [Task(_l("What became of it"), state, _to(row, "dialogues.outcome"))]


def onward(actor: Actor, dossier: Dossier) -> list[Onward]:
    """Where the dialogue may go from here, and what is missing for each; what the clock alone does is left out."""
    row, found = dossier.dialogue, dict[LazyText, Onward]()
    for step in lifecycle.steps_from(row.stage):
        if step.by is lifecycle.CLOCK or step.label in found:  # a record of either outcome is one door
            continue
        missing = service.missing_in(dossier, step, note="…")  # the note is written on the page of the step
        if step.to in BY_RECORD:  # and so is the record
            missing = [one for one in missing if one.address[0] != "decisions.show"]
        address = _to(row, "dialogues.confirm", to=str(step.to))
        found[step.label] = Onward(step, missing, step.by(actor, row), address)
    return list(found.values())


def _holds(dossier: Dossier, guard: Guard) -> bool:
    return not guard(Attempt(dossier, Stage(dossier.dialogue.stage))).missing


def _begun(done: bool, begun: bool) -> str:
    return DONE if done else STARTED if begun else NOT_BEGUN


def _part(dossier: Dossier, label: LazyText, part: str, guard: Guard, note: str) -> Task:
    return Task(label, DONE if _holds(dossier, guard) else NOT_BEGUN, _part_of(dossier.dialogue, part), note)


def _part_of(row: Dialogue, part: str) -> Address:
    return _to(row, "dialogues.part", part=part)


def _to(row: Dialogue, endpoint: str, **values: str) -> Address:
    return endpoint, {"dialogue_id": row.id, **values}
