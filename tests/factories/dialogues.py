"""Dialogues at any stage, without walking the life cycle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app import clock, db, richtext
from app.dialogues import criteria
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.duties.duties import DUTIES
from app.dialogues.duties.models import DutyHolder
from app.dialogues.intake import gate
from app.dialogues.intake.gate import Rest
from app.dialogues.kinds.models import KindChoice
from app.dialogues.models import (
    Assessment,
    Card,
    CriterionAnswer,
    DecisionRecord,
    Dialogue,
    Outcome,
    ScopeItem,
)
from app.dialogues.stages import Stage
from tests.factories.evaluation import make_evaluation
from tests.factories.people import make_person


def make_dialogue(stage: Stage = Stage.OPEN, *, level: str = "consultation", **fields: Any) -> Dialogue:
    """A complete dialogue at this stage; opened a week ago, closes in a week, unless told otherwise."""
    now = clock.now()
    values: dict[str, Any] = {
        "title": "Drottninggatan",
        "question": "Hur ska Drottninggatan se ut?",
        "summary": "Gatan får nya ledningar 2027. När den är uppgrävd kan den bli grönare.",
        "purpose": "Veta vad som är viktigast för dem som bor, vistas eller verkar i Vara när gatan byggs om.",
        "promise": "Kommunstyrelsen visar i februari, förslag för förslag, vad som följdes och varför.",
        "affected": "bor, vistas eller verkar i Vara",
        "body_key": "kommunstyrelsen",
        "contact_name": "Anna Ek",
        "contact_email": "anna.ek@vara.example",
        "contact_phone": "0512-310 00",
        "opens_at": now - timedelta(days=7),
        "closes_at": now + timedelta(days=7),
        "decision_on": (now + timedelta(days=60)).date(),
        "feedback_by": (now + timedelta(days=90)).date(),
    }
    dialogue = Dialogue(stage=stage, level=level, created_at=now, **{**values, **fields})
    db.session().add(dialogue)
    db.session().flush()
    return dialogue


def assess(dialogue: Dialogue, *answers: str, **rest: Any) -> Assessment:
    """Answer the four criteria, all with yes unless told otherwise, and the rest so that nothing stands against it.

    `rest`: fields of gate.Rest that are answered otherwise.
    """
    made = Assessment(dialogue_id=dialogue.id, made_by=None, made_at=clock.now())
    db.session().add(made)
    db.session().flush()
    for key, answer in zip(criteria.KEYS, answers or ("yes",) * 4, strict=True):
        row = CriterionAnswer(assessment_id=made.id, criterion=key, answer=answer, reason="Gatan är inte ritad än.")
        db.session().add(row)
    db.session().add(gate.row(made.id, rest_of(**rest)))
    db.session().flush()
    return made


def rest_of(**fields: Any) -> Rest:
    """What is answered beside the criteria; nothing stands against it."""
    values = {
        "position": "no", "position_reason": "Styrelsen har bett om fler synpunkter innan den bestämmer sig.",
        "prior": "no", "prior_reason": "Protokollen från två år är genomgångna.", "case_number": "",
        "area": "hela-kommunen", "area_reason": "Gatan är kommunens.",
        "value": "De som använder gatan vet vad som hindrar dem i vardagen.",
    }  # fmt: skip
    return Rest(**{**values, **fields})


def choose_kind(dialogue: Dialogue) -> KindChoice:
    """Answer the first questions: they propose what the dialogue is."""
    said = {"one_group": False, "experience": False, "decided": False, "statutory": False}
    made = KindChoice(
        dialogue_id=dialogue.id, proposed=dialogue.kind, chosen=dialogue.kind, made_at=clock.now(), **said
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    return made


def scope(dialogue: Dialogue) -> list[ScopeItem]:
    """Two things that are open and one that is fixed."""
    items = [
        ScopeItem(dialogue_id=dialogue.id, position=1, is_open=True, text="Träd, bänkar och belysning"),
        ScopeItem(dialogue_id=dialogue.id, position=2, is_open=True, text="Var cyklar och bilar får plats"),
        ScopeItem(
            dialogue_id=dialogue.id, position=3, is_open=False, text="Ledningarna byts 2027", why="De gamla läcker."
        ),
    ]
    db.session().add_all(items)
    db.session().flush()
    return items


def decide(dialogue: Dialogue, matter: str = "hold", outcome: str = "approved", **fields: Any) -> DecisionRecord:
    """Put a decision on record, as entered by nobody in particular; a second one of its matter mends the first."""
    rows = (
        select(DecisionRecord.id).filter_by(dialogue_id=dialogue.id, matter=matter).order_by(DecisionRecord.id.desc())
    )
    before = db.session().scalars(rows).first() if matter in ("hold", "final", "cancel", "close") else None
    if before is not None:
        fields = {"supersedes_id": before, "supersede_reason": "Paragrafen var fel skriven.", **fields}
    values: dict[str, Any] = {
        "body_key": "kommunstyrelsen",
        "body_name": "Kommunstyrelsen",
        "decided_on": clock.today() - timedelta(days=30),
        "section_no": "54",
        "case_number": "KS 2026-123",
        "reason": "" if outcome == "approved" and matter in ("hold", "final", "change") else "Pengarna räcker inte.",
        "recorded_at": clock.now(),
    }
    made = DecisionRecord(dialogue_id=dialogue.id, matter=matter, outcome=outcome, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def card(dialogue: Dialogue, number: int = 1, **fields: Any) -> Card:
    """A card of something to answer."""
    values: dict[str, Any] = {
        "method": "surveys",
        "title": f"Svara på enkäten om gatan {number}",
        "sentence": "Åtta frågor. Du väljer om ditt namn ska synas.",
        "endpoint": "dialogues.index",
        "values": {},
        "responses": 213,
        "minutes": 6,
        "is_input": True,
        "position": number,
    }
    made = Card(subject=f"survey:{dialogue.id}0{number}", dialogue_id=dialogue.id, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def answer(dialogue: Dialogue, *, published: bool = True) -> Outcome:
    """What became of it."""
    made = Outcome(
        dialogue_id=dialogue.id,
        heading="Det blir träd längs hela gatan",
        lead="Kommunstyrelsen följde det mesta av det ni föreslog.",
        body="34 träd planteras.",
        html=richtext.from_markdown("34 träd planteras."),
        written_at=clock.now(),
        published_at=clock.now() if published else None,
    )
    db.session().add(made)
    db.session().flush()
    return made


def share_duties(dialogue: Dialogue) -> None:
    """Every duty has a holder and a substitute: two people who hold all the roles."""
    holder, substitute = (make_person(*{role for duty in DUTIES for role in duty.roles}) for _ in range(2))
    for duty in DUTIES:
        row = DutyHolder(
            dialogue_id=dialogue.id, duty=duty.key, holder_id=holder.id, substitute_id=substitute.id
        )  # fmt: skip
        db.session().add(row)
    db.session().flush()


def make_whole(stage: Stage = Stage.OPEN, **fields: Any) -> Dialogue:
    """A dialogue with everything that belongs to it at this stage, and after it."""
    dialogue = make_dialogue(stage, **fields)
    choose_kind(dialogue)
    assess(dialogue)
    scope(dialogue)
    share_duties(dialogue)
    card(dialogue)
    if stage not in (Stage.IDEA, Stage.ASSESSED, Stage.PREPARED, Stage.REJECTED):
        decide(dialogue)
    if stage is Stage.REJECTED:
        decide(dialogue, outcome="rejected")
    if stage is Stage.CANCELLED:
        decide(dialogue, "cancel")
    if stage in (Stage.RESOLVED, Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED):
        decide(dialogue, "final", section_no="12")
    if stage in (Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED):
        answer(dialogue)
        make_evaluation(dialogue)
    return dialogue


def meeting_of(body_key: str, held_on: date) -> BodyMeeting:
    """A meeting of the body, which takes papers until ten days before."""
    made = BodyMeeting(body_key=body_key, held_on=held_on, papers_by=held_on - timedelta(days=10))
    db.session().add(made)
    db.session().flush()
    return made
