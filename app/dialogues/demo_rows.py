"""One demo dialogue as rows: everything that its stage says must have happened, in the order it would have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from app import clock, db, richtext
from app.accounts.models import Person
from app.dialogues import bodies, criteria
from app.dialogues.models import (
    Assessment,
    CriterionAnswer,
    DecisionRecord,
    Dialogue,
    Matter,
    Move,
    Outcome,
    Ruling,
    ScopeItem,
)
from app.dialogues.stages import Stage
from app.multilingual import sources
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import Role

Entry = Mapping[str, Any]  # one [[dialogue]] of demo_dialogues.toml
Staff = Mapping[Role, Person]

MAIN = (
    Stage.IDEA, Stage.ASSESSED, Stage.PREPARED, Stage.DECIDED, Stage.ANNOUNCED, Stage.OPEN, Stage.CLOSED,
    Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED,
)  # fmt: skip
# Where the main line is left for the stages beside it.
LEAVES_AFTER = {
    Stage.UNSUITABLE: Stage.ASSESSED,
    Stage.REDIRECTED: Stage.ASSESSED,
    Stage.REJECTED: Stage.PREPARED,
    Stage.PAUSED: Stage.OPEN,
    Stage.CANCELLED: Stage.OPEN,
}
# Who took the step; nobody but the clock opens and closes.
BY: dict[Stage, Role | None] = {
    Stage.DECIDED: Role.SECRETARY,
    Stage.REJECTED: Role.SECRETARY,
    Stage.RESOLVED: Role.SECRETARY,
    Stage.CANCELLED: Role.SECRETARY,
    Stage.OPEN: None,
    Stage.CLOSED: None,
    Stage.FED_BACK: Role.COMMUNICATIONS,
    Stage.ARCHIVED: Role.REGISTRAR,
}
LANGUAGES = {"en": "en", "ar": "ar", "easy": "sv-simple"}  # in the file → code
REASONS = (
    "Inget är bestämt. Det som står under öppet kan bli annorlunda.",
    "Nämnden har sagt att den väntar med sitt beslut tills dialogen är klar.",
    "Det vi vet i dag bygger på räkningar, inte på hur det är för dem som berörs.",
    "Den som deltar får veta vad som styr frågan och vad som står mot vartannat.",
)


def write(entry: Entry, now: datetime, staff: Staff) -> Dialogue:
    """Add one dialogue with all that belongs to it, in the open unit."""
    stage = Stage(entry["stage"])
    times = _times(entry, now)
    dialogue = _dialogue(entry, stage, times, staff)
    db.session().add(dialogue)
    db.session().flush()
    _scope(entry, dialogue.id)
    _moves(entry, dialogue.id, stage, times, staff)
    if stage is not Stage.IDEA:
        _assessment(entry, dialogue.id, times[Stage.ASSESSED], staff)
    _records(entry, dialogue.id, stage, times, staff)
    if "outcome" in entry:
        _outcome(entry["outcome"], dialogue.id, times, staff)
    db.session().flush()
    translate(entry, dialogue.id, times[Stage.DECIDED], staff)
    return dialogue


def _moment(now: datetime, days: float, at: time) -> datetime:
    return clock.from_local(datetime.combine(_day(now, days), at))


def _day(now: datetime, days: float) -> date:
    return clock.local(now).date() + timedelta(days=days)


def _times(entry: Entry, now: datetime) -> dict[Stage, datetime]:
    """When the dialogue reached, or would reach, each stage."""
    opens, closes = entry.get("opens", 115), entry.get("closes", 150)
    decision = entry.get("decision", 200)
    fed_back = entry.get("outcome", {}).get("published", decision + 14)
    days = {
        Stage.IDEA: opens - 130,
        Stage.ASSESSED: opens - 122,
        Stage.UNSUITABLE: opens - 119,
        Stage.REDIRECTED: opens - 119,
        Stage.PREPARED: opens - 95,
        Stage.DECIDED: opens - 60,
        Stage.REJECTED: opens - 55,
        Stage.ANNOUNCED: opens - 30,
        Stage.COMPILED: closes + 15,
        Stage.HANDED_OVER: closes + 25,
        Stage.RESOLVED: decision + 1,
        Stage.FED_BACK: fed_back,
        Stage.EVALUATED: fed_back + 60,
        Stage.ARCHIVED: fed_back + 150,
        Stage.PAUSED: -2,
        Stage.CANCELLED: -3,
    }
    times = {stage: _moment(now, day, time(10)) for stage, day in days.items()}
    return {**times, Stage.OPEN: _moment(now, opens, time(8)), Stage.CLOSED: _moment(now, closes, time(23, 59))}


def _dialogue(entry: Entry, stage: Stage, times: Mapping[Stage, datetime], staff: Staff) -> Dialogue:
    lead = staff[Role.OFFICIAL]
    dialogue = Dialogue(
        stage=stage,
        level=entry.get("level"),
        title=entry["title"]["sv"],
        body_key=entry.get("body"),
        contact_name=lead.name,
        contact_email=lead.email,
        contact_phone="0512-310 00",
        pause_reason=entry.get("pause", ""),
        created_by=lead.id,
        created_at=times[Stage.IDEA],
    )
    for name in ("question", "summary", "purpose", "promise", "affected"):
        setattr(dialogue, name, entry.get(name, {}).get("sv", ""))
    if "opens" in entry:
        start = times[Stage.OPEN] - timedelta(days=entry["opens"])
        dialogue.opens_at, dialogue.closes_at = times[Stage.OPEN], times[Stage.CLOSED]
        dialogue.decision_on, dialogue.feedback_by = _day(start, entry["decision"]), _day(start, entry["feedback"])
    return dialogue


def _scope(entry: Entry, dialogue_id: int) -> None:
    items = [(True, item) for item in entry.get("open", ())] + [(False, item) for item in entry.get("fixed", ())]
    for position, (is_open, item) in enumerate(items, start=1):
        why = item.get("why", {}).get("sv", "")
        row = ScopeItem(dialogue_id=dialogue_id, position=position, is_open=is_open, text=item["text"]["sv"], why=why)
        db.session().add(row)


def _path(stage: Stage) -> list[Stage]:
    """The stages that it has been in, this one last."""
    last = LEAVES_AFTER.get(stage, stage)
    way = list(MAIN[: MAIN.index(last) + 1])
    return way if last is stage else [*way, stage]


def _moves(entry: Entry, dialogue_id: int, stage: Stage, times: Mapping[Stage, datetime], staff: Staff) -> None:
    path = _path(stage)
    for start, to in pairwise(path):
        role = BY.get(to, Role.OFFICIAL)
        by = staff[role].id if role else None
        row = Move(
            dialogue_id=dialogue_id, from_stage=start, to_stage=to, at=times[to], by_id=by, note=_note(entry, to),
            guards={},
        )  # fmt: skip
        db.session().add(row)


def _note(entry: Entry, to: Stage) -> str:
    """What was said at this step, where something must be said."""
    notes: dict[Stage, str] = {
        Stage.PAUSED: entry.get("pause", ""),
        Stage.UNSUITABLE: entry.get("note", ""),
        Stage.REDIRECTED: entry.get("note", ""),
        Stage.REJECTED: entry.get("reason", ""),
        Stage.CANCELLED: entry.get("reason", ""),
        Stage.EVALUATED: entry.get("evaluation", ""),
        Stage.ARCHIVED: "Bevaras enligt dokumenthanteringsplanen.",
    }
    return notes.get(to, "")


def _assessment(entry: Entry, dialogue_id: int, at: datetime, staff: Staff) -> None:
    made = Assessment(dialogue_id=dialogue_id, made_by=staff[Role.OFFICIAL].id, made_at=at)
    db.session().add(made)
    db.session().flush()
    answers: Sequence[str] = entry.get("answers", ["yes"] * len(criteria.KEYS))
    reasons: Sequence[str] = entry.get("criteria", REASONS)
    for key, answer, reason in zip(criteria.KEYS, answers, reasons, strict=True):
        db.session().add(CriterionAnswer(assessment_id=made.id, criterion=key, answer=answer, reason=reason))


def _records(entry: Entry, dialogue_id: int, stage: Stage, times: Mapping[Stage, datetime], staff: Staff) -> None:
    path = _path(stage)
    found: list[tuple[Matter, Ruling, Stage, str]] = []
    if Stage.DECIDED in path:
        found.append((Matter.HOLD, Ruling.APPROVED, Stage.DECIDED, entry["section"]))
    if stage is Stage.REJECTED:
        found.append((Matter.HOLD, Ruling.REJECTED, Stage.REJECTED, entry["section"]))
    if Stage.RESOLVED in path:
        found.append((Matter.FINAL, Ruling.APPROVED, Stage.RESOLVED, entry["final_section"]))
    if stage is Stage.CANCELLED:
        found.append((Matter.CANCEL, Ruling.APPROVED, Stage.CANCELLED, entry["called_off_section"]))
    for matter, ruling, reached, section in found:
        row = DecisionRecord(
            dialogue_id=dialogue_id,
            matter=matter,
            outcome=ruling,
            body_key=entry["body"],
            body_name=bodies.name_of(entry["body"]),
            decided_on=clock.local(times[reached]).date() - timedelta(days=1),
            section_no=section,
            case_number=entry["case"],
            reason="" if ruling is Ruling.APPROVED and matter is not Matter.CANCEL else entry["reason"],
            recorded_by=staff[Role.SECRETARY].id,
            recorded_at=times[reached],
        )
        db.session().add(row)


def _outcome(entry: Entry, dialogue_id: int, times: Mapping[Stage, datetime], staff: Staff) -> None:
    row = Outcome(
        dialogue_id=dialogue_id,
        heading=entry["heading"],
        lead=entry["lead"],
        body=entry["body"],
        html=richtext.from_markdown(entry["body"]),
        written_by=staff[Role.COMMUNICATIONS].id,
        written_at=times[Stage.RESOLVED],
        published_at=times[Stage.FED_BACK] if "published" in entry else None,
    )
    db.session().add(row)


def translate(entry: Entry, dialogue_id: int, at: datetime, staff: Staff, only: Collection[str] | None = None) -> None:
    """Put the file's translations where the registry of translatable texts says that their Swedish texts are.

    `only`: keys of the subjects whose texts they are, where others of the dialogue may say the same.
    """
    known = _by_swedish(entry)
    for item in sources.items(dialogue_id):
        if only is not None and item.subject not in only:
            continue
        for code, text in known.get(item.source, {}).items():
            row = Translation(
                subject=item.subject,
                field=item.field,
                language=code,
                text=text,
                html=richtext.from_markdown(text) if item.is_rich else None,
                status=Status.REVIEWED,
                source_version=digest(item.source),
                source_text=item.source,
                written_by=staff[Role.TRANSLATOR].id,
                written_at=at,
                reviewed_by=staff[Role.OFFICIAL].id,
                reviewed_at=at,
            )
            db.session().add(row)


def _by_swedish(part: Any) -> dict[str, dict[str, str]]:
    """Swedish text → language code → translation, from every part of an entry that has languages."""
    if isinstance(part, Mapping):
        own = {part["sv"]: {code: part[key] for key, code in LANGUAGES.items() if key in part}} if "sv" in part else {}
        return own | {text: known for inner in part.values() for text, known in _by_swedish(inner).items()}
    if isinstance(part, list):
        return {text: known for inner in part for text, known in _by_swedish(inner).items()}
    return {}
