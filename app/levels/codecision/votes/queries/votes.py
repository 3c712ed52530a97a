"""Votes with their boxes and options, and what they still lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, selectinload

from app import db, subjects
from app.accounts.models import Person
from app.ballots import queries as boxes
from app.ballots.core.outcome import leading
from app.ballots.models import BallotBox, BoxState, KeyTrial, RollEntry
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.registering import MOST, Thing, held_in
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing, Recipient
from app.levels.codecision.votes.models import Audience, Kind, Vote, VoteOption
from app.permissions import Actor, Role

FEWEST_OPTIONS = 2


def _whole() -> Select[*tuple[Any, ...]]:
    rows = select(Vote).join(Vote.box).options(contains_eager(Vote.box), selectinload(Vote.options))
    return rows.where(Vote.withdrawn_at.is_(None))


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The votes that an actor may read: those of the dialogues that they may read, without withdrawn ones."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    return select(Vote).where(Vote.withdrawn_at.is_(None), Vote.dialogue_id.in_(readable))


def vote(vote_id: int) -> Vote | None:
    """The vote with its box and options, withdrawn or not."""
    rows = select(Vote).join(Vote.box).options(contains_eager(Vote.box), selectinload(Vote.options))
    return db.session().scalars(rows.where(Vote.id == vote_id)).first()


def vote_in(dialogue_id: int, vote_id: int) -> tuple[Vote, Dialogue] | None:
    """A vote of this dialogue that is not withdrawn, with its box and options, and the dialogue: two statements."""
    both = _whole().join(Dialogue, Dialogue.id == Vote.dialogue_id).add_columns(Dialogue)
    found = db.session().execute(both.where(Vote.id == vote_id, Vote.dialogue_id == dialogue_id)).first()
    return None if found is None else (found[0], found[1])


def open_for_others(actor: Actor) -> list[Thing]:
    """The votes in which this actor may be able to mark who votes on paper now; one statement."""
    both = select(Vote, Dialogue).join(Vote.box).join(Dialogue, Dialogue.id == Vote.dialogue_id)
    both = both.where(held_in(actor, Role.CONTACT_CENTRE, Role.OFFICIAL), Vote.withdrawn_at.is_(None))
    both = both.where(Dialogue.stage == Stage.OPEN, BallotBox.state == BoxState.FROZEN)
    both = both.options(contains_eager(Vote.box)).order_by(Dialogue.closes_at, Vote.id).limit(MOST)
    return [
        Thing(
            subject=row,
            title=row.title,
            dialogue=dialogue,
            until=dialogue.closes_at,
            address=("vote_desk.mark", {"dialogue_id": dialogue.id, "vote_id": row.id}),
        )
        for row, dialogue in db.session().execute(both)
    ]


def in_dialogue(dialogue_id: int) -> list[Vote]:
    """The votes of a dialogue in the order they were made, without withdrawn ones."""
    return list(db.session().scalars(_whole().where(Vote.dialogue_id == dialogue_id).order_by(Vote.id)))


def address_of(row: Vote, endpoint: str = "votes.start") -> subjects.Address:
    """Where residents meet it; the dialogue is read unless the session holds it already."""
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    return endpoint, {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "vote_id": row.id}


def electorate(row: Vote) -> int:
    return boxes.listed(row.box)


def eligible_rows(row: Vote, actor: Actor) -> list[RollEntry]:
    """The rows of the roll that are this account's."""
    return boxes.entries_of(row.box, actor)


def outcome(row: Vote) -> dict[str, Any] | None:
    """The certified result with the options that lead; None before, or where too few have voted."""
    found = boxes.result(row.box)
    return None if found is None else {**found, "leading": leading(found["options"])}


def participants(dialogue_id: int) -> Iterator[Recipient]:
    """Those who have voted on the web with an account, without those who are blocked."""
    box_ids = select(Vote.box_id).where(Vote.dialogue_id == dialogue_id)
    voted = boxes.voters(db.session().scalars(box_ids))
    if not voted:
        return
    people = select(Person.email, Person.language, Person.id).where(Person.id.in_(voted), Person.blocked_at.is_(None))
    for email, language, person_id in db.session().execute(people.order_by(Person.id)):
        yield Recipient(email, language, person_id)


def personal_data(person_id: int) -> list[Mapping[str, Any]]:
    """In which votes somebody stands on the roll, and how they voted: on the web or on paper, never what."""
    rolls = {box_id: (channel, connection) for box_id, channel, connection in boxes.took_part(person_id)}
    rows = db.session().execute(select(Vote.id, Vote.title, Vote.box_id).where(Vote.box_id.in_(rolls)))
    return [
        {"vote": vote_id, "title": title, "channel": rolls[box_id][0], "connection": rolls[box_id][1]}
        for vote_id, title, box_id in rows
    ]


def unready(dialogue_id: int) -> list[Missing]:
    """What is missing before the votes of a dialogue can be announced: frames, roll, key and every trial opening."""
    return [
        Missing(sentence, (endpoint, {"dialogue_id": dialogue_id, "vote_id": lack.vote.id}))
        for lack in _drafts(dialogue_id)
        for endpoint, sentence in _lacks(lack)
    ]


UNCOUNTED = (BoxState.FROZEN, BoxState.CLOSED, BoxState.SEALED, BoxState.OPENED)


def unsettled(dialogue_id: int) -> list[Missing]:
    """The votes of a dialogue that are not certified: without them its result is not whole."""
    rows = select(Vote.id, Vote.title).join(BallotBox, BallotBox.id == Vote.box_id)
    rows = rows.where(Vote.dialogue_id == dialogue_id, Vote.withdrawn_at.is_(None), BallotBox.state.in_(UNCOUNTED))
    return [
        Missing(
            _l("The result of the vote “%(title)s” must be certified first.", title=title),
            ("vote_desk.show", {"dialogue_id": dialogue_id, "vote_id": vote_id}),
        )
        for vote_id, title in db.session().execute(rows.order_by(Vote.id))
    ]


class _Draft(NamedTuple):
    """A vote that is not frozen, and how much of it there is."""

    vote: Vote
    has_key: bool
    options: int
    listed: int
    waiting: int  # trials that no pair has opened yet


def _drafts(dialogue_id: int) -> list[_Draft]:
    """In one statement."""
    of_box = RollEntry.box_id == Vote.box_id
    waiting = (KeyTrial.box_id == Vote.box_id) & KeyTrial.passed.is_(False)
    rows = select(
        Vote,
        BallotBox.public_key.is_not(None),
        select(func.count(VoteOption.id)).where(VoteOption.vote_id == Vote.id).scalar_subquery(),
        select(func.count()).select_from(RollEntry).where(of_box).scalar_subquery(),
        select(func.count()).select_from(KeyTrial).where(waiting).scalar_subquery(),
    ).join(BallotBox, BallotBox.id == Vote.box_id)
    rows = rows.where(Vote.dialogue_id == dialogue_id, Vote.withdrawn_at.is_(None), BallotBox.state == BoxState.DRAFT)
    return [_Draft(*row) for row in db.session().execute(rows.order_by(Vote.id))]


def _lacks(draft: _Draft) -> Iterator[tuple[str, LazyText]]:
    row = draft.vote
    if row.kind != Kind.YES_NO and draft.options < FEWEST_OPTIONS:
        yield "vote_desk.change", _l("The vote “%(title)s” needs at least two options.", title=row.title)
    if not row.area.strip() or not row.budget.strip():
        yield "vote_desk.change", _l("The vote “%(title)s” needs its frames: area and budget.", title=row.title)
    if row.audience != Audience.DECLARED and draft.listed == 0:
        yield "vote_desk.electorate", _l("The vote “%(title)s” has nobody who can vote yet.", title=row.title)
    if not draft.has_key:
        yield "vote_desk.key", _l("The vote “%(title)s” has no key yet.", title=row.title)
    elif draft.waiting:
        sentence = _l("Every pair of key holders must open its trial before “%(title)s” can be announced.")
        yield "vote_desk.key", sentence.filled(title=row.title)
