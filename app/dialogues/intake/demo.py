"""The demo municipality's considerations: assessments, larger changes, and topics that residents propose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import clock, db
from app.accounts.queries import hash_of
from app.dialogues import bodies, receipts
from app.dialogues.intake import areas, prior
from app.dialogues.intake.gate import Rest
from app.dialogues.intake.models import ChangeConsideration, LargerChange, ProposedTopic, TopicAnswer, TopicStatus
from app.dialogues.intake.queries.topics import KIND
from app.permissions import Role
from app.reviews import service as reviews

if TYPE_CHECKING:
    from app.dialogues.demo import Town

TEXTS = Path(__file__).with_name("demo_intake.toml")

Entry = Mapping[str, Any]  # one [[dialogue]] of demo_dialogues.toml
POSITION = ("no", "Nämnden har sagt att den väntar med sitt ställningstagande tills svaren är sammanställda.")
PRIOR = ("no", "Vi har gått igenom nämndens protokoll. Inget är beslutat i ärendet.")
AREA = "Det är kommunens uppgift, och nämnden har pengar och rätt att besluta."
VALUE = (
    "De som berörs vet hur det fungerar i vardagen. Det står inte i våra underlag, och utan det blir förslaget sämre."
)


def rest_of(entry: Entry) -> Rest:
    """What is answered beside the criteria: by the entry, else so that nothing stands against it."""
    position, prior = entry.get("position", POSITION), entry.get("prior", PRIOR)
    return Rest(
        position=position[0],
        position_reason=position[1],
        prior=prior[0],
        prior_reason=prior[1],
        area=entry.get("area") or _of_body(entry.get("body", "")),
        area_reason=entry.get("area_reason", AREA),
        value=entry.get("value", VALUE),
        case_number=entry.get("case", ""),
    )


def _of_body(body_key: str) -> str:
    """The first area of this body; where it has none, what concerns the whole municipality comes last of ours."""
    ours = [one for one in areas.areas() if one.is_ours]
    return next((one.key for one in ours if one.body_key == body_key), ours[-1].key)


def fill(town: Town) -> None:
    """Add the larger changes and the topics, in the open unit, once the dialogues are there."""
    said = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    for entry in said["change"]:
        _change(town, entry)
    for number, entry in enumerate(said["topic"]):
        _topic(town, entry, number)
    db.session().flush()


def _change(town: Town, entry: Entry) -> None:
    row = LargerChange(
        title=entry["title"],
        case_number=entry["case"],
        case_key=prior.key_of(entry["case"]),
        area=entry["area"],
        body_key=entry["body"],
        decision_on=clock.local(town.now).date() + timedelta(days=entry["decided_in"]),
        flagged_by=town.staff[Role.OFFICIAL].id,
        flagged_at=town.ago(days=entry["flagged"]),
    )
    db.session().add(row)
    db.session().flush()
    if "reason" not in entry:
        return
    dialogue = town.dialogues.get(entry.get("dialogue", ""))
    db.session().add(
        ChangeConsideration(
            change_id=row.id,
            outcome="dialogue" if dialogue else "none",
            dialogue_id=dialogue.id if dialogue else None,
            reason=entry["reason"],
            considered_by=entry["considered_by"],
            by_id=town.staff[Role.SECRETARY].id,
            at=town.ago(days=entry["considered"]),
        )
    )


def _topic(town: Town, entry: Entry, number: int) -> None:
    by = town.residents[entry["by"]] if "by" in entry else None
    status = TopicStatus(entry.get("status", "received"))
    review = reviews.submit(KIND, dialogue_id=None, language=entry.get("language", "sv"), shown=entry["shown"])
    review.created_at = town.ago(days=entry["sent"])
    row = ProposedTopic(
        title=entry["title"],
        text=entry["text"],
        area=entry.get("area", ""),
        language=entry.get("language", "sv"),
        name=by.name if by is not None and entry.get("named") else entry.get("name", ""),
        person_id=by.id if by is not None else None,
        review=review,
        form_hash=hash_of(f"demo topic {number}"),
        receipt=receipts.made(town.rng.choice),
        wants="mail" if by is not None else "page",
        told_in=entry.get("language", "sv"),
        status=status,
        written_at=review.created_at,
    )
    db.session().add(row)
    db.session().flush()
    if status is TopicStatus.RECEIVED:
        return
    authority = areas.authority(entry.get("authority"))
    db.session().add(
        TopicAnswer(
            topic_id=row.id,
            status=status,
            dialogue_id=town.dialogues[entry["dialogue"]].id if "dialogue" in entry else None,
            authority=authority.key if authority is not None else None,
            who=authority.name if authority is not None else bodies.name_of(entry["body"]),
            reason=entry["answer"],
            by_id=town.staff[Role.OFFICIAL].id,
            at=town.ago(days=entry["answered"]),
        )
    )
