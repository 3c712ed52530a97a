"""The demo municipality's joint projects: one that runs, one that runs on after its dialogue, one that has ended, and
one that is prepared; with tasks, people and texts in every state.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock, db, subjects
from app.accounts.core.addresses import key_of
from app.accounts.models import Person
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.dialogues.demo import Town
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.models import (
    Follower,
    Invitation,
    Member,
    Milestone,
    Progress,
    Project,
    Standing,
    Task,
)
from app.moderation.models import Ruling
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import Role
from app.reviews import service as reviews
from app.reviews.models import Reviewable, State

TEXTS = Path(__file__).with_name("demo_projects.toml")
Entry = Mapping[str, Any]  # a table of demo_projects.toml


def fill(town: Town) -> None:
    """Add the projects, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["project"]:
        row, begun = _project(town, entry)
        _people(town, entry, row, begun)
        for step in entry.get("milestone", ()):
            _milestone(town, step, row, begun)
        for wanted in entry.get("task", ()):
            _task(town, wanted, row, begun)
        _statuses(town, entry, row, begun)
        service.keep(row)


def _project(town: Town, entry: Entry) -> tuple[Project, datetime]:
    dialogue = town.dialogues[entry["dialogue"]]
    opened = dialogue.opens_at or town.now
    begun = opened if entry.get("from_opening") else town.ago(days=entry["days_ago"])
    conclusion = entry.get("conclusion", "").strip()
    row = Project(
        container=engine.make_container(queries.STATUS, dialogue.id),
        dialogue_id=dialogue.id,
        reads_first=entry.get("reads_first", False),
        created_by=town.official.id,
        created_at=begun,
        conclusion=conclusion,
        ended_at=begun + timedelta(days=150) if conclusion else None,
        **{name: entry[name]["sv"].strip() for name in ("title", "lead", "scope", "money", "timing")},
    )
    db.session().add(row)
    db.session().flush()
    _translate(town, subjects.key("project", row.id), {name: entry.get(name, {}) for name in queries.FIELDS
                                                       if name != "conclusion"}, begun)  # fmt: skip
    return row, begun


def _people(town: Town, entry: Entry, row: Project, begun: datetime) -> None:
    for number in entry["members"]:
        person = town.residents[number]
        name = "" if number in entry.get("nameless", ()) else person.name
        asked = begun + timedelta(days=1, hours=number)
        db.session().add(
            Member(
                project_id=row.id, person_id=person.id, standing=Standing.MEMBER, name=name, asked_at=asked,
                joined_at=asked + timedelta(hours=5),
            )
        )  # fmt: skip
    for number, message in entry["asking"]:
        person = town.residents[number]
        db.session().add(
            Member(
                project_id=row.id, person_id=person.id, standing=Standing.ASKED, name=person.name, message=message,
                asked_at=town.ago(days=1, hours=number),
            )
        )  # fmt: skip
    for address in entry.get("invited", ()):
        invited = {"email": address, "email_key": key_of(address), "language": "sv", "invited_at": town.ago(days=2)}
        db.session().add(Invitation(project_id=row.id, **invited))
    following = {*entry["members"], *range(25, 25 + entry["followers"])}
    for number in sorted(following)[: len(town.residents)]:
        if number < len(town.residents):
            person_id = town.residents[number].id
            db.session().add(Follower(project_id=row.id, person_id=person_id, since=begun + timedelta(days=2)))
    db.session().flush()


def _milestone(town: Town, step: Entry, row: Project, begun: datetime) -> None:
    start = begun if row.ended_at else town.now
    due = start + timedelta(days=step["day"])
    reached = due - timedelta(days=1) if step.get("reached") else None
    made = Milestone(
        project_id=row.id, title=step["title"]["sv"], due_on=clock.local(due).date(), reached_at=reached
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    _translate(town, subjects.key("project_milestone", made.id), {"title": step["title"]}, begun)


def _task(town: Town, wanted: Entry, row: Project, begun: datetime) -> None:
    writer, language = _author(town, wanted["by"]), wanted.get("language", "sv")
    owner, percent = wanted.get("owner"), wanted.get("percent", 0)
    progress = Progress.DONE if percent == 100 else Progress.UNDER_WAY if percent else Progress.NOT_BEGUN
    due = clock.local(town.ahead(days=wanted["due"])).date() if "due" in wanted else None
    made = Task(
        project=row,
        review=_review(town, row, queries.TASK, wanted, begun),
        title=wanted["title"],
        about=wanted.get("about", ""),
        language=language,
        owner_id=town.residents[owner].id if isinstance(owner, int) else None,
        is_municipal=owner == "municipality",
        due_on=due,
        progress=progress,
        percent=percent,
        written_by=writer.id,
        created_at=begun + timedelta(days=3),
        done_at=min(begun + timedelta(days=15), town.now) if progress is Progress.DONE else None,
    )
    db.session().add(made)
    db.session().flush()


def _statuses(town: Town, entry: Entry, row: Project, begun: datetime) -> None:
    texts = entry.get("status", ())
    step = ((row.ended_at or town.now) - begun) / (len(texts) + 1)
    for number, written in enumerate(texts, start=1):
        day = clock.local(begun + step * number)
        at = clock.from_local(day.replace(hour=8 + number, minute=7 * number, second=0, microsecond=0, tzinfo=None))
        _status(town, written, row, min(at, town.now))


def _status(town: Town, written: Entry, row: Project, at: datetime) -> None:
    person = _author(town, written["by"])
    made = Contribution(
        container_id=row.id,
        person_id=person.id,
        name=person.name,
        role=written["by"] if isinstance(written["by"], str) else "",
        text=written["text"].strip(),
        language=written.get("language", "sv"),
        review=_review(town, row, queries.STATUS, written, at),
        written_at=at,
        shown_at=None if written.get("state") == "waiting" else at,
    )
    db.session().add(made)
    db.session().flush()
    if written.get("edited"):
        engine.change(made, f"{made.text} Där går det inte att se låset.", made.language)
        made.edited_at = at
    if written.get("removed"):
        engine.take_away(made)


def _review(town: Town, row: Project, kind: str, written: Entry, at: datetime) -> Reviewable:
    """How it fared with the moderators."""
    review = reviews.submit(
        kind, dialogue_id=row.dialogue_id, language=written.get("language", "sv"), shown=True
    )  # fmt: skip
    review.state, review.created_at = State(written.get("state", "shown")), at
    db.session().flush()
    if "ground" in written:
        by = town.staff[Role.MODERATOR].id
        ruling = Ruling(reviewable_id=review.id, outcome=State.HIDDEN, ground=written["ground"], by_id=by, at=at)
        db.session().add(ruling)
    return review


def _author(town: Town, by: int | str) -> Person:
    return town.residents[by] if isinstance(by, int) else town.staff[Role(by)]


def _translate(town: Town, key: str, texts: Mapping[str, Mapping[str, str]], at: datetime) -> None:
    """What the file has in other languages: reviewed."""
    for field, by_language in texts.items():
        source = by_language.get("sv", "").strip()
        for language in (one for one in by_language if one != "sv"):
            db.session().add(
                Translation(
                    subject=key,
                    field=field,
                    language=language,
                    text=by_language[language].strip(),
                    status=Status.REVIEWED,
                    source_version=digest(source),
                    source_text=source,
                    written_by=town.staff[Role.TRANSLATOR].id,
                    written_at=at,
                    reviewed_by=town.official.id,
                    reviewed_at=at,
                )
            )
