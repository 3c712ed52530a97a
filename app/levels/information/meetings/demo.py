"""The demo municipality's meetings: ahead, full with people waiting, held with notes, called off, one of the site."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock, db, richtext, subjects
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.dialogues.demo import Town
from app.levels.information.meetings import queries, service
from app.levels.information.meetings.forms import WISHES
from app.levels.information.meetings.models import Meeting, MeetingTalk, SignUp
from app.moderation.models import Ruling
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import Actor, Role
from app.reviews.models import State

TEXTS = Path(__file__).with_name("demo_meetings.toml")


def fill(town: Town) -> None:
    """Add the meetings, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["meeting"]:
        row = _meeting(town, entry)
        db.session().add(row)
        db.session().flush()
        _translations(town, row, entry)
        _guests(town, row, entry["guests"])
        db.session().flush()
        _said(town, row, entry.get("said", []))
        if row.cancelled_at is None:
            service.keep(row)
            service.plan_ahead(row)


def _meeting(town: Town, entry: dict[str, Any]) -> Meeting:
    starts = _at(town.now, entry["days"], entry["hour"])
    is_over = entry["days"] < 0
    about, minutes = (entry.get(name, {}).get("sv", "").strip() for name in ("about", "minutes"))
    return Meeting(
        dialogue_id=town.dialogues[entry["dialogue"]].id if "dialogue" in entry else None,
        form=entry["form"],
        title=entry["title"]["sv"],
        lead=entry["lead"]["sv"],
        about=about,
        about_html=richtext.from_markdown(about),
        starts_at=starts,
        ends_at=starts + timedelta(hours=entry["hours"]),
        place=entry["place"]["sv"],
        access=entry["access"]["sv"],
        takes_sign_ups=entry.get("takes_sign_ups", True),
        seats=entry.get("seats"),
        created_by=(town.official if "dialogue" in entry else town.staff[Role.COMMUNICATIONS]).id,
        created_at=town.ago(days=20),
        published_at=town.ago(days=15),
        cancelled_at=town.ago(days=1) if "cancelled" in entry else None,
        cancelled_because=entry.get("cancelled", ""),
        minutes=minutes,
        minutes_html=richtext.from_markdown(minutes),
        minutes_at=town.ago(days=2) if is_over and minutes else None,
        attended=entry.get("attended"),
    )


def _said(town: Town, row: Meeting, tables: list[dict[str, Any]]) -> None:
    """What was said, table by table; a line that is a table of its own says what a moderator has done with it."""
    if not tables:
        return
    container = engine.make_container(queries.SAID, row.dialogue_id)
    db.session().add(MeetingTalk(id=container.id, meeting_id=row.id))
    lead = Actor(town.official.id, town.official.name)
    for table in tables:
        for line in table["lines"]:
            told = {"text": line} if isinstance(line, str) else line
            state = State(told.get("state", State.SHOWN))
            draft = engine.Draft(told["text"], told.get("language", "sv"), table["theme"], "meeting")
            made = engine.add(lead, container, draft, shown=state is not State.WAITING)
            made.written_at = row.ends_at + timedelta(hours=15)
            if state is State.HIDDEN:
                _hide(town, made, told["ground"])


def _hide(town: Town, line: Contribution, ground: str) -> None:
    line.review.state = State.HIDDEN
    by_id = town.staff[Role.MODERATOR].id
    db.session().add(
        Ruling(reviewable_id=line.review_id, outcome=State.HIDDEN, ground=ground, by_id=by_id, at=town.ago(days=3))
    )


def _at(now: datetime, days: int, hour: int) -> datetime:
    """That hour of the day, in the municipality, so many days from now."""
    day = clock.local(now) + timedelta(days=days)
    return clock.from_local(day.replace(hour=hour, minute=30, second=0, microsecond=0, tzinfo=None))


def _guests(town: Town, row: Meeting, count: int) -> None:
    for number, person in enumerate(town.rng.sample(town.residents, count), 1):
        has_seat = row.seats is None or number <= row.seats
        wishes = [town.rng.choice(list(WISHES))] if town.rng.random() < 0.2 else []
        db.session().add(
            SignUp(
                meeting_id=row.id,
                seat=number if has_seat else None,
                name=person.name,
                email=person.email,
                language=person.language,
                wishes=wishes,
                channel="web",
                person_id=person.id,
                form_hash=f"demo-{row.id}-{number}",
                receipt=service.receipt(town.rng.choice),
                created_at=town.ago(days=10, hours=-number),
            )
        )


def _translations(town: Town, row: Meeting, entry: dict[str, Any]) -> None:
    writer, reviewer = town.staff[Role.TRANSLATOR], town.official
    for field in queries.FIELDS:
        for language, text in entry.get(field, {}).items():
            if language == "sv":
                continue
            written = text.strip()
            db.session().add(
                Translation(
                    subject=subjects.key("meeting", row.id),
                    field=field,
                    language=language,
                    text=written,
                    html=richtext.from_markdown(written) if field in queries.RICH else None,
                    status=Status.REVIEWED,
                    source_version=digest(getattr(row, field)),
                    source_text=getattr(row, field),
                    written_by=writer.id,
                    written_at=town.now,
                    reviewed_by=reviewer.id,
                    reviewed_at=town.now,
                )
            )
