"""What leaves of votes: results, turnout and protocol once certified, and never a ballot or who has voted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app import db
from app.ballots import queries as boxes
from app.ballots.models import BallotBox
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.codecision.votes.models import Vote

RESULT = tuple(map(Column, ("vote", "title", "choice", "option", "votes")))
TURNOUT = tuple(map(Column, ("vote", "title", "state", "on_the_roll", "web", "paper", "valid", "blank", "invalid")))
PROTOCOL = (*map(Column, ("vote", "title", "number", "step", "at")), Column("signed_by", personal=True), Column("hash"))


def _counted(dialogue_id: int) -> Iterator[Vote]:
    """The votes whose result stands, with their boxes. Streamed."""
    rows = select(Vote).join(Vote.box).options(contains_eager(Vote.box)).where(BallotBox.state.in_(boxes.COUNTED))
    rows = rows.where(Vote.dialogue_id == dialogue_id, Vote.withdrawn_at.is_(None)).order_by(Vote.id)
    yield from db.session().scalars(rows.execution_options(yield_per=20))


def results(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each option of each vote whose result is certified and may be shown."""
    for row in _counted(dialogue_id):
        found = boxes.result(row.box)
        texts = dict((row.box.paper or {}).get("options", ()))
        for key, votes in (found or {"options": {}})["options"].items():
            yield row.id, row.title, key, texts[key], votes


def turnouts(dialogue_id: int) -> Iterator[Sequence[Any]]:
    for row in _counted(dialogue_id):
        roll, opened = row.box.roll or {}, row.box.opened or {}
        figures = (roll.get("listed"), roll.get("web"), roll.get("paper"))
        yield row.id, row.title, row.box.state, *figures, *(opened.get(one) for one in ("valid", "blank", "invalid"))


def protocols(dialogue_id: int) -> Iterator[Sequence[Any]]:
    for row in _counted(dialogue_id):
        for step in boxes.protocol(row.box):
            yield row.id, row.title, step.number, step.step, step.at, step.signed_by, step.hash


def _export(key: str, name: Any, columns: Sequence[Column], rows: Any) -> Export:
    return Export(key, name, lambda _dialogue_id: columns, rows, lambda dialogue_id: sum(1 for _ in rows(dialogue_id)))


EXPORTS = (
    _export("vote_results", lazy_p("export", "Results of votes"), RESULT, results),
    _export("vote_turnouts", lazy_p("export", "Turnout of votes"), TURNOUT, turnouts),
    _export("vote_protocols", lazy_p("export", "Protocols of votes"), PROTOCOL, protocols),
)
