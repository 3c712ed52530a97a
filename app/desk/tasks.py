"""The task list of a dialogue: what is done, begun or missing, each line a link; and where it may go from here."""

from __future__ import annotations

from dataclasses import dataclass

from app import clock, ladder
from app.dialogues import bodies, guards, lifecycle, service
from app.dialogues.duties.guards import duties_shared
from app.dialogues.duties.models import DutyHolder
from app.dialogues.evaluation import guards as evaluation
from app.dialogues.evaluation import queries as evaluations
from app.dialogues.evaluation.rules import AFTERWARDS, EVALUATED
from app.dialogues.guards import Attempt, Guard
from app.dialogues.intake import guards as intake
from app.dialogues.kinds.guards import kind_settled
from app.dialogues.kinds.manage import PARTS, PARTS_OF
from app.dialogues.manage.moving import BY_RECORD
from app.dialogues.models import Dialogue, Matter
from app.dialogues.phases import queries as phases
from app.dialogues.phases.guards import phases_hold
from app.dialogues.queries import Dossier
from app.dialogues.stages import DRAFT_STAGES, Kind, Stage
from app.dialogues.steps import CLOCK, Step
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing
from app.permissions import Actor, Reason
from app.subjects import Address

GATE = (
    guards.criteria_all_yes,
    intake.mind_not_made_up,
    intake.not_decided_before,
    intake.ours_to_decide,
    intake.views_are_worth_something,
)
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
    if dossier.dialogue.kind != Kind.CITIZEN_DIALOGUE:
        return _of_other_kind(dossier)
    return [
        (_l("The question"), _question(dossier)),
        (_l("The decision"), _decision(dossier)),
        (_l("Taking part"), _taking_part(dossier)),
        (_l("Afterwards"), _afterwards(dossier)),
    ]


def _of_other_kind(dossier: Dossier) -> list[tuple[LazyText, list[Task]]]:
    """Few, because their life cycles are short."""
    row = dossier.dialogue
    prepared = [
        Task(PARTS[part].heading, _part_state(dossier, part), _to(row, "kinds_desk.part", part=part))
        for part in PARTS_OF[Kind(row.kind)]
    ]
    found = [(_l("Preparation"), [*prepared, _description(dossier)])]
    if row.kind == Kind.USER_DIALOGUE:
        return [*found, (_l("Taking part"), _taking_part(dossier)), (_l("Afterwards"), _afterwards(dossier))]
    if row.kind == Kind.INFORMATION:
        methods = _to(row, "dialogues.methods")
        found.append(
            (_l("What one can read"), [Task(_l("Articles and meetings"), _begun(bool(dossier.cards), False), methods)])
        )
    return found


def _part_state(dossier: Dossier, part: str) -> str:
    """Done where no guard sends one to this page any more."""
    first = lifecycle.steps_from(dossier.dialogue.kind, Stage.IDEA)[0]
    lacking = {one.address[1].get("part") for one in service.missing_in(dossier, first, note="…")}
    return DONE if part not in lacking else NOT_BEGUN


def _description(dossier: Dossier) -> Task:
    row = dossier.dialogue
    there = _holds(dossier, guards.contact_named) and _holds(dossier, guards.summary_written)
    state = _begun(there, bool(row.summary or row.contact_name))
    return Task(_l("Summary and contact"), state, _part_of(row, "beskrivning"), row.contact_name)


def _question(dossier: Dossier) -> list[Task]:
    row = dossier.dialogue
    answered = _holds(dossier, guards.criteria_answered) and _holds(dossier, intake.rest_answered)
    gate = DONE if all(_holds(dossier, one) for one in GATE) else STARTED if answered else NOT_BEGUN
    where = _to(row, "dialogues.assessed" if answered and gate != DONE else "dialogues.criteria")
    note = _l("Something stands against it") if gate == STARTED else _l("Nothing stands against it")
    scope = _begun(_holds(dossier, guards.scope_told), bool(dossier.scope))
    level = ladder.level(row.level).name if row.level else _l("After the purpose")
    return [
        Task(_l("What kind it is"), _begun(_holds(dossier, kind_settled), False), _to(row, "kinds_desk.choose")),
        Task(_l("Is this a question for a dialogue?"), gate, where, note if answered else ""),
        _part(dossier, _l("The question"), "fraga", guards.question_written, row.question),
        _part(dossier, _l("The purpose"), "syfte", guards.purpose_written, row.purpose),
        Task(_l("The level of participation"), _level_state(dossier), _part_of(row, "niva"), level),
        Task(_l("What is open and what is fixed"), scope, _to(row, "dialogues.scope")),
        *_earlier_lessons(dossier),
    ]


def _earlier_lessons(dossier: Dossier) -> list[Task]:
    """What earlier dialogues have learned, while something can still be made of it."""
    if dossier.dialogue.stage not in DRAFT_STAGES:
        return []
    waiting = dossier.once(evaluations.to_take_up)
    answered = sum(one.answer is not None for one in waiting)
    state = _begun(_holds(dossier, evaluation.earlier_lessons_answered), answered > 0)
    counted = _l("%(done)s of %(total)s answered", done=answered, total=len(waiting))
    note = counted if waiting else _l("None concerns it")
    where = _to(dossier.dialogue, "evaluation.lessons_here")
    return [Task(_l("What earlier dialogues have learned"), state, where, note)]


def _level_state(dossier: Dossier) -> str:
    if _holds(dossier, guards.level_chosen):
        return DONE
    return NOT_BEGUN if dossier.dialogue.purpose.strip() else BLOCKED


def _decision(dossier: Dossier) -> list[Task]:
    row = dossier.dialogue
    promise = _holds(dossier, guards.promise_given) and _holds(dossier, guards.body_named)
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
        _description(dossier),
        Task(
            _l("Who does what"),
            _begun(_holds(dossier, duties_shared), bool(dossier.rows(DutyHolder))),
            _to(row, "duties.share"),
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
    is_over = row.stage in (*AFTERWARDS, *EVALUATED)  # what was ready then need not be asked of each method again
    ready = is_over or (_holds(dossier, guards.input_offered) and _holds(dossier, guards.methods_ready))
    state = BLOCKED if row.level is None else _begun(ready, bool(dossier.cards))
    methods = Task(_l("The methods of this dialogue"), state, _to(row, "dialogues.methods"))
    return [methods, *_phases(dossier)]


def _phases(dossier: Dossier) -> list[Task]:
    """The phases, where there are any, and what came of those that have ended; a simple dialogue has none."""
    row, plan = dossier.dialogue, phases.plan_in(dossier)
    planned = BLOCKED if row.opens_at is None else DONE if _holds(dossier, phases_hold) else STARTED
    none = _l("None: it has no phases") if not plan.phases else ""
    found = [Task(_l("Phases and times"), planned, _to(row, "dialogues.phases"), none)]
    ended = [one for one in plan.phases if one.closes_at <= clock.now()]
    untold = [one for one in ended if not one.interim]
    if ended:
        state = "late" if untold else DONE
        note = _l("Not written: %(names)s", names=[one.name for one in untold]) if untold else ""
        found.append(Task(_l("Feedback from each phase"), state, _to(row, "dialogues.phases"), note))
    return found


def _afterwards(dossier: Dossier) -> list[Task]:
    row = dossier.dialogue
    stages = (Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.CANCELLED)
    can_write = row.stage in (stages if row.kind == Kind.CITIZEN_DIALOGUE else (Stage.CLOSED,))
    state = DONE if dossier.outcome else NOT_BEGUN if can_write else BLOCKED
    told = Task(_l("What became of it"), state, _to(row, "dialogues.outcome"))
    return [told] if row.kind != Kind.CITIZEN_DIALOGUE else [told, _evaluation(row), _archiving(row)]


def _evaluation(row: Dialogue) -> Task:
    begun = NOT_BEGUN if row.stage in AFTERWARDS else BLOCKED
    return Task(_l("The evaluation"), DONE if row.stage in EVALUATED else begun, _to(row, "evaluation.overview"))


def _archiving(row: Dialogue) -> Task:
    begun = NOT_BEGUN if row.stage == Stage.EVALUATED else BLOCKED
    state = DONE if row.stage == Stage.ARCHIVED else begun
    return Task(_l("Archiving"), state, _to(row, "evaluation.archiving"), _l("Done by the registrar"))


def onward(actor: Actor, dossier: Dossier) -> list[Onward]:
    """Where the dialogue may go from here, and what is missing for each; what the clock alone does is left out."""
    row, found = dossier.dialogue, dict[LazyText, Onward]()
    for step in lifecycle.steps_from(row.kind, row.stage):
        if step.by is CLOCK or step.label in found:  # a record of either outcome is one door
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
