"""What came after the demo municipality's dialogues: as far as each has come, made from what has come in to it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock, db, ladder, richtext
from app.dialogues import bodies, demo_rows, queries
from app.dialogues.answers import queries as answers
from app.dialogues.answers import reports
from app.dialogues.answers.models import (
    About,
    Compilation,
    CompilationWriter,
    Consideration,
    Delivery,
    FollowUp,
    FollowUpChange,
    ResultReport,
    Telling,
    Theme,
    ToldOtherwise,
    Way,
)
from app.dialogues.demo import Town
from app.dialogues.models import Dialogue, Matter
from app.dialogues.queries import Dossier
from app.dialogues.stages import TOLD_STAGES, Stage
from app.permissions import Role

TEXTS = Path(__file__).with_name("demo_answers.toml")
Entry = Mapping[str, Any]  # one [[answers]] of the file
PAPERS = timedelta(days=10)
GIVEN = TOLD_STAGES | {Stage.HANDED_OVER, Stage.RESOLVED}


def build(town: Town) -> None:
    """Add them, in the open unit, when every method has added what came in."""
    entries: list[Entry] = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["answers"]
    for entry in entries:
        for key, dialogue in town.dialogues.items():
            name, _, number = key.rpartition("-")  # the same one held earlier has a number
            if entry["dialogue"] in (key, name if number.isdigit() else key):
                _write(town, entry, dialogue)


def _write(town: Town, entry: Entry, dialogue: Dialogue) -> None:
    when = {move.to_stage: move.at for move in Dossier(dialogue).moves}
    _compilation(town, entry, dialogue, when)
    if dialogue.stage in GIVEN:
        _report(town, dialogue, when[Stage.HANDED_OVER])
    if dialogue.stage in TOLD_STAGES or dialogue.stage == Stage.RESOLVED:
        _considerations(town, entry, dialogue, when[Stage.RESOLVED])
    if Stage.COMPILED in when:
        _telling(town, entry, dialogue, About.RESULT, when[Stage.COMPILED])
    if dialogue.stage in TOLD_STAGES:
        _telling(town, entry, dialogue, About.FEEDBACK, when[Stage.FED_BACK])
        for one in entry.get("doing", ()):
            _doing(town, one, dialogue, when[Stage.FED_BACK])
    db.session().flush()
    _translate(town, entry, dialogue, when.get(Stage.COMPILED, town.now))


def _compilation(town: Town, entry: Entry, dialogue: Dialogue, when: Mapping[str, datetime]) -> None:
    read = max(entry["read"], answers.came_in(queries.cards_of(dialogue.id)))
    counts = [round(read * one["share"]) for one in entry["theme"]]
    whole = not entry.get("begun", False)
    done = when.get(Stage.COMPILED)
    row = Compilation(
        dialogue_id=dialogue.id, finding=_sv(entry, "finding"), read_in_all=read if whole else None,
        other_count=max(round(read * entry.get("other_share", 0)), read - sum(counts)) if whole else 0,
        other=_sv(entry, "other"), who=_sv(entry, "who"), lives=entry.get("lives"), stays=entry.get("stays"),
        works=entry.get("works"), method_note=_sv(entry, "method"), limits=_sv(entry, "limits"), published_at=done,
        whole_version=int(whole),
    )  # fmt: skip
    if whole and done is not None:
        row.offline_by, row.offline_at = town.official.id, done - timedelta(days=5)
        row.confirmed_by, row.confirmed_at = town.staff[Role.COMMUNICATIONS].id, done - timedelta(days=1)
        row.confirmed_edition = 1
    db.session().add(row)
    db.session().flush()
    db.session().add(CompilationWriter(dialogue_id=dialogue.id, person_id=town.official.id))
    for position, (one, count) in enumerate(zip(entry["theme"], counts, strict=True), start=1):
        said = _sv(one, "said")
        theme = Theme(
            dialogue_id=dialogue.id, position=position, name=_sv(one, "name"), said=said,
            html=richtext.from_markdown(said), count=count,
        )  # fmt: skip
        db.session().add(theme)
    db.session().flush()


def _report(town: Town, dialogue: Dialogue, at: datetime) -> None:
    dossier = Dossier(dialogue)
    found = answers.compiled(dossier)
    assert dialogue.decision_on is not None and found.compilation is not None  # noqa: S101, PT018  # a demo has them
    meeting, body = dialogue.decision_on, bodies.name_of(dialogue.body_key)
    given = reports.Given(1, body, meeting, meeting - PAPERS, "", at)
    content = reports.content(dialogue, found, dossier.cards, given)
    report = ResultReport(
        dialogue_id=dialogue.id, number=1, edition=found.compilation.edition, body_key=dialogue.body_key,
        body_name=body, meeting_on=meeting, papers_by=meeting - PAPERS, content=content, hash=reports.digest(content),
        made_by=town.official.id, made_at=at,
    )  # fmt: skip
    db.session().add(report)


def _considerations(town: Town, entry: Entry, dialogue: Dialogue, at: datetime) -> None:
    dossier = Dossier(dialogue)
    decision = dossier.record(Matter.FINAL)
    assert decision is not None  # noqa: S101  # a demo that was decided has its record
    for theme, one in zip(answers.compiled(dossier).themes, entry["theme"], strict=True):
        row = Consideration(
            theme_id=theme.id, stance=one["stance"], why=_sv(one, "why"), decision_id=decision.id,
            written_by=town.staff[Role.COMMUNICATIONS].id, written_at=at + timedelta(days=2),
        )  # fmt: skip
        db.session().add(row)


def _telling(town: Town, entry: Entry, dialogue: Dialogue, about: About, at: datetime) -> None:
    """A mail to each who took part and left an address, and how the others were told."""
    row = Telling(dialogue_id=dialogue.id, about=about, made_at=at)
    db.session().add(row)
    db.session().flush()
    reached = {one.email for method in ladder.methods() for one in method.participants(dialogue.id)}
    for number, address in enumerate(sorted(reached)):
        key = hashlib.sha256(f"{row.id}\0{address}".encode()).hexdigest()
        state = "bounced" if number < entry.get("bounced", 0) else "sent"
        db.session().add(Delivery(telling_id=row.id, key_hash=key, state=state, changed_at=at + timedelta(minutes=4)))
    others = [
        (Way.PAPER, entry.get("paper", 0), "Brev genom förskolan och biblioteket"),
        (Way.MEETING, entry.get("meeting", 20), "Invånarträffen efter beslutet"),
        (Way.UNREACHABLE, entry.get("unreachable", 0), "Svarade utan att lämna en adress"),
    ]
    for way, count, note in others if about is About.FEEDBACK else ():
        if count:
            told = ToldOtherwise(
                telling_id=row.id, way=way, count=count, note=note, added_by=town.staff[Role.CONTACT_CENTRE].id,
                added_at=at + timedelta(days=3),
            )  # fmt: skip
            db.session().add(told)


def _doing(town: Town, one: Entry, dialogue: Dialogue, told: datetime) -> None:
    """A follow-up: written when people were told, and moved on a day since, where it has been."""
    assert dialogue.decision_on is not None  # noqa: S101  # a demo that was decided has its day
    due = _day(town, one["due"])
    item = FollowUp(
        dialogue_id=dialogue.id, text=_sv(one, "text"), unit=one["unit"], due_on=due, progress=one["progress"],
        why=_sv(one, "word"), written_by=town.official.id, written_at=told,
    )  # fmt: skip
    db.session().add(item)
    db.session().flush()
    steps = [("planned", "", told)]
    if "moved" in one:
        steps.append((one["progress"], item.why, max(told + timedelta(days=1), town.ago(days=-one["moved"]))))
    for progress, why, at in steps:
        change = FollowUpChange(
            follow_up_id=item.id, progress=progress, due_on=due, why=why, at=at, by_id=town.official.id
        )
        db.session().add(change)


def _translate(town: Town, entry: Entry, dialogue: Dialogue, at: datetime) -> None:
    found = answers.compiled(Dossier(dialogue))
    items = answers.follow_ups(Dossier(dialogue))
    only = {
        f"compilation:{dialogue.id}",
        *_keys("theme", (one.id for one in found.themes)),
        *_keys("consideration", found.considered),
        *_keys("follow_up", (one.item.id for one in items)),
        *_keys("follow_up_change", (change.id for one in items for change in one.changes)),
    }
    demo_rows.translate(entry, dialogue.id, at, town.staff, only)


def _keys(kind: str, numbers: Iterable[int]) -> Iterable[str]:
    return (f"{kind}:{number}" for number in numbers)


def _sv(part: Entry, name: str) -> str:
    text: str = part.get(name, {}).get("sv", "")
    return text


def _day(town: Town, days: float) -> date:
    return clock.local(town.now).date() + timedelta(days=days)
