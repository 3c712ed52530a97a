"""User dialogues, information and statutory consultations at any of their stages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app import clock, db
from app.dialogues.kinds.core.proposal import Answers
from app.dialogues.kinds.models import KnownDecision, OwnProcess, Redirection, UserService
from app.dialogues.models import Dialogue
from app.dialogues.stages import Kind, Stage
from tests.factories.dialogues import answer, card, make_dialogue

NO = Answers(one_group=False, experience=False, decided=False, statutory=False)
USERS = Answers(one_group=True, experience=True, decided=False, statutory=False)
DECIDED = Answers(one_group=False, experience=False, decided=True, statutory=False)
BY_LAW = Answers(one_group=False, experience=False, decided=False, statutory=True)


def make_user_dialogue(stage: Stage = Stage.OPEN, **fields: Any) -> Dialogue:
    """A whole one: with its unit, and something to answer; fed back, with what became of it."""
    now = clock.now()
    values: dict[str, Any] = {
        "title": "Maten på Solgården",
        "question": "Hur är maten på Solgården?",
        "affected": "äter på Solgården",
        "body_key": None,
        "decision_on": None,
        "feedback_by": (now + timedelta(days=30)).date(),
    }
    row = make_dialogue(stage, kind=Kind.USER_DIALOGUE, **{**values, **fields})
    db.session().add(UserService(dialogue_id=row.id, unit="Solgården"))
    card(row)
    if stage in (Stage.FED_BACK, Stage.ARCHIVED):
        answer(row)
    db.session().flush()
    return row


def make_information(stage: Stage = Stage.ANNOUNCED, *, told: bool = True, **fields: Any) -> Dialogue:
    """What has been decided; `told` with the decision itself."""
    values: dict[str, Any] = {
        "title": "Nya bron",
        "question": "Den nya bron byggs i sommar",
        "opens_at": None,
        "closes_at": None,
        "decision_on": None,
        "feedback_by": None,
        "purpose": "",
        "promise": "",
    }
    row = make_dialogue(stage, kind=Kind.INFORMATION, **{"level": "information", **values, **fields})
    if told:
        tell(row)
    return row


def tell(row: Dialogue, section_no: str = "31", decided_on: date | None = None) -> KnownDecision:
    """Put the decision on record that information tells of."""
    made = KnownDecision(
        dialogue_id=row.id,
        body_key="tekniska-namnden",
        body_name="Tekniska nämnden",
        decided_on=decided_on or clock.today() - timedelta(days=20),
        section_no=section_no,
        url="https://vara.example/protokoll",
        made_at=clock.now(),
    )
    db.session().add(made)
    db.session().flush()
    return made


def make_consultation(stage: Stage = Stage.ANNOUNCED, **fields: Any) -> Dialogue:
    """One that is held now, in a process of its own."""
    values: dict[str, Any] = {
        "title": "Detaljplan för Torget",
        "question": "Samråd om en ny detaljplan för Torget",
        "level": None,
        "decision_on": None,
        "feedback_by": None,
        "purpose": "",
        "promise": "",
    }
    row = make_dialogue(stage, kind=Kind.STATUTORY_CONSULTATION, **{**values, **fields})
    db.session().add(OwnProcess(dialogue_id=row.id, law="planning", url="https://vara.example/detaljplan"))
    db.session().flush()
    return row


def redirect(dialogue: Dialogue, to: Dialogue, reason: str = "Det rör bara en grupp.") -> Redirection:
    """Say where a question was sent, before the step is taken."""
    made = Redirection(from_id=dialogue.id, to_id=to.id, reason=reason, made_at=clock.now())
    db.session().add(made)
    db.session().flush()
    return made


def everything_of_the_kinds(row: Dialogue) -> None:
    """A row of each table of the kinds beside that of the first questions: for what looks at all of them."""
    db.session().add_all(
        [
            UserService(dialogue_id=row.id, unit="Solgården"),
            OwnProcess(dialogue_id=row.id, law="other", url="https://vara.example/samrad"),
        ]
    )
    tell(row)
    redirect(row, make_information(Stage.IDEA))
