"""Telling those who took part, and the log of whom it reached and how. It names nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from app import clock, db
from app.accounts.core.addresses import key_of as address_key
from app.dialogues.answers import queries
from app.dialogues.answers.events import BounceNoted, ToldNoted, ToldStruck
from app.dialogues.answers.models import About, Arrival, Compilation, Delivery, Telling, ToldOtherwise, Way
from app.dialogues.answers.rules import Do
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service import moves
from app.dialogues.stages import Stage
from app.events import emit
from app.i18n import lazy as _l
from app.ladder import Recipient
from app.permissions import Actor, require

TOLD_AT: Mapping[str, About] = {Stage.COMPILED: About.RESULT, Stage.FED_BACK: About.FEEDBACK}
RECEIPT = "delivery"  # what the mails say they belong to


def on_move(event: DialogueMoved) -> None:
    """When the result comes out, and when people are told what became of it, a log begins, whoever may be in it."""
    about = TOLD_AT.get(event.to_stage)
    if about is None or event.dialogue_id is None:
        return
    now = clock.now()
    db.insert_new(Telling, dialogue_id=event.dialogue_id, about=about, made_at=now)
    if about is About.RESULT:
        row = db.session().get(Compilation, event.dialogue_id)
        if row is not None and row.published_at is None:
            row.published_at = now
            db.session().flush()


def keep_deliveries(event: DialogueMoved, recipients: Sequence[Recipient]) -> Mapping[str, str]:
    """A row in the log for each mail that is about to be planned: key of the address → what the mail reports to.

    Asked again about the same ones it gives the same answer.
    """
    telling = queries.telling(event.dialogue_id or 0, TOLD_AT[event.to_stage])
    if telling is None:
        return {}
    now = clock.now()
    keys = {_digest(telling.id, one.email): address_key(one.email) for one in recipients}
    rows = [
        {"telling_id": telling.id, "key_hash": digest, "state": Arrival.PLANNED, "changed_at": now, "marked_by": None}
        for digest in keys
    ]
    db.insert_all_new(Delivery, rows)
    wanted = select(Delivery.id, Delivery.key_hash).where(
        Delivery.telling_id == telling.id, Delivery.key_hash.in_(list(keys))
    )
    return {keys[digest]: f"{RECEIPT}:{number}" for number, digest in db.session().execute(wanted)}


def arrived(number: int, is_there: bool) -> None:
    """The mail server has taken a mail, or says that it never will. In the open unit."""
    state = Arrival.SENT if is_there else Arrival.BOUNCED
    mine = update(Delivery).where(Delivery.id == number, Delivery.marked_by.is_(None))
    db.session().execute(mine.values(state=state, changed_at=clock.now()))


def note_told(actor: Actor, dialogue: Dialogue, *, about: str, way: str, count: int, note: str) -> ToldOtherwise:
    """Note that so many were told in another way than by mail, or cannot be reached. `note` names nobody.

    Raises NotAccepted for something that has not been told yet, and for a number that does not fit the way.
    """
    moves.lock(dialogue)
    require(actor, Do.NOTE_TOLD, dialogue)
    telling = queries.telling(dialogue.id, About(about)) if about in set(About) else None
    if telling is None:
        raise NotAccepted("about", _l("This has not been told yet."))
    if way not in set(Way):
        raise NotAccepted("way", _l("Choose one."))
    if (way == Way.EVERYONE) != (count == 0):
        sentence = _l("Write how many, as near as you know.") if count == 0 else _l("Nobody is left here: write 0.")
        raise NotAccepted("count", sentence)
    made = ToldOtherwise(
        telling_id=telling.id, way=way, count=count, note=note, added_by=actor.person_id, added_at=clock.now()
    )
    db.session().add(made)
    db.session().flush()
    key = moves.key_of(dialogue)
    emit(ToldNoted(subject=key, actor=actor, dialogue_id=dialogue.id, about=about, way=way, count=count))
    return made


def strike(actor: Actor, dialogue: Dialogue, row: ToldOtherwise, why: str) -> None:
    """Strike out a note that was a mistake; it stays in the log with the reason. Raises Overtaken for a second time."""
    moves.lock(dialogue)
    require(actor, Do.NOTE_TOLD, dialogue)
    db.session().refresh(row)
    if row.struck_at is not None:
        raise Overtaken(dialogue.id)
    if not why.strip():
        raise NotAccepted("why", _l("Say what was wrong."))
    row.struck_by, row.struck_at, row.struck_why = actor.person_id, clock.now(), why
    db.session().flush()
    emit(ToldStruck(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, reason=why))


def note_bounce(actor: Actor, dialogue: Dialogue, *, about: str, address: str) -> None:
    """Note that the mail to this address came back. Raises NotAccepted where none was sent to it."""
    moves.lock(dialogue)
    require(actor, Do.NOTE_TOLD, dialogue)
    telling = queries.telling(dialogue.id, About(about)) if about in set(About) else None
    if telling is None:
        raise NotAccepted("about", _l("This has not been told yet."))
    mine = update(Delivery).where(Delivery.telling_id == telling.id, Delivery.key_hash == _digest(telling.id, address))
    values = {"state": Arrival.BOUNCED, "changed_at": clock.now(), "marked_by": actor.person_id}
    if db.session().execute(mine.values(**values).returning(Delivery.id)).first() is None:
        raise NotAccepted("address", _l("No mail about this was sent to that address."))
    emit(BounceNoted(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, about=about))


def _digest(telling_id: int, address: str) -> str:
    """The address as the log keeps it: another one in every telling, so that no log can be laid beside another."""
    return hashlib.sha256(f"{telling_id}\0{address_key(address)}".encode()).hexdigest()
