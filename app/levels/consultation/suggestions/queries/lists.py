"""The lists: what everyone reads, and the officials' inbox. Each page is one statement, by keyset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import contains_eager

from app import clock, db
from app.accounts.models import Person
from app.contributions.models import Contribution
from app.levels.consultation.suggestions.models import Suggestion, SuggestionBox
from app.levels.consultation.suggestions.queries.cases import KIND
from app.reviews.models import Reviewable, State
from app.search.queries import matching
from app.supports.models import SupportCount

PAGE = 20
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Filter:
    """What is asked for; empty: everything. `by_support`: the most supported first, and only those with a support."""

    matter: str = ""
    status: str = ""
    locality: str = ""
    words: str = ""
    by_support: bool = False


class Line(NamedTuple):
    """One row of the public list, and how many support it."""

    row: Contribution
    case: Suggestion
    supports: int


class Listing(NamedTuple):
    """A page, and where the next one begins ("number.id"); None at the end."""

    rows: list[Line]
    further: str | None


class Inbox(NamedTuple):
    """A page of cases with the name of whoever handles each, and where the next one begins."""

    rows: list[tuple[Suggestion, str]]
    further: str | None


def listed(box: SuggestionBox, wanted: Filter, at: str = "") -> Listing:
    """One page of what everyone may read, the newest first."""
    rows = select(Contribution, Suggestion, func.coalesce(SupportCount.number, 0))
    rows = rows.join(Suggestion, Suggestion.id == Contribution.id)
    rows = rows.join(Reviewable, Reviewable.id == Contribution.review_id).options(contains_eager(Contribution.review))
    rows = rows.join(SupportCount, SupportCount.contribution_id == Suggestion.id, isouter=not wanted.by_support)
    rows = rows.where(Suggestion.box_id == box.id, Reviewable.state == State.SHOWN, Contribution.removed_at.is_(None))
    rows = rows.where(*_asked(wanted))
    order = (SupportCount.number, Suggestion.id) if wanted.by_support else (Suggestion.id,)
    edge = _numbers(at, len(order))
    if edge is not None:
        rows = rows.where(tuple_(*order) < tuple_(*edge))
    rows = rows.where(SupportCount.number > 0) if wanted.by_support else rows
    found = [Line(*one) for one in db.session().execute(rows.order_by(*(key.desc() for key in order)).limit(PAGE + 1))]
    last = found[PAGE - 1] if len(found) > PAGE else None
    further = [last.supports, last.row.id] if last and wanted.by_support else [last.row.id] if last else []
    return Listing(found[:PAGE], ".".join(map(str, further)) or None)


def _asked(wanted: Filter) -> list[ColumnElement[bool]]:
    columns = {"matter": Suggestion.matter, "status": Suggestion.status, "locality": Suggestion.locality}
    found = [column == value for name, column in columns.items() if (value := getattr(wanted, name))]
    return [*found, Suggestion.id.in_(matching(KIND, wanted.words))] if wanted.words else found


def inbox(box: SuggestionBox, view: str, person_id: int | None, at: str = "") -> Inbox:
    """One page of cases, what is due first. `view`: open, mine, free (nobody handles it), late, waiting or closed."""
    rows = _in_view(_handled(box), view, person_id)
    newest_first = view == "closed"
    edge = _place(at)
    here = tuple_(Suggestion.due_on, Suggestion.id)
    if edge is not None:
        rows = rows.where(here < tuple_(*edge) if newest_first else here > tuple_(*edge))
    order = (Suggestion.due_on, Suggestion.id)
    rows = rows.order_by(*(key.desc() if newest_first else key for key in order)).limit(PAGE + 1)
    found = [(case, name or "") for case, name in db.session().execute(rows)]
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    return Inbox(found[:PAGE], f"{last.due_on.isoformat()}.{last.id}" if last else None)


def counts(box: SuggestionBox, person_id: int | None) -> Mapping[str, int]:
    """How many cases are in each view but the closed ones, in one statement."""
    views = ("open", "mine", "free", "late", "waiting")
    columns = [_count(box, view, person_id).label(view) for view in views]
    return dict(db.session().execute(select(*columns)).mappings().one())


def _count(box: SuggestionBox, view: str, person_id: int | None) -> Any:
    return _in_view(_handled(box), view, person_id).with_only_columns(func.count(Suggestion.id)).scalar_subquery()


def _handled(box: SuggestionBox) -> Select[*tuple[Any, ...]]:
    rows = select(Suggestion, Person.name).join(Contribution, Contribution.id == Suggestion.id)
    rows = rows.join(Reviewable, Reviewable.id == Contribution.review_id)
    rows = rows.outerjoin(Person, Person.id == Suggestion.assigned_to).where(Suggestion.box_id == box.id)
    beside = contains_eager(Suggestion.contribution)
    return rows.options(beside, beside.contains_eager(Contribution.review))


def _in_view(rows: Select[*tuple[Any, ...]], view: str, person_id: int | None) -> Select[*tuple[Any, ...]]:
    if view == "closed":
        return rows.where(Suggestion.closed_at.is_not(None))
    if view == "waiting":  # to be released, whatever has been answered
        return rows.where(Reviewable.state == State.WAITING)
    rows = rows.where(Suggestion.closed_at.is_(None))
    if view == "mine":
        return rows.where(Suggestion.assigned_to == person_id)
    if view == "free":
        return rows.where(Suggestion.assigned_to.is_(None))
    return rows.where(Suggestion.due_on < clock.today()) if view == "late" else rows


def _numbers(written: str, many: int) -> list[int] | None:
    """The place that an address names; None where it names none."""
    parts = written.split(".")
    if len(parts) != many or not all(part.isascii() and part.isdecimal() and len(part) < 11 for part in parts):
        return None
    found = [int(part) for part in parts]
    return found if max(found) <= LARGEST else None


def _place(written: str) -> tuple[date, int] | None:
    day, _, number = written.partition(".")
    found = _numbers(number, 1)
    try:
        return (date.fromisoformat(day), found[0]) if found else None
    except ValueError:
        return None
