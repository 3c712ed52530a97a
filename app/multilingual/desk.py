"""Reads for the translators' desk: each text with what there is of it in a language, and how far one has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from sqlalchemy import select

from app import db, i18n, subjects
from app.i18n import Language
from app.multilingual import sources
from app.multilingual.models import Status, Translation
from app.multilingual.queries import Place, digest
from app.multilingual.sources import Item
from app.permissions import Actor, Role, can

ROOMS = 50  # on one page


class State(StrEnum):
    """How far one text has come in one language."""

    MISSING = "missing"
    MACHINE = "machine"
    DRAFT = "draft"
    STALE = "stale"  # reviewed, but the Swedish text has changed since
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Work:
    """One text and its translations into one language. Rules take it as their subject."""

    dialogue_id: int | None
    item: Item
    language: Language
    draft: Translation | None = None
    reviewed: Translation | None = None
    machine: Translation | None = None

    @property
    def source_version(self) -> str:
        return digest(self.item.source)

    @property
    def latest(self) -> Translation | None:
        """What a translator goes on working with."""
        return self.draft or self.reviewed or self.machine

    @property
    def seen(self) -> str:
        """The version of the latest text: posted with the form, to notice that another has been there."""
        return digest(self.latest.text) if self.latest else ""

    @property
    def is_done(self) -> bool:
        return self.reviewed is not None and self.reviewed.source_version == self.source_version

    @property
    def is_stale(self) -> bool:
        """Whether the latest text was made from an earlier Swedish one."""
        return self.latest is not None and self.latest.source_version != self.source_version

    def is_for(self, person_id: int | None) -> bool:
        """Whether this person can bring it further: it is not done, and no fresh draft of their own awaits another."""
        waits = self.draft is not None and self.draft.written_by == person_id and not self.is_stale
        return not self.is_done and not waits

    @property
    def state(self) -> State:
        if self.draft is not None:
            return State.DRAFT
        if self.reviewed is not None:
            return State.REVIEWED if self.is_done else State.STALE
        return State.MACHINE if self.machine is not None else State.MISSING


@dataclass(frozen=True)
class Progress:
    """How many texts of `total` are reviewed and fresh in a language."""

    language: Language
    done: int
    total: int


def languages() -> list[Language]:
    """Those that this installation translates into."""
    return [language for language in i18n.shipped() if language is not i18n.SOURCE]


def target(code: str) -> Language | None:
    """The language of this code, if texts are translated into it here."""
    return next((language for language in languages() if language.code == code), None)


def works(dialogue_id: int | None, language: Language) -> list[Work]:
    """Every text of a dialogue, or of the site (None), in reading order; one statement beside the owners' own.

    What stands under one title follows on each other: a question, then the answers to choose among.
    """
    items = sources.items(dialogue_id)
    places = {title: place for place, title in reversed(list(enumerate(item.title for item in items)))}
    return _works(dialogue_id, sorted(items, key=lambda item: places[item.title]), language)


def work(dialogue_id: int | None, language: Language, subject: str, field: str) -> Work | None:
    """One text in one language; None where there is no such text."""
    item = sources.item(dialogue_id, subject, field)
    return None if item is None else _works(dialogue_id, [item], language)[0]


def progress(dialogue_id: int | None) -> list[Progress]:
    """How far each language has come; one statement beside the owners' own."""
    items = sources.items(dialogue_id)
    versions = {(item.subject, item.field): digest(item.source) for item in items}
    made = select(Translation.subject, Translation.field, Translation.language, Translation.source_version)
    made = made.where(Translation.subject.in_(_subjects(items)), Translation.status == Status.REVIEWED)
    done: dict[str, int] = defaultdict(int)
    for subject, field, code, version in db.session().execute(made) if items else ():
        done[code] += versions.get((subject, field)) == version
    return [Progress(language, done[language.code], len(items)) for language in languages()]


def by_subject(all_works: Sequence[Work]) -> list[tuple[str, list[Work]]]:
    """Works under the title of what they belong to."""
    return [(title, list(group)) for title, group in groupby(all_works, key=lambda one: one.item.title)]


def next_after(all_works: Sequence[Work], here: Work, person_id: int | None) -> Work | None:
    """The next text with which this person can do something, from this one on and round again; None: there is none.

    Their own drafts are left out: somebody else reviews those.
    """
    places = [(one.item.subject, one.item.field) for one in all_works]
    at = places.index((here.item.subject, here.item.field)) + 1
    return next((one for one in (*all_works[at:], *all_works[: at - 1]) if one.is_for(person_id)), None)


def _works(dialogue_id: int | None, items: Sequence[Item], language: Language) -> list[Work]:
    if not items:
        return []
    made = select(Translation).where(Translation.subject.in_(_subjects(items)), Translation.language == language.code)
    held: dict[tuple[Place, str], Translation] = {}
    for row in db.session().scalars(made):
        held[((row.subject, row.field), row.status)] = row
    return [
        Work(dialogue_id, item, language, *(held.get(((item.subject, item.field), status)) for status in _ORDER))
        for item in items
    ]


_ORDER = (Status.DRAFT, Status.REVIEWED, Status.MACHINE)  # as the fields of Work


def _subjects(items: Sequence[Item]) -> list[str]:
    return sorted({item.subject for item in items})


@dataclass(frozen=True)
class Room:
    """A dialogue with texts to translate, or the site (id None)."""

    dialogue_id: int | None
    title: str


def room(actor: Actor, dialogue_id: int) -> Room | None:
    """The dialogue, if the actor may see it."""
    found = subjects.find(subjects.key("dialogue", dialogue_id))
    if found is None or not can(actor, found[0].read, found[1]):
        return None
    return Room(dialogue_id, found[0].title(found[1]))


def rooms(actor: Actor, roles: Sequence[Role], before: int | None = None) -> tuple[list[Room], int | None]:
    """The dialogues in which the actor holds one of `roles`, the newest first; and where the next page begins."""
    kind = subjects.kinds().get("dialogue")
    if kind is None:
        return [], None
    visible = kind.visible_to(actor)
    entity = visible.column_descriptions[0]["entity"]
    held = [actor.dialogues_as(role) for role in roles]
    if None not in held:
        visible = visible.where(entity.id.in_(sorted(frozenset[int]().union(*filter(None, held)))))
    if before is not None:
        visible = visible.where(entity.id < before)
    rows = list(db.session().scalars(visible.order_by(entity.id.desc()).limit(ROOMS + 1)))
    shown = [Room(row.id, kind.title(row)) for row in rows[:ROOMS]]
    return shown, shown[-1].dialogue_id if len(rows) > ROOMS else None
