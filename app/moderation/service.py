"""Decisions about texts, and reports by anyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import flag_modified

from app import clock, db, subjects
from app.events import emit
from app.limits import Limit, spend
from app.moderation import grounds, queries
from app.moderation.events import ItemHidden, ItemReported, ItemRestored, ItemShown
from app.moderation.models import Report, Ruling
from app.moderation.queries import Decided, Item
from app.moderation.rules import Do
from app.permissions import Actor, can, require
from app.reviews.models import Reviewable, State

REPORTS = Limit("report", 10, timedelta(hours=1))
MOST_AT_ONCE = 50


class AlreadyDecided(Exception):
    """A colleague was first. `last` is what was decided; None where only the text's state has moved."""

    def __init__(self, last: Decided | None) -> None:
        super().__init__("already decided")
        self.last = last


class AlreadyReported(Exception):
    """The same person has reported the same text before."""


class NothingToReport(Exception):
    """There is no such text, or not for this person to see."""


@dataclass(frozen=True)
class Seen:
    """What the moderator had before them when they decided: the version of the review, and the latest report."""

    version: int
    report_id: int = 0


def show(actor: Actor, item: Item, seen: Seen, *, note: str = "") -> None:
    """Let a text be shown: for the first time, in spite of a report, or again.

    Raises AlreadyDecided. Reports that came in after what was `seen` stay for the next look.
    """
    require(actor, Do.DECIDE, item)
    review = _locked(item, seen)
    if review.state == State.SHOWN and not review.reports:
        raise AlreadyDecided(_last(item))
    was_hidden = review.state == State.HIDDEN
    _rule(actor, item, State.SHOWN, None, note)
    _handle_reports(item, up_to=seen.report_id)
    event = ItemRestored if was_hidden else ItemShown
    emit(event(subject=key(item), actor=actor, dialogue_id=item.dialogue_id, note=note))


def release(actor: Actor, item: Item, seen: Seen) -> None:
    """Let a text that waits be shown, by somebody whom its method lets do so: it has asked `require`.

    Raises AlreadyDecided.
    """
    if _locked(item, seen).state != State.WAITING:
        raise AlreadyDecided(_last(item))
    _rule(actor, item, State.SHOWN, None, "")
    emit(ItemShown(subject=key(item), actor=actor, dialogue_id=item.dialogue_id))


def hide(actor: Actor, item: Item, seen: Seen, *, ground: str, note: str = "") -> None:
    """Hide a text on a ground; its author is told. Raises AlreadyDecided; KeyError for a ground without a rule."""
    require(actor, Do.DECIDE, item)
    grounds.named(ground)
    if _locked(item, seen).state == State.HIDDEN:
        raise AlreadyDecided(_last(item))
    _rule(actor, item, State.HIDDEN, ground, note)
    _handle_reports(item, up_to=None)
    emit(ItemHidden(subject=key(item), actor=actor, dialogue_id=item.dialogue_id, ground=ground, note=note))


def show_several(actor: Actor, versions: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Show several that wait, by (id, version). Returns how many were shown, and how many were left.

    Left are those that a colleague has decided meanwhile, and one's own. At most MOST_AT_ONCE are taken.
    """
    require(actor, Do.QUEUE)
    asked = dict(list(versions)[:MOST_AT_ONCE])
    shown = 0
    for item in queries.items(asked, actor):
        if item.review.state != State.WAITING or not can(actor, Do.DECIDE, item):
            continue
        try:
            show(actor, item, Seen(asked[item.id]))
        except AlreadyDecided:
            continue
        shown += 1
    return shown, len(asked) - shown


def report(actor: Actor, reviewable_id: int, *, ground: str, note: str, client: str) -> None:
    """Tell the moderators that a text breaks a rule. `client` is the address that it comes from, for the limit.

    Raises TooMany, NothingToReport, AlreadyReported; KeyError for a ground without a rule. Call it before anything
    else in the request has read the database.
    """
    spend(REPORTS, client)
    grounds.named(ground)
    item = reportable(actor, reviewable_id)
    require(actor, Do.REPORT, item)
    if actor.person_id is not None and queries.has_reported(actor.person_id, item.id):
        raise AlreadyReported
    row = Report(reviewable_id=item.id, ground=ground, note=note, reporter_id=actor.person_id, at=clock.now())
    db.session().add(row)
    db.flush_or(AlreadyReported())
    db.session().execute(
        update(Reviewable)
        .where(Reviewable.id == item.id)
        .values(reports=Reviewable.reports + 1)
        .execution_options(synchronize_session=False)
    )
    emit(ItemReported(subject=key(item), dialogue_id=item.dialogue_id, ground=ground))


def reportable(actor: Actor, reviewable_id: int) -> Item:
    """The text that somebody wants to report. Raises NothingToReport where they cannot see it."""
    review = queries.review(reviewable_id)
    if review is None or not review.is_shown:
        raise NothingToReport
    item = queries.items_of([review])[0]
    if item.subject is None or item.row is None or not can(actor, item.subject.read, item.row):
        raise NothingToReport
    return item


def key(item: Item) -> str:
    return subjects.key("reviewable", item.id)


def _locked(item: Item, seen: Seen) -> Reviewable:
    """Take the review for this unit, as it stands now. Raises AlreadyDecided where it is not what was seen."""
    mine = select(Reviewable).where(Reviewable.id == item.id).with_for_update()
    review = db.session().scalars(mine.execution_options(populate_existing=True)).one()
    if review.version != seen.version:
        raise AlreadyDecided(_last(item))
    return review


def _last(item: Item) -> Decided | None:
    made = queries.rulings(item.id)
    return made[-1] if made else None


def _rule(actor: Actor, item: Item, outcome: State, ground: str | None, note: str) -> None:
    item.review.state = outcome
    flag_modified(item.review, "state")  # a new version even where a reported text stays shown
    db.session().add(
        Ruling(
            reviewable_id=item.id,
            outcome=outcome,
            ground=ground,
            note=note,
            by_id=actor.person_id,
            at=clock.now(),
        )
    )


def _handle_reports(item: Item, *, up_to: int | None) -> None:
    """Mark reports as looked at, and count again those that are left."""
    open_ones = (Report.reviewable_id == item.id) & Report.handled_at.is_(None)
    looked_at = open_ones if up_to is None else open_ones & (Report.id <= up_to)
    db.session().execute(update(Report).where(looked_at).values(handled_at=clock.now()))
    item.review.reports = db.session().scalars(select(func.count()).select_from(Report).where(open_ones)).one()
