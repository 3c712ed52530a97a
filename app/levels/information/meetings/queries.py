"""Reads of meetings and of those who have signed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from app import clock, db, subjects
from app.accounts.contributions import MOST, Contribution
from app.contributions import queries as engine
from app.contributions.models import Contribution as Line
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.registering import MOST as MOST_THINGS
from app.dialogues.registering import Thing, held_in
from app.i18n import lazy as _l
from app.ladder import Recipient
from app.levels.information.meetings.core.said import MOST_LINES
from app.levels.information.meetings.models import Meeting, MeetingTalk, SignUp
from app.multilingual.queries import Row, Text, texts
from app.multilingual.sources import Item
from app.permissions import Actor, Role
from app.subjects import Address

PAGE = 20
SAID = "said"  # the kind of what was said at a meeting
FIELDS = {
    "title": (_l("Heading"), 160),
    "lead": (_l("What the meeting is about"), 400),
    "about": (_l("More about the meeting"), 20_000),
    "place": (_l("Place"), 200),
    "access": (_l("How one gets there and takes part"), 1000),
    "minutes": (_l("What came of the meeting"), 20_000),
}
RICH = {"about": "about_html", "minutes": "minutes_html"}


class Places(NamedTuple):
    """How many have a seat, and how many wait for one."""

    taken: int
    waiting: int

    def left(self, seats: int | None) -> int | None:
        """Free seats; None where there is room for all who come."""
        return None if seats is None else max(0, seats - self.taken)


class Listing(NamedTuple):
    """A page of meetings with the dialogues that they belong to; `further` is where the next one begins."""

    rows: list[tuple[Meeting, Dialogue | None]]
    further: str | None


def meeting(meeting_id: int) -> Meeting | None:
    return db.session().get(Meeting, meeting_id)


def meeting_in(dialogue_id: int | None, meeting_id: int) -> Meeting | None:
    """A meeting of this dialogue, or of the site (None)."""
    row = meeting(meeting_id)
    return row if row is not None and row.dialogue_id == dialogue_id else None


def met(dialogue_id: int | None, meeting_id: int) -> tuple[Meeting, Dialogue | None, int | None] | None:
    """As meeting_in, with its dialogue and the container of what was said there, in one statement."""
    rows = select(Meeting, Dialogue, MeetingTalk.id).outerjoin(Dialogue, Dialogue.id == Meeting.dialogue_id)
    rows = rows.outerjoin(MeetingTalk, MeetingTalk.meeting_id == Meeting.id).where(Meeting.id == meeting_id)
    here = Meeting.dialogue_id.is_(None) if dialogue_id is None else Meeting.dialogue_id == dialogue_id
    found = db.session().execute(rows.where(here)).first()
    return None if found is None else (found[0], found[1], found[2])


def for_writing(meeting_id: int) -> Meeting | None:
    """The meeting, locked until the unit ends: seats are given one at a time."""
    return db.session().get(Meeting, meeting_id, with_for_update=True, populate_existing=True)


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The meetings that an actor may read. Says row by row what the rule of `Do.READ` says of one."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    out = and_(Meeting.published_at.is_not(None), or_(Meeting.dialogue_id.is_(None), Meeting.dialogue_id.in_(readable)))
    return select(Meeting).where(or_(out, _worked_on(actor)))


def _worked_on(actor: Actor) -> ColumnElement[bool]:
    """The meetings that the actor may read before they are out, as a condition."""
    on_site = actor.has(Role.COMMUNICATIONS) or actor.has(Role.CONTACT_CENTRE)
    site = Meeting.dialogue_id.is_(None) if on_site else Meeting.id < 0
    if any(grant.dialogue_id is None for grant in actor.grants):
        return or_(site, Meeting.dialogue_id.is_not(None))
    return or_(site, Meeting.dialogue_id.in_({g.dialogue_id for g in actor.grants if g.dialogue_id is not None}))


def published(dialogue_id: int) -> list[Meeting]:
    """The meetings of a dialogue in the order in which they are held; at most a hundred."""
    rows = select(Meeting).where(Meeting.dialogue_id == dialogue_id, Meeting.published_at.is_not(None))
    return list(db.session().scalars(rows.order_by(Meeting.starts_at, Meeting.id).limit(100)))


def written(dialogue_id: int | None) -> list[Meeting]:
    """Every meeting of a dialogue, or of the site, for those who hold them; the latest hundred."""
    mine = Meeting.dialogue_id.is_(None) if dialogue_id is None else Meeting.dialogue_id == dialogue_id
    return list(db.session().scalars(select(Meeting).where(mine).order_by(Meeting.starts_at.desc()).limit(100)))


def calendar(actor: Actor, *, is_past: bool, after: tuple[datetime, int] | None) -> Listing:
    """Meetings that anyone may read, those ahead in the order they are held or the latest of those that were."""
    now, order = (
        clock.now(),
        (Meeting.starts_at.desc(), Meeting.id.desc()) if is_past else (Meeting.starts_at, Meeting.id),
    )
    rows = visible_to(actor).add_columns(Dialogue).outerjoin(Dialogue, Dialogue.id == Meeting.dialogue_id)
    rows = rows.where(Meeting.published_at.is_not(None))
    rows = rows.where(Meeting.ends_at <= now if is_past else Meeting.ends_at > now)
    if after is not None:
        place, there = tuple_(Meeting.starts_at, Meeting.id), tuple_(*after)
        rows = rows.where(place < there if is_past else place > there)
    found = [(row, dialogue) for row, dialogue in db.session().execute(rows.order_by(*order).limit(PAGE + 1))]
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    return Listing(found[:PAGE], f"{last.starts_at.isoformat()}~{last.id}" if last is not None else None)


def open_for_others(actor: Actor) -> list[Thing]:
    """The meetings that this actor may be able to sign somebody up to now; one statement."""
    rows = select(Meeting, Dialogue).outerjoin(Dialogue, Dialogue.id == Meeting.dialogue_id)
    rows = rows.where(or_(Meeting.dialogue_id.is_(None), held_in(actor, Role.CONTACT_CENTRE, Role.OFFICIAL)))
    rows = rows.where(Meeting.published_at.is_not(None), Meeting.cancelled_at.is_(None), Meeting.takes_sign_ups)
    rows = rows.where(Meeting.starts_at > clock.now()).order_by(Meeting.starts_at, Meeting.id).limit(MOST_THINGS)
    return [
        Thing(
            subject=row,
            title=row.title,
            dialogue=dialogue,
            until=row.starts_at,
            address=("meeting_desk.register", {"dialogue_id": row.dialogue_id, "meeting_id": row.id}),
        )
        for row, dialogue in db.session().execute(rows)
    ]


def places(meeting_id: int) -> Places:
    """Counted now, in one statement: a meeting holds few people."""
    counted = select(func.count(SignUp.seat), func.count() - func.count(SignUp.seat))
    taken, waiting = db.session().execute(counted.where(SignUp.meeting_id == meeting_id)).one()
    return Places(taken, waiting)


def sign_ups(meeting_id: int) -> list[SignUp]:
    """Those on a seat, then those who wait, each in the order they came."""
    rows = select(SignUp).where(SignUp.meeting_id == meeting_id)
    return list(db.session().scalars(rows.order_by(SignUp.seat.is_(None), SignUp.id).limit(1000)))


def sign_up(sign_up_id: int) -> SignUp | None:
    return db.session().get(SignUp, sign_up_id)


def sign_up_by_receipt(receipt: str) -> SignUp | None:
    return db.session().scalars(select(SignUp).filter_by(receipt=receipt)).first()


def sign_up_of(meeting_id: int, person_id: int | None, name: str) -> SignUp | None:
    """With which an account has signed up this name already; None for whoever has no account."""
    if person_id is None:
        return None
    mine = select(SignUp).filter_by(meeting_id=meeting_id, person_id=person_id, name=name).order_by(SignUp.id)
    return db.session().scalars(mine.limit(1)).first()


def sign_up_by_form(meeting_id: int, form_hash: str) -> SignUp | None:
    return db.session().scalars(select(SignUp).filter_by(meeting_id=meeting_id, form_hash=form_hash)).first()


def in_line_before(row: SignUp) -> int:
    """How many wait before this one."""
    before = select(func.count()).select_from(SignUp)
    before = before.where(SignUp.meeting_id == row.meeting_id, SignUp.seat.is_(None), SignUp.id < row.id)
    return db.session().scalars(before).one()


def address_of(row: Meeting) -> Address:
    """Where it is read."""
    dialogue = None if row.dialogue_id is None else db.session().get(Dialogue, row.dialogue_id)
    if dialogue is None:
        return "meetings.site_show", {"meeting_id": row.id, "slug": slug(row.title)}
    return "meetings.show", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "meeting_id": row.id}


def path_of(row: Meeting) -> str:
    """The same, for a mail."""
    _endpoint, values = address_of(row)
    if row.dialogue_id is None:
        return f"/moten/{row.id}-{values['slug']}"
    return f"/dialoger/{row.dialogue_id}-{values['slug']}/moten/{row.id}"


def row_of(row: Meeting) -> Row:
    """Its Swedish texts, for those who show them in other languages."""
    html = {field: getattr(row, column) for field, column in RICH.items()}
    return subjects.key("meeting", row.id), {one: (getattr(row, one), html.get(one)) for one in FIELDS}


def said(rows: Sequence[Meeting]) -> dict[int, dict[str, Text]]:
    """Meeting id → field → the text in the reader's language; in one statement."""
    found: dict[int, dict[str, Text]] = {row.id: {} for row in rows}
    keys = {subjects.key("meeting", row.id): row.id for row in rows}
    for (key, field), text in texts([row_of(row) for row in rows]).items():
        found[keys[key]][field] = text
    return found


def translatable(dialogue_id: int | None) -> list[Item]:
    """Every text of the meetings of a dialogue, or of the site, that are not called off."""
    return [
        Item(
            subjects.key("meeting", row.id), row.title, field, label, getattr(row, field),
            is_rich=field in RICH, longest=longest,
        )
        for row in written(dialogue_id)
        if row.cancelled_at is None
        for field, (label, longest) in FIELDS.items()
    ]  # fmt: skip


def talk_of(meeting_id: int) -> int | None:
    """The container of what was said at a meeting; None where nothing has been entered."""
    return db.session().scalars(select(MeetingTalk.id).where(MeetingTalk.meeting_id == meeting_id)).first()


def meetings_of(container_ids: Iterable[int]) -> dict[int, Meeting]:
    """Container id → the meeting where it was said. Each is read once for a session, however many lines are listed."""
    kept: dict[int, Meeting] = db.held("meetings_said")
    missing = set(container_ids) - kept.keys()
    if missing:
        rows = select(MeetingTalk.id, Meeting).join(Meeting, Meeting.id == MeetingTalk.meeting_id)
        kept.update({talk: row for talk, row in db.session().execute(rows.where(MeetingTalk.id.in_(missing)))})
    return kept


def meeting_of(line: Line) -> Meeting:
    return meetings_of([line.container_id])[line.container_id]


def said_in(row: Meeting, said_id: int) -> Line | None:
    """A line of what was said at this meeting."""
    talk_id = talk_of(row.id)
    return None if talk_id is None else engine.contribution_in(talk_id, said_id)


def lines_with(first: Line) -> list[tuple[str, str]]:
    """The theme and the text of each line that came with the same form as its first one, in their order."""
    rows = select(Line.id, Line.name, Line.text, Line.form_hash).where(Line.container_id == first.container_id)
    rows = rows.where(Line.id >= first.id).order_by(Line.id).limit(MOST_LINES + 1)
    mine = takewhile(lambda row: row.id == first.id or row.form_hash is None, db.session().execute(rows))
    return [(row.name, row.text or "") for row in mine]


def hold_meetings(lines: Sequence[Line]) -> None:
    """Read the meetings of these lines in one statement, held for as long as the session."""
    meetings_of(line.container_id for line in lines)


def said_address(line: Line) -> Address:
    """The address that always leads to this line, on whichever page it stands."""
    endpoint, values = address_of(meeting_of(line))
    return endpoint.removesuffix("show") + "said", {**values, "said_id": line.id}


def guests(meeting_id: int) -> Iterator[Recipient]:
    """Whoever has signed up and has an e-mail address."""
    rows = select(SignUp.email, SignUp.language, SignUp.person_id)
    rows = rows.where(SignUp.meeting_id == meeting_id, SignUp.email != "").order_by(SignUp.id)
    for email, language, person_id in db.session().execute(rows):
        yield Recipient(email, language, person_id)


def participants(dialogue_id: int) -> Iterator[Recipient]:
    """Whoever has signed up to a meeting of the dialogue, as long as their names are kept."""
    rows = select(SignUp.email, SignUp.language, SignUp.person_id).join(Meeting, Meeting.id == SignUp.meeting_id)
    rows = rows.where(Meeting.dialogue_id == dialogue_id, SignUp.email != "").order_by(SignUp.id)
    for email, language, person_id in db.session().execute(rows.execution_options(yield_per=1000)):
        yield Recipient(email, language, person_id)


def contributions(person_id: int) -> list[Contribution]:
    """The meetings that a person has signed up to, for their own page; one statement."""
    mine = select(SignUp, Meeting.title, Meeting.starts_at).join(Meeting, Meeting.id == SignUp.meeting_id)
    mine = mine.where(SignUp.person_id == person_id).order_by(SignUp.id.desc()).limit(MOST)
    return [
        Contribution(
            title=title,
            address=("meetings.receipt", {"receipt": row.receipt}),
            state=_l("You have a seat") if row.seat is not None else _l("You are on the waiting list"),
            when=starts_at,
            tone="open" if row.seat is not None else "now",
        )
        for row, title, starts_at in db.session().execute(mine)
    ]


def kept_of(person_id: int) -> list[Mapping[str, Any]]:
    """What of a person's own is kept here."""
    mine = select(SignUp.name, SignUp.email, SignUp.phone, SignUp.wishes, SignUp.wishes_more, SignUp.created_at)
    rows = db.session().execute(mine.where(SignUp.person_id == person_id).order_by(SignUp.id))
    return [dict(row) for row in rows.mappings()]
