"""Reads of the kinds: what each of them alone says, the lists, and how many dialogues were carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.dialogues import bodies
from app.dialogues.kinds.models import KindChoice, KnownDecision, OwnProcess, Redirection, UserService
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.queries.belongings import belongs
from app.dialogues.queries.visibility import visible_to
from app.dialogues.stages import KIND_NAMES, PUBLIC_STAGES, Kind, Stage
from app.i18n import LazyText
from app.permissions import Actor

belongs(KindChoice)
belongs(UserService, order=("dialogue_id",))
belongs(OwnProcess, order=("dialogue_id",))
belongs(KnownDecision)
belongs(Redirection, where=lambda dialogue_id: Redirection.from_id == dialogue_id)
PAGE = 20
LINKABLE = 100  # entries to choose from when a question is sent elsewhere


@dataclass(frozen=True)
class Entries:
    """One page of a list, the newest first; `older` is the id that the next one begins before."""

    rows: Sequence[Dialogue]
    older: int | None


def choice_of(dialogue_id: int) -> KindChoice | None:
    """Why it is the kind that it is; None before the first questions have been answered."""
    return db.session().scalars(select(KindChoice).filter_by(dialogue_id=dialogue_id)).one_or_none()


def choice_in(dossier: Dossier) -> KindChoice | None:
    """As choice_of, of what is read with the dialogue; so are the next four."""
    return next(iter(dossier.rows(KindChoice)), None)


def service_in(dossier: Dossier) -> UserService | None:
    return next(iter(dossier.rows(UserService)), None)


def process_in(dossier: Dossier) -> OwnProcess | None:
    return next(iter(dossier.rows(OwnProcess)), None)


def decision_in(dossier: Dossier) -> KnownDecision | None:
    return next(reversed(dossier.rows(KnownDecision)), None)


def sent_in(dossier: Dossier) -> Redirection | None:
    return next(iter(dossier.rows(Redirection)), None)


def service_of(dialogue_id: int) -> UserService | None:
    """Whose users a user dialogue is with."""
    return db.session().get(UserService, dialogue_id)


def process_of(dialogue_id: int) -> OwnProcess | None:
    """Where a statutory consultation is held."""
    return db.session().get(OwnProcess, dialogue_id)


def decision_of(dialogue_id: int) -> KnownDecision | None:
    """The decision that an information entry tells of, as it stands now."""
    wanted = select(KnownDecision).filter_by(dialogue_id=dialogue_id).order_by(KnownDecision.id.desc()).limit(1)
    return db.session().scalars(wanted).first()


def sent_on(dialogue_id: int) -> Redirection | None:
    """Where this question was sent, and why; None where it was not."""
    return db.session().scalars(select(Redirection).filter_by(from_id=dialogue_id)).one_or_none()


def came_from(dialogue_id: int) -> list[tuple[Redirection, Dialogue]]:
    """The citizens' dialogues that were not held and led to this entry, the first one first."""
    wanted = select(Redirection, Dialogue).join(Dialogue, Dialogue.id == Redirection.from_id)
    wanted = wanted.where(Redirection.to_id == dialogue_id).order_by(Redirection.id)
    return [(sent, row) for sent, row in db.session().execute(wanted)]


def linkable(actor: Actor) -> list[Dialogue]:
    """What a question may be sent on to: entries of other kinds that the actor may read, the newest first."""
    there = Dialogue.stage.not_in([Stage.ARCHIVED, Stage.UNSUITABLE])
    wanted = visible_to(actor).where(Dialogue.kind != Kind.CITIZEN_DIALOGUE, there).order_by(Dialogue.id.desc())
    return list(db.session().scalars(wanted.limit(LINKABLE)))


def listed(kind: Kind, stages: Iterable[Stage], before: int | None = None, most: int = PAGE) -> Entries:
    """What is public of a kind at these stages, the newest first; ids below `before`."""
    public = sorted(PUBLIC_STAGES.intersection(stages))
    wanted = select(Dialogue).where(Dialogue.kind == kind, Dialogue.stage.in_(public))
    if before is not None:
        wanted = wanted.where(Dialogue.id < before)
    found = list(db.session().scalars(wanted.order_by(Dialogue.id.desc()).limit(most + 1)))
    return Entries(found[:most], found[most - 1].id if len(found) > most else None)


def labels(dialogue_ids: Sequence[int]) -> Mapping[int, LazyText]:
    """What those of these are called that are no citizens' dialogues: id → the name of the kind; in one statement."""
    other = Dialogue.kind != Kind.CITIZEN_DIALOGUE
    wanted = select(Dialogue.id, Dialogue.kind).where(Dialogue.id.in_(dialogue_ids), other)
    return {number: KIND_NAMES[Kind(kind)] for number, kind in db.session().execute(wanted)}


def owner_name(dialogue: Dialogue) -> str:
    """The proper name of who holds it: a body, or of a user dialogue the unit; empty where nothing is said yet."""
    if dialogue.kind == Kind.USER_DIALOGUE:
        service = service_of(dialogue.id)
        return service.unit if service is not None else ""
    return bodies.name_of(dialogue.body_key)
