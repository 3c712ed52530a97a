"""What leaves of what was considered: what a dialogue was made of and considered for, and everything by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.dialogues.intake import areas
from app.dialogues.intake.models import ChangeConsideration, LargerChange, ProposedTopic, TopicAnswer
from app.dialogues.intake.queries.topics import is_latest_answer
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.reviews.models import Reviewable, State

IN_PLACE_OF_TEXT = {State.WAITING: "[väntar på granskning]", State.HIDDEN: "[dold]"}
TOPIC_COLUMNS = (
    *map(Column, ("number", "area", "written_at", "language", "state", "status", "answered_at", "who", "answer",
                  "dialogue", "title", "text")),
    *(Column(name, personal=True)
      for name in ("name", "email", "case_code", "answered_by", "whole_title", "whole_text")),
)  # fmt: skip
CHANGE_COLUMNS = (
    *map(Column, ("number", "title", "case_number", "area", "body_key", "decision_on", "flagged_at", "outcome",
                  "dialogue", "considered_by", "reason", "considered_at")),
    *(Column(name, personal=True) for name in ("flagged_by", "written_down_by")),
)  # fmt: skip


def _topics(dialogue_id: int | None) -> Select[*tuple[Any, ...]]:
    """The topics that this dialogue was made of; None: all there are."""
    rows = select(ProposedTopic, TopicAnswer, Reviewable.state, Person.email.label("account"))
    rows = rows.join(Reviewable, Reviewable.id == ProposedTopic.review_id)
    rows = rows.outerjoin(TopicAnswer, and_(TopicAnswer.topic_id == ProposedTopic.id, is_latest_answer()))
    rows = rows.outerjoin(Person, Person.id == ProposedTopic.person_id)
    return rows if dialogue_id is None else rows.where(TopicAnswer.dialogue_id == dialogue_id)


def topics(dialogue_id: int | None) -> Iterator[Sequence[Any]]:
    """A row for each topic, in the order in which they came. Streamed."""
    wanted = _topics(dialogue_id).order_by(ProposedTopic.id).execution_options(yield_per=200)
    for row, answer, state, account in db.session().execute(wanted):
        yield _topic_cells(row, answer, state, account)


def _topic_cells(row: ProposedTopic, answer: TopicAnswer | None, state: str, account: str | None) -> Sequence[Any]:
    """What only waits, or was hidden, leaves without its words, and without the answer that may repeat them."""
    public = state == State.SHOWN
    instead = IN_PLACE_OF_TEXT.get(State(state))
    facts = (row.id, areas.name_of(row.area) if row.area else "", row.written_at, row.language, state, row.status)
    given = (
        (answer.at, answer.who, answer.reason if public else "", answer.dialogue_id) if answer else (None, "", "", None)
    )
    return (
        *facts, *given, instead or row.title, instead or row.text,
        row.name, row.email or account or "", row.receipt, answer.by_id if answer else None, row.title, row.text,
    )  # fmt: skip


def _changes(dialogue_id: int | None) -> Select[*tuple[Any, ...]]:
    """The larger changes that this dialogue was considered for; None: all there are."""
    said, by = ChangeConsideration, aliased(Person)
    rows = select(
        LargerChange.id, LargerChange.title, LargerChange.case_number, LargerChange.area, LargerChange.body_key,
        LargerChange.decision_on, LargerChange.flagged_at, said.outcome, said.dialogue_id, said.considered_by,
        said.reason, said.at, Person.name, by.name,
    )  # fmt: skip
    if dialogue_id is None:
        rows = rows.outerjoin(said, said.change_id == LargerChange.id)
    else:
        rows = rows.join(said, said.change_id == LargerChange.id).where(said.dialogue_id == dialogue_id)
    rows = rows.outerjoin(Person, Person.id == LargerChange.flagged_by).outerjoin(by, by.id == said.by_id)
    return rows.order_by(LargerChange.id, said.id)


def changes(dialogue_id: int | None) -> Iterator[Sequence[Any]]:
    """A row for each consideration of each larger change, and one for each that waits. Streamed."""
    for row in db.session().execute(_changes(dialogue_id).execution_options(yield_per=200)):
        yield tuple(row)


def _count(rows: Select[*tuple[Any, ...]]) -> int:
    return db.session().scalars(select(func.count()).select_from(rows.order_by(None).subquery())).one()


def _exports(of: Callable[[int], int | None]) -> tuple[Export, ...]:
    """Both tables; `of` makes of the number that is asked for what is wanted."""
    return (
        Export(
            "topics",
            lazy_p("export", "Topics that residents propose"),
            lambda _id: list(TOPIC_COLUMNS),
            lambda number: topics(of(number)),
            lambda number: _count(_topics(of(number)).with_only_columns(ProposedTopic.id)),
        ),
        Export(
            "larger-changes",
            lazy_p("export", "Larger changes"),
            lambda _id: list(CHANGE_COLUMNS),
            lambda number: changes(of(number)),
            lambda number: _count(_changes(of(number)).with_only_columns(LargerChange.id)),
        ),
    )


EXPORTS = _exports(lambda dialogue_id: dialogue_id)
STANDING = _exports(lambda _number: None)  # everything, whatever number is asked for
