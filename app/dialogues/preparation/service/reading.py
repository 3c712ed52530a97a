"""The second reader: somebody else reads the purpose and says whether it is concrete."""

from __future__ import annotations

from app import clock, db
from app.dialogues import service
from app.dialogues.models import Dialogue
from app.dialogues.preparation import queries
from app.dialogues.preparation.events import PurposeRead, SecondReaderAsked
from app.dialogues.preparation.models import PurposeReading, PurposeRequest
from app.dialogues.preparation.rules import Do
from app.dialogues.problems import NotAccepted, Overtaken
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor


def ask_reader(actor: Actor, dialogue: Dialogue, reader_id: int) -> None:
    """Ask an official to read the purpose; they hear of it by mail and on their desk. Asked twice, they hear once.

    Raises NotAccepted for somebody who may not read it.
    """
    service.hold(actor, Do.ASK_READER, dialogue, None)
    if reader_id not in {one.id for one in queries.readers_for(dialogue)}:
        raise NotAccepted("reader_id", _l("Choose one of the people in the list."))
    edition = dialogue.purpose_edition
    is_new = db.insert_new(
        PurposeRequest,
        dialogue_id=dialogue.id,
        edition=edition,
        reader_id=reader_id,
        asked_by=actor.person_id,
        asked_at=clock.now(),
    )
    if is_new:
        emit(SecondReaderAsked(subject=_key(dialogue), actor=actor, dialogue_id=dialogue.id, reader_id=reader_id))


def read_purpose(
    actor: Actor, dialogue: Dialogue, edition: int, *, is_concrete: bool, note: str = ""
) -> PurposeReading:
    """Say whether the purpose is concrete; where it is not, `note` says what is missing.

    Raises Overtaken where the purpose is no longer the one that was read (`edition`), or another was quicker.
    """
    service.hold(actor, Do.READ_PURPOSE, dialogue, None)
    if edition != dialogue.purpose_edition:
        raise Overtaken(dialogue.id)
    if not is_concrete and not note.strip():
        raise NotAccepted("note", _l("Say what would make it more concrete."))
    made = PurposeReading(
        dialogue_id=dialogue.id,
        edition=edition,
        purpose=dialogue.purpose,
        is_concrete=is_concrete,
        note=note,
        written_by=queries.author_of(dialogue),
        read_by=actor.person_id,
        read_at=clock.now(),
    )
    db.session().add(made)
    db.flush_or(Overtaken(dialogue.id))
    emit(PurposeRead(subject=_key(dialogue), actor=actor, dialogue_id=dialogue.id, is_concrete=is_concrete))
    return made


def _key(dialogue: Dialogue) -> str:
    return service.key_of(dialogue)
