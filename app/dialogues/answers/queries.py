"""Reads of what comes after a dialogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlalchemy.orm import undefer

from app import db
from app.dialogues.answers.models import (
    About,
    Arrival,
    Compilation,
    CompilationWriter,
    Consideration,
    Delivery,
    FollowUp,
    FollowUpChange,
    Progress,
    ResultReport,
    Telling,
    Theme,
    ToldOtherwise,
    Way,
)
from app.dialogues.models import Card, Dialogue
from app.dialogues.queries import Dossier, belongs, working_with
from app.dialogues.stages import TOLD_STAGES
from app.permissions import Actor

STILL_OPEN = (Progress.PLANNED, Progress.UNDER_WAY)
MOST = 200  # rows of a log that are shown


def _of_its_themes(dialogue_id: int) -> ColumnElement[bool]:
    return Consideration.theme_id.in_(select(Theme.id).where(Theme.dialogue_id == dialogue_id))


def _of_its_follow_ups(dialogue_id: int) -> ColumnElement[bool]:
    return FollowUpChange.follow_up_id.in_(select(FollowUp.id).where(FollowUp.dialogue_id == dialogue_id))


belongs(Compilation, order=("dialogue_id",))
belongs(Theme, order=("position", "id"))
belongs(Consideration, order=("theme_id",), where=_of_its_themes)
belongs(ResultReport)
belongs(FollowUp, order=("due_on", "id"))
belongs(FollowUpChange, where=_of_its_follow_ups)


@dataclass(frozen=True)
class Compiled:
    """What was found in a dialogue: on the whole, theme by theme, and how the decision took each into account."""

    compilation: Compilation | None = None
    themes: Sequence[Theme] = ()
    considered: Mapping[int, Consideration] = field(default_factory=dict)  # theme id →

    @property
    def is_public(self) -> bool:
        return self.compilation is not None and self.compilation.published_at is not None

    @property
    def sorted_in(self) -> int:
        """How many answers and contributions the themes and the rest account for; one may be in several themes."""
        return sum(one.count for one in self.themes) + (self.compilation.other_count if self.compilation else 0)

    @property
    def not_considered(self) -> list[Theme]:
        """The published themes of which nobody has said what became of them."""
        return [one for one in self.themes if one.id not in self.considered] if self.is_public else []


def compiled(dossier: Dossier) -> Compiled:
    """What was found in a dialogue."""
    considered = {row.theme_id: row for row in dossier.rows(Consideration)}
    return Compiled(next(iter(dossier.rows(Compilation)), None), dossier.rows(Theme), considered)


def counted(cards: Iterable[Card]) -> list[Card]:
    """The cards whose figure says how much has come in. Of something that is held at a time, it says seats."""
    return [card for card in cards if card.responses is not None and card.held_at is None]


def came_in(cards: Iterable[Card]) -> int:
    """How many answers and contributions have come in, by every method together, from their latest snapshots."""
    return sum(card.responses or 0 for card in counted(cards))


def writers(dialogue_id: int) -> set[int]:
    """Those who have written in the compilation."""
    found = select(CompilationWriter.person_id).where(CompilationWriter.dialogue_id == dialogue_id)
    return set(db.session().scalars(found))


def theme(theme_id: int) -> Theme | None:
    return db.session().get(Theme, theme_id)


def latest(dossier: Dossier) -> ResultReport | None:
    """The report that was handed over last, without its content."""
    made = dossier.rows(ResultReport)
    return made[-1] if made else None


def report(dialogue_id: int, number: int) -> ResultReport | None:
    """One report with its content."""
    found = (
        select(ResultReport).filter_by(dialogue_id=dialogue_id, number=number).options(undefer(ResultReport.content))
    )
    return db.session().scalars(found).one_or_none()


# ------------------------------------------------------------------ who was told


@dataclass(frozen=True)
class Tally:
    """How many have been told something, and how."""

    mails: Mapping[Arrival, int]
    otherwise: Mapping[Way, int]

    @property
    def sent(self) -> int:
        return self.mails.get(Arrival.SENT, 0)

    @property
    def planned(self) -> int:
        return self.mails.get(Arrival.PLANNED, 0)

    @property
    def not_reached(self) -> int:
        """Mails that came back, and those whom nobody can reach."""
        return self.mails.get(Arrival.BOUNCED, 0) + self.otherwise.get(Way.UNREACHABLE, 0)


def tallies(dialogue_id: int) -> dict[About, Tally]:
    """What those who took part have been told, and how many; in one statement. Only what has begun is there."""
    begun = select(Telling.about, literal("").label("what"), literal("").label("key"), literal(0).label("many"))
    mails = select(Telling.about, literal("mail"), Delivery.state, func.count(Delivery.id)).join(
        Delivery, Delivery.telling_id == Telling.id
    )
    others = select(Telling.about, literal("other"), ToldOtherwise.way, func.sum(ToldOtherwise.count)).join(
        ToldOtherwise, ToldOtherwise.telling_id == Telling.id
    )
    wanted = union_all(
        begun.where(Telling.dialogue_id == dialogue_id),
        mails.where(Telling.dialogue_id == dialogue_id).group_by(Telling.about, Delivery.state),
        others.where(Telling.dialogue_id == dialogue_id, ToldOtherwise.struck_at.is_(None)).group_by(
            Telling.about, ToldOtherwise.way
        ),
    )
    by_mail: dict[About, dict[Arrival, int]] = {}
    otherwise: dict[About, dict[Way, int]] = {}
    for about, what, key, many in db.session().execute(wanted):
        mine = by_mail.setdefault(About(about), {})
        theirs = otherwise.setdefault(About(about), {})
        if what == "mail":
            mine[Arrival(key)] = int(many)
        elif what == "other":
            theirs[Way(key)] = int(many)
    return {about: Tally(by_mail[about], otherwise[about]) for about in by_mail}


def telling(dialogue_id: int, about: About) -> Telling | None:
    return db.session().scalars(select(Telling).filter_by(dialogue_id=dialogue_id, about=about)).one_or_none()


def told_otherwise(dialogue_id: int) -> list[tuple[About, ToldOtherwise]]:
    """What officials have noted in the log of a dialogue, the latest first."""
    wanted = select(Telling.about, ToldOtherwise).join(ToldOtherwise, ToldOtherwise.telling_id == Telling.id)
    wanted = wanted.where(Telling.dialogue_id == dialogue_id).order_by(ToldOtherwise.id.desc()).limit(MOST)
    return [(About(about), row) for about, row in db.session().execute(wanted)]


def noted(row_id: int, dialogue_id: int) -> ToldOtherwise | None:
    """One such note of this dialogue."""
    wanted = select(ToldOtherwise).join(Telling, Telling.id == ToldOtherwise.telling_id)
    return db.session().scalars(wanted.where(ToldOtherwise.id == row_id, Telling.dialogue_id == dialogue_id)).first()


# ------------------------------------------------------------------ follow-ups


@dataclass(frozen=True)
class Followed:
    """A follow-up and how far it had come when, the first change first."""

    item: FollowUp
    changes: list[FollowUpChange]


def follow_ups(dossier: Dossier) -> list[Followed]:
    """What the municipality said it would do in this matter; what is due first comes first."""
    changes: dict[int, list[FollowUpChange]] = defaultdict(list)
    for change in dossier.rows(FollowUpChange):
        changes[change.follow_up_id].append(change)
    return [Followed(item, changes[item.id]) for item in dossier.rows(FollowUp)]


def follow_up(item_id: int) -> FollowUp | None:
    return db.session().get(FollowUp, item_id)


def still_open(most: int) -> list[tuple[FollowUp, Dialogue]]:
    """What is still to be done in the dialogues whose answer is public, what is due first comes first."""
    wanted = select(FollowUp, Dialogue).join(Dialogue, Dialogue.id == FollowUp.dialogue_id)
    wanted = wanted.where(FollowUp.progress.in_(STILL_OPEN), Dialogue.stage.in_(sorted(TOLD_STAGES)))
    found = db.session().execute(wanted.order_by(FollowUp.due_on, FollowUp.id).limit(most))
    return [(item, dialogue) for item, dialogue in found]


def due(actor: Actor, until: date, most: int) -> list[tuple[FollowUp, Dialogue]]:
    """What is due by this day in the dialogues that the actor works with, archived ones among them."""
    works = working_with(actor).with_only_columns(Dialogue.id)
    wanted = select(FollowUp, Dialogue).join(Dialogue, Dialogue.id == FollowUp.dialogue_id)
    wanted = wanted.where(FollowUp.progress.in_(STILL_OPEN), FollowUp.due_on <= until, Dialogue.id.in_(works))
    found = db.session().execute(wanted.order_by(FollowUp.due_on, FollowUp.id).limit(most))
    return [(item, dialogue) for item, dialogue in found]
