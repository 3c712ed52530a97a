"""The lines of a task list that are about the preparation."""

from __future__ import annotations

from app import ladder
from app.desk.lines import BLOCKED, DONE, NOT_BEGUN, STARTED, WAITS, WRONG, Task, begun, holds, part_of, to
from app.dialogues import guards as dialogue
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.preparation import guards, queries
from app.dialogues.preparation.models import CostItem, GroundAnswer, Stakeholder
from app.dialogues.queries import Dossier
from app.dialogues.stages import DRAFT_STAGES, Stage
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l


def second_reader(dossier: Dossier) -> Task:
    row, read = dossier.dialogue, queries.reading(dossier)
    label, address = _l("The second reader"), to(row, "preparation.purpose")
    if read is not None and not read.is_concrete:
        return Task(label, WRONG, address, read.note, lazy_p("task", "Sent back"))
    if holds(dossier, guards.purpose_confirmed):
        return Task(label, DONE, address, _l("Finds the purpose concrete"))
    if not row.purpose.strip():
        return Task(label, BLOCKED, address, _l("After the purpose"))
    return Task(label, WAITS if queries.asked(dossier) else NOT_BEGUN, address, _l("Somebody else reads the purpose"))


def level(dossier: Dossier) -> Task:
    row = dossier.dialogue
    note = ladder.level(row.level).name if row.level else _l("After the purpose, with goals and target groups")
    done = holds(dossier, dialogue.level_chosen, guards.level_reasoned)
    state = BLOCKED if not row.purpose.strip() else begun(done, row.level is not None)
    return Task(_l("The level and why"), state, part_of(row, "niva"), note)


def people(dossier: Dossier) -> list[Task]:
    """Who is concerned, and what is in their way."""
    return [_groups(dossier), _grounds(dossier)]


def _groups(dossier: Dossier) -> Task:
    groups, label = dossier.rows(Stakeholder), _l("Stakeholders and groups")
    address = to(dossier.dialogue, "preparation.people")
    without = [row for row in queries.affected(dossier) if not row.channels]
    if without:
        words = _l("Groups without a way in: %(number)s", number=len(without))
        return Task(label, WRONG, address, words, lazy_p("task", "Not all are reached"))
    note = _l("Groups: %(number)s", number=len(groups)) if groups else ""
    return Task(label, begun(holds(dossier, guards.stakeholders_told), bool(groups)), address, note)


def _grounds(dossier: Dossier) -> Task:
    left, any_answer = queries.grounds_left(dossier), bool(dossier.rows(GroundAnswer))
    note: str | LazyText = ""
    if left and any_answer:
        note = _l("Left: %(grounds)s", grounds=[one.name for one in left])
    return Task(_l("The seven grounds"), begun(not left, any_answer), to(dossier.dialogue, "preparation.grounds"), note)


def time_plan(dossier: Dossier) -> Task:
    row, label = dossier.dialogue, _l("The time plan")
    if not holds(dossier, dialogue.dates_hold):
        return Task(label, STARTED if row.opens_at is not None else NOT_BEGUN, part_of(row, "tidplan"))
    meeting = next(iter(dossier.rows(BodyMeeting)), None)
    note: str | LazyText = _l("Papers by %(papers_by)s", papers_by=meeting.papers_by) if meeting else ""
    if row.stage not in DRAFT_STAGES | {Stage.DECIDED} or holds(dossier, guards.time_to_consider):
        return Task(label, DONE, part_of(row, "tidplan"), note)
    words = _l("Too close to the body's meeting") if meeting else _l("The body has no meeting on that day")
    return Task(label, WRONG, part_of(row, "tidplan"), words, lazy_p("task", "Does not hold"))


def costs(dossier: Dossier) -> Task:
    there = bool(dossier.rows(CostItem))
    word = "" if there else lazy_p("task", "If you like")
    address = to(dossier.dialogue, "preparation.costs")
    return Task(_l("Costs"), DONE if there else NOT_BEGUN, address, word=word, counts=False)


def follow_up(dossier: Dossier) -> list[Task]:
    """What became of what was done for priority groups, where there are any."""
    groups = queries.priority(dossier)
    if not groups:
        return []
    left = [row for row in groups if row.turnout is None]
    can_write = dossier.dialogue.stage not in DRAFT_STAGES | {Stage.DECIDED, Stage.ANNOUNCED}
    state = DONE if not left else NOT_BEGUN if can_write else BLOCKED
    note = _l("Groups: %(number)s", number=len(groups))
    return [Task(_l("Groups heard in particular"), state, to(dossier.dialogue, "preparation.follow_up"), note)]
