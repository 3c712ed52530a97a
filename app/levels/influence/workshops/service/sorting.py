"""Themes, and which cards stand under them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import update

from app import clock, db
from app.dialogues.problems import NotAccepted, Overtaken
from app.i18n import lazy as _l
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.events import CardsSorted, ThemeAdded, ThemeRemoved, ThemeRenamed
from app.levels.influence.workshops.models import Workshop, WorkshopCard, WorkshopTheme
from app.levels.influence.workshops.rules import Do
from app.levels.influence.workshops.service.counting import held, tell
from app.permissions import Actor, require


def add_theme(actor: Actor, row: Workshop, name: str) -> WorkshopTheme:
    """A new theme, after the others. Raises NotAccepted where there is one of that name, or no room for more."""
    row = held(row, to_change=True)
    require(actor, Do.SORT, row)
    _is_new(row, name)
    theme = WorkshopTheme(workshop_id=row.id, name=name, created_at=clock.now())
    db.session().add(theme)
    tell(actor, row, ThemeAdded, theme=name)
    return theme


def rename_theme(actor: Actor, row: Workshop, theme: WorkshopTheme, name: str, version: int) -> None:
    """Give it another name. Raises Overtaken, or NotAccepted where another theme has it."""
    row = held(row, to_change=True)
    require(actor, Do.SORT, row)
    if theme.version != version:
        raise Overtaken(theme.id)
    _is_new(row, name, besides=theme)
    theme.name = name
    tell(actor, row, ThemeRenamed, theme=name)


def remove_theme(actor: Actor, row: Workshop, theme: WorkshopTheme) -> None:
    """Take a theme away; its cards are unsorted again."""
    row = held(row, to_change=True)
    require(actor, Do.SORT, row)
    name = theme.name
    _move(row, WorkshopCard.theme_id == theme.id, None)
    db.session().delete(theme)
    tell(actor, row, ThemeRemoved, theme=name)


def sort_cards(actor: Actor, row: Workshop, card_ids: Iterable[int], theme: WorkshopTheme | None) -> int:
    """Put cards of this workshop under a theme, or (None) under none. Returns how many there were."""
    row = held(row, to_change=True)
    require(actor, Do.SORT, row)
    number = _move(row, WorkshopCard.id.in_(list(card_ids)), theme)
    if number:
        tell(actor, row, CardsSorted, theme=theme.name if theme else "–", number=number)
    return number


def _move(row: Workshop, which: object, theme: WorkshopTheme | None) -> int:
    cards = update(WorkshopCard).where(WorkshopCard.workshop_id == row.id, which)  # type: ignore[arg-type]
    cards = cards.values(theme_id=theme.id if theme else None).returning(WorkshopCard.id)
    moved = db.session().scalars(cards.execution_options(synchronize_session=False)).all()
    db.session().expire_all()
    return len(moved)


def _is_new(row: Workshop, name: str, besides: WorkshopTheme | None = None) -> None:
    themes = queries.themes(row.id)
    if any(one.name.casefold() == name.casefold() for one in themes if one is not besides):
        raise NotAccepted("name", _l("There is a theme of that name already."))
    if besides is None and len(themes) >= queries.MOST:
        raise NotAccepted("name", _l("There are so many themes that nobody finds their way. Take one away first."))
