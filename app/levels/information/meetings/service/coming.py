"""Coming to a meeting: a seat, the line of those who wait for one, and giving a seat back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from app import clock, db, i18n
from app.levels.information.meetings import queries
from app.levels.information.meetings.events import SeatAsked, SeatGiven, SignUpWithdrawn
from app.levels.information.meetings.models import Meeting, SignUp
from app.levels.information.meetings.rules import Do
from app.levels.information.meetings.service.keeping import keep, lock, tell
from app.permissions import SYSTEM, Actor, require

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike


@dataclass(frozen=True)
class Guest:
    """What somebody who wants to come hands in. `channel` as in SignUp."""

    name: str
    email: str
    phone: str = ""
    wishes: Sequence[str] = ()
    wishes_more: str = ""
    language: str = ""  # empty: the language of the page
    channel: str = "web"


def sign_up(actor: Actor, row: Meeting, guest: Guest, form_key: str) -> SignUp:
    """Give a seat, or a place in the line for one. The same form gives the same sign-up again, and so does the same
    account for the same name: with one account one may sign up a whole family, each once."""
    require(actor, Do.SIGN_UP, row)
    return _sign_up(actor, row, guest, form_key, person_id=actor.person_id)


def register(actor: Actor, row: Meeting, guest: Guest, form_key: str) -> SignUp:
    """Sign up somebody who called or wrote. They come; the one who wrote it down is kept as that."""
    require(actor, Do.REGISTER, row)
    return _sign_up(actor, row, guest, form_key, registered_by=actor.person_id)


def _sign_up(actor: Actor, row: Meeting, guest: Guest, form_key: str, **by: int | None) -> SignUp:
    lock(row)
    form_hash = hashlib.sha256(form_key.encode()).hexdigest()
    known = queries.sign_up_by_form(row.id, form_hash) or queries.sign_up_of(row.id, by.get("person_id"), guest.name)
    if known is not None:
        return known
    coming = SignUp(
        meeting_id=row.id,
        seat=_free_seat(row),
        name=guest.name,
        email=guest.email,
        phone=guest.phone,
        language=guest.language or i18n.current().code,
        wishes=list(guest.wishes),
        wishes_more=guest.wishes_more,
        channel=guest.channel,
        form_hash=form_hash,
        receipt=receipt(),
        created_at=clock.now(),
        **by,
    )
    db.session().add(coming)
    db.session().flush()
    # Who came is in their own row, for a month; the log is kept for longer and names nobody.
    tell(row, SeatAsked, by=actor if coming.registered_by is not None else SYSTEM, sign_up_id=coming.id)
    keep(row)
    return coming


def leave(row: Meeting, coming: SignUp) -> None:
    """Give the seat back: whoever waits first gets it. Asks nobody's name, since the receipt is what lets one leave."""
    require(SYSTEM, Do.LEAVE, row)
    lock(row)
    db.session().delete(coming)
    tell(row, SignUpWithdrawn, by=SYSTEM)
    fill_seats(row)
    keep(row)


def forget(row: Meeting) -> None:
    """Forget everyone who signed up."""
    db.session().execute(delete(SignUp).where(SignUp.meeting_id == row.id))


def receipt(choose: Callable[[str], str] = secrets.choice) -> str:
    """Twelve letters and digits that can be read aloud: 59 bits of chance."""
    letters = "".join(choose(LETTERS) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _free_seat(row: Meeting) -> int | None:
    """The lowest number that nobody sits on; None where all are taken, or where others wait already."""
    rows = db.session().scalars(select(SignUp.seat).where(SignUp.meeting_id == row.id))
    given = list(rows)
    if None in given and row.seats is not None:
        return None
    taken = {seat for seat in given if seat is not None}
    free = next(number for number in range(1, len(taken) + 2) if number not in taken)
    return free if row.seats is None or free <= row.seats else None


def fill_seats(row: Meeting) -> None:
    """Give free seats to those who wait, in their order."""
    rows = db.session().scalars(select(SignUp).where(SignUp.meeting_id == row.id).order_by(SignUp.id)).all()
    taken = {one.seat for one in rows if one.seat is not None}
    waiting = [one for one in rows if one.seat is None]
    most = len(rows) if row.seats is None else row.seats
    free = [number for number in range(1, most + 1) if number not in taken]
    for coming, seat in zip(waiting, free, strict=False):
        coming.seat = seat
        tell(row, SeatGiven, by=SYSTEM, sign_up_id=coming.id)
