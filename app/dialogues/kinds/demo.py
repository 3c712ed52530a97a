"""The demo municipality's user dialogues, information and statutory consultations, and why each dialogue is one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app import clock, db, richtext
from app.dialogues import bodies, demo_rows
from app.dialogues.kinds.core.proposal import Answers, proposed
from app.dialogues.kinds.models import KindChoice, KnownDecision, OwnProcess, Redirection, UserService
from app.dialogues.models import Dialogue, Move, Outcome
from app.dialogues.service.drafting import LEVELS
from app.dialogues.stages import Kind, Stage
from app.permissions import Role

if TYPE_CHECKING:
    from app.dialogues.demo import Town

TEXTS = Path(__file__).with_name("demo_kinds.toml")
FIELDS = ("title", "question", "summary", "purpose", "promise", "affected")
# What was answered where the kind was chosen.
ANSWERS = {
    Kind.CITIZEN_DIALOGUE: Answers(one_group=False, experience=False, decided=False, statutory=False),
    Kind.USER_DIALOGUE: Answers(one_group=True, experience=True, decided=False, statutory=False),
    Kind.INFORMATION: Answers(one_group=False, experience=False, decided=True, statutory=False),
    Kind.STATUTORY_CONSULTATION: Answers(one_group=False, experience=False, decided=False, statutory=True),
}
OVERRIDDEN = "matsedeln"  # the one that was begun as another kind than the answers proposed
WHY = "Anhöriga från flera boenden hade hört av sig, så frågan verkade röra fler än de som bor på Vilan."
PATHS = {
    Kind.USER_DIALOGUE: (Stage.IDEA, Stage.ANNOUNCED, Stage.OPEN, Stage.CLOSED, Stage.FED_BACK, Stage.ARCHIVED),
    Kind.INFORMATION: (Stage.IDEA, Stage.ANNOUNCED, Stage.ARCHIVED),
    Kind.STATUTORY_CONSULTATION: (Stage.IDEA, Stage.ANNOUNCED, Stage.ARCHIVED),
}
Entry = Mapping[str, Any]  # one [[entry]] of demo_kinds.toml


def write(town: Town) -> None:
    """Add them to `town.dialogues`, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["entry"]:
        town.dialogues[entry["key"]] = _entry(town, entry)
    for key, dialogue in town.dialogues.items():
        _choice(dialogue, ANSWERS[Kind.USER_DIALOGUE if key == OVERRIDDEN else Kind(dialogue.kind)])
    db.session().flush()


def _choice(dialogue: Dialogue, answers: Answers) -> None:
    other = proposed(answers) != dialogue.kind
    row = KindChoice(
        dialogue_id=dialogue.id,
        proposed=proposed(answers),
        chosen=dialogue.kind,
        reason=WHY if other else "",
        made_by=dialogue.created_by,
        made_at=dialogue.created_at,
        **vars(answers),
    )
    db.session().add(row)


def _entry(town: Town, entry: Entry) -> Dialogue:
    kind, stage = Kind(entry["kind"]), Stage(entry["stage"])
    times = _times(town, entry)
    lead = town.official
    dialogue = Dialogue(
        kind=kind,
        stage=stage,
        level=LEVELS.get(kind),
        body_key=entry.get("body"),
        contact_name=lead.name,
        contact_email=lead.email,
        contact_phone="0512-310 00",
        created_by=lead.id,
        created_at=times[Stage.IDEA],
        **{name: entry.get(name, {}).get("sv", "") for name in FIELDS},
    )
    if "closes" in entry:
        dialogue.opens_at, dialogue.closes_at = times[Stage.OPEN], times[Stage.CLOSED]
    if "feedback" in entry:
        dialogue.feedback_by = _day(town, entry["feedback"])
    db.session().add(dialogue)
    db.session().flush()
    _moves(town, dialogue, times)
    _own(town, entry, dialogue, times)
    db.session().flush()
    demo_rows.translate(entry, dialogue.id, times[Stage.IDEA], town.staff)
    return dialogue


def _times(town: Town, entry: Entry) -> dict[Stage, datetime]:
    """When it reached, or would reach, each stage."""
    opens = entry.get("opens", 20)
    days = {
        Stage.IDEA: opens - 25,
        Stage.ANNOUNCED: opens - 7,
        Stage.OPEN: opens,
        Stage.CLOSED: entry.get("closes", opens + 21),
        Stage.FED_BACK: entry.get("published", opens + 40),
    }
    at = {Stage.OPEN: time(8), Stage.CLOSED: time(23, 59)}
    if entry["kind"] == Kind.STATUTORY_CONSULTATION:
        at = dict.fromkeys(at, time())  # it is held for whole days
    return {
        stage: clock.from_local(datetime.combine(_day(town, day), at.get(stage, time(10))))
        for stage, day in days.items()
    }


def _day(town: Town, days: int) -> date:
    return clock.local(town.now).date() + timedelta(days=days)


def _moves(town: Town, dialogue: Dialogue, times: Mapping[Stage, datetime]) -> None:
    way = PATHS[Kind(dialogue.kind)]
    by = {Stage.ANNOUNCED: town.official.id, Stage.FED_BACK: town.staff[Role.COMMUNICATIONS].id}  # else the clock
    for start, to in pairwise(way[: way.index(Stage(dialogue.stage)) + 1]):
        row = Move(
            dialogue_id=dialogue.id, from_stage=start, to_stage=to, at=times[to], by_id=by.get(to), note="", guards={}
        )  # fmt: skip
        db.session().add(row)


def _own(town: Town, entry: Entry, dialogue: Dialogue, times: Mapping[Stage, datetime]) -> None:
    """What its kind alone has."""
    session = db.session()
    if "unit" in entry:
        session.add(UserService(dialogue_id=dialogue.id, unit=entry["unit"]))
    if "law" in entry:
        session.add(OwnProcess(dialogue_id=dialogue.id, law=entry["law"], url=entry["url"]))
    if "section" in entry:
        row = KnownDecision(
            dialogue_id=dialogue.id,
            body_key=entry["body"],
            body_name=bodies.name_of(entry["body"]),
            decided_on=_day(town, entry["decided"]),
            section_no=entry["section"],
            url=entry["url"],
            made_by=town.official.id,
            made_at=times[Stage.IDEA] + timedelta(days=1),
        )
        session.add(row)
    if "instead_of" in entry:
        _sent(town, town.dialogues[entry["instead_of"]], dialogue)
    if "outcome" in entry:
        _outcome(town, entry["outcome"], dialogue, times[Stage.FED_BACK])


def _sent(town: Town, question: Dialogue, entry: Dialogue) -> None:
    """The question was sent to this entry, for the reason that the step gave."""
    wanted = select(Move).filter_by(dialogue_id=question.id, to_stage=Stage.REDIRECTED)
    step = db.session().scalars(wanted).one()
    row = Redirection(
        from_id=question.id, to_id=entry.id, reason=step.note, made_by=town.official.id, made_at=step.at
    )  # fmt: skip
    db.session().add(row)


def _outcome(town: Town, told: Entry, dialogue: Dialogue, at: datetime) -> None:
    row = Outcome(
        dialogue_id=dialogue.id,
        heading=told["heading"]["sv"],
        lead=told["lead"]["sv"],
        body=told["body"]["sv"],
        html=richtext.from_markdown(told["body"]["sv"]),
        written_by=town.official.id,
        written_at=at - timedelta(days=1),
        published_at=at,
    )
    db.session().add(row)
