"""The demo municipality's suggestions: the standing box and calls in dialogues, with cases in every state."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from app import clock, db, subjects
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.dialogues.demo import Town
from app.files.service import Upload, keep_picture
from app.levels.consultation.suggestions import queries, service
from app.levels.consultation.suggestions.core import matters, working_days
from app.levels.consultation.suggestions.models import (
    CLOSING,
    Status,
    Suggestion,
    SuggestionBox,
    SuggestionDraft,
    SuggestionNote,
    SuggestionPicture,
    SuggestionStep,
)
from app.moderation.models import Ruling
from app.multilingual.models import Status as Translated
from app.multilingual.models import Translation
from app.multilingual.queries import digest
from app.permissions import SYSTEM, Role
from app.reviews import service as reviews
from app.reviews.models import State
from app.supports import service as supports
from app.supports.models import Support

TEXTS = Path(__file__).with_name("demo_suggestions.toml")
Entry = Mapping[str, Any]  # a table of demo_suggestions.toml
SKY, GRASS, WOOD, SHADE = "#cfe6f5", "#9ec78a", "#8a5a2b", "#6b4a2b"


def fill(town: Town) -> None:
    """Add the boxes and what was put into them, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["box"]:
        box = _box(town, entry)
        for number, written in enumerate(entry["suggestion"]):
            row = _suggestion(town, box, written)
            _supports(town, row, written.get("supports", 0))
            if "picture" in written:
                _picture(town, row, written["picture"], number)
        service.count_now(box)
    _draft(town)


def _box(town: Town, entry: Entry) -> SuggestionBox:
    """The box; where there is one already, the one of the next dialogue that has none."""
    dialogue = town.dialogues[entry["dialogue"]] if "dialogue" in entry else None
    known = queries.box_in(dialogue.id if dialogue else None)
    if known is not None and dialogue is not None:
        others = (one for one in town.dialogues.values() if one.level and queries.box_in(one.id) is None)
        dialogue = next(others, dialogue)
        known = queries.box_in(dialogue.id)
    if known is not None:
        return known
    shut = entry.get("shut", "")
    row = SuggestionBox(
        container=engine.make_container(queries.KIND, dialogue.id if dialogue else None),
        dialogue_id=dialogue.id if dialogue else None,
        title=entry["title"]["sv"],
        lead=entry["lead"]["sv"],
        created_by=town.official.id,
        created_at=dialogue.created_at if dialogue else town.ago(days=200),
        shut_at=town.ago(days=3) if shut else None,
        shut_because=shut,
    )
    db.session().add(row)
    db.session().flush()
    _translations(town, row, entry)
    return row


def _suggestion(town: Town, box: SuggestionBox, written: Entry) -> Contribution:
    at = town.ago(days=written["days_ago"], hours=town.rng.random() * 8)
    person = town.residents[written["by"]] if "by" in written else None
    channel = written.get("channel", "web")
    state = State(written.get("state", "shown"))
    review = reviews.submit(
        queries.KIND, dialogue_id=box.dialogue_id, language=written.get("language", "sv"), shown=True
    )
    review.state, review.created_at = state, at
    row = Contribution(
        container_id=box.id,
        person_id=person.id if person else None,
        name=person.name if person and written.get("named") else written.get("name", ""),
        text=written["text"].strip(),
        language=written.get("language", "sv"),
        channel=channel,
        registered_by=None if channel == "web" else town.staff[Role.CONTACT_CENTRE].id,
        review=review,
        written_at=at,
        shown_at=None if state is State.WAITING else at + timedelta(hours=3),
    )
    case = _case(town, box, row, written)
    db.session().add(case)
    db.session().flush()
    _afterwards(town, row, written, at)
    return row


def _case(town: Town, box: SuggestionBox, row: Contribution, written: Entry) -> Suggestion:
    status = Status(written["steps"][-1]["status"] if "steps" in written else Status.RECEIVED)
    closed = town.ago(days=written["steps"][-1]["days_ago"]) if status in CLOSING else None
    email = written.get("email", "")
    return Suggestion(
        contribution=row,
        box_id=box.id,
        matter=written["matter"],
        locality=written.get("locality", ""),
        place=written.get("place", ""),
        receipt=service.receipt(town.rng.choice),
        status=status,
        due_on=working_days.due_on(clock.local(row.written_at).date(), matters.answer_days()),
        closed_at=closed,
        assigned_to=town.official.id if "steps" in written or written.get("assigned") else None,
        wants="mail" if email or written.get("mail") else "phone" if "phone" in written else "page",
        email=email,
        phone=written.get("phone", ""),
        told_in=row.language,
    )


def _afterwards(town: Town, row: Contribution, written: Entry, at: datetime) -> None:
    """Its way so far, what officials noted, and why it was hidden."""
    db.session().add(SuggestionStep(suggestion_id=row.id, status=Status.RECEIVED, at=at))
    db.session().flush()
    for step in written.get("steps", ()):
        when = town.ago(days=step["days_ago"])
        said = {"status": step["status"], "text": step.get("text", "").strip()}
        db.session().add(SuggestionStep(suggestion_id=row.id, by_id=town.official.id, at=when, **said))
        db.session().flush()
    if "note" in written:
        note = SuggestionNote(suggestion_id=row.id, text=written["note"], by_id=town.official.id, at=at)
        db.session().add(note)
    if "ground" in written:
        moderator = town.staff[Role.MODERATOR].id
        ruling = Ruling(
            reviewable_id=row.review_id, outcome=State.HIDDEN, ground=written["ground"], by_id=moderator, at=at
        )  # fmt: skip
        db.session().add(ruling)


def _supports(town: Town, row: Contribution, many: int) -> None:
    """So many others support it: some with an account, the others from a browser of their own."""
    with_account = [one for one in town.residents[1:] if one.id != row.person_id][: many // 3]
    for number in range(many):
        person = with_account[number] if number < len(with_account) else None
        key = hashlib.sha256(f"demo {row.id} {number}".encode()).hexdigest()
        db.session().add(
            Support(
                contribution_id=row.id,
                person_id=person.id if person else None,
                form_hash=None if person else key,
                given_at=row.written_at + timedelta(hours=5 + number),
            )
        )
    db.session().flush()
    if many:
        supports.count_now(row.id)


def _picture(town: Town, row: Contribution, alt: str, number: int) -> None:
    file = keep_picture(SYSTEM, Upload("bild.png", _drawn(town, number)), owner=service.PICTURES)
    db.session().add(SuggestionPicture(suggestion_id=row.id, file=file, alt=alt))
    db.session().flush()


def _drawn(town: Town, number: int) -> bytes:
    """A bench on a lawn, as a drawing; each a little different."""
    picture = Image.new("RGB", (1200, 800), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 480, 1200, 800), fill=GRASS)
    left = 180 + 60 * (number % 4) + town.rng.randint(0, 40)
    for height in (330, 390, 450):
        draw.rectangle((left, height, left + 640, height + 34), fill=WOOD)
    for leg in (left + 60, left + 540):
        draw.rectangle((leg, 484, leg + 36, 640), fill=SHADE)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _draft(town: Town) -> None:
    """Somebody is in the middle of writing."""
    box = queries.box_in(None)
    if box is None:
        return
    key = hashlib.sha256(f"demo {town.rng.random()}".encode()).hexdigest()
    content = {"matter": "parker", "text": "Fler papperskorgar vid Torsgården.", "language": "sv"}
    db.session().add(SuggestionDraft(box_id=box.id, key_hash=key, content=content, touched_at=town.now))


def _translations(town: Town, row: SuggestionBox, entry: Entry) -> None:
    """What the file has in other languages: reviewed."""
    for field in queries.FIELDS:
        for language, text in entry[field].items():
            if language == "sv":
                continue
            db.session().add(
                Translation(
                    subject=subjects.key(queries.BOX, row.id),
                    field=field,
                    language=language,
                    text=text,
                    status=Translated.REVIEWED,
                    source_version=digest(getattr(row, field)),
                    source_text=getattr(row, field),
                    written_by=town.staff[Role.TRANSLATOR].id,
                    written_at=row.created_at,
                    reviewed_by=town.official.id,
                    reviewed_at=row.created_at,
                )
            )
