"""Entering what was said at a meeting, one line each. Whoever said it is nowhere; who entered it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app import db
from app.contributions import queries as contributions
from app.contributions import service as engine
from app.contributions.models import Container, Contribution
from app.levels.information.meetings import queries
from app.levels.information.meetings.core.said import Line
from app.levels.information.meetings.events import SaidEntered, SaidShown
from app.levels.information.meetings.models import Meeting, MeetingTalk
from app.levels.information.meetings.rules import Do
from app.levels.information.meetings.service.keeping import lock, tell
from app.permissions import SYSTEM, Actor, require


class OtherLines(Exception):
    """This form has been sent before with other lines; nothing was kept this time."""


@dataclass(frozen=True)
class Entry:
    """Lines in their order and the language that they are in; with `reads_first` a moderator reads them first."""

    lines: Sequence[Line]
    language: str
    reads_first: bool = False


def enter(actor: Actor, row: Meeting, entry: Entry, form_key: str) -> bool:
    """Keep each line as a contribution by nobody. The same form sent twice counts once: then False.

    Raises OtherLines where it was sent before with other lines.
    """
    require(actor, Do.ENTER_SAID, row)
    lock(row)
    container = _container(row)
    first = contributions.by_form(container.id, form_key)
    if first is not None:
        if queries.lines_with(first) != [(line.theme, line.text) for line in entry.lines]:
            raise OtherLines
        return False
    is_first = not entry.reads_first and not contributions.was_any_shown(container.id)
    for number, line in enumerate(entry.lines):
        draft = engine.Draft(
            text=line.text,
            language=entry.language,
            name=line.theme,
            channel="meeting",
            form_key=form_key if number == 0 else None,  # the first line stands for the form
        )
        engine.add(actor, container, draft, shown=not entry.reads_first)
    tell(row, SaidEntered, by=actor, lines=len(entry.lines), is_first=is_first)
    return True


def line_was_shown(line: Contribution) -> None:
    """A moderator let everyone read it; that there is something to read at all is told once."""
    talk = db.session().get_one(MeetingTalk, line.container_id)
    row = db.session().get_one(Meeting, talk.meeting_id)
    lock(row)  # of two lines shown at once one is the first
    is_first = not contributions.was_any_shown(line.container_id)
    if engine.mark_shown(line) and is_first:
        tell(row, SaidShown, by=SYSTEM)


def _container(row: Meeting) -> Container:
    """Where what was said at the meeting stands, made when something is entered for the first time."""
    talk_id = queries.talk_of(row.id)
    if talk_id is not None:
        return db.session().get_one(Container, talk_id)
    container = engine.make_container(queries.SAID, row.dialogue_id)
    db.session().add(MeetingTalk(id=container.id, meeting_id=row.id))
    return container
