"""Reads of one suggestion: the case, what was said in it, its pictures; and of a person's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from app import db
from app.accounts.contributions import MOST
from app.accounts.contributions import Contribution as Own
from app.accounts.models import Person, RoleGrant
from app.contributions import queries as engine
from app.contributions.models import Contribution
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.ladder import Recipient
from app.levels.consultation.suggestions.core import headlines
from app.levels.consultation.suggestions.models import (
    Suggestion,
    SuggestionDraft,
    SuggestionNote,
    SuggestionPicture,
    SuggestionStep,
)
from app.permissions import Actor, Role
from app.reviews.models import Reviewable, State
from app.subjects import Address, Part
from app.supports.models import Support

KIND = "suggestion"
HANDLERS = (Role.OFFICIAL, Role.CONTACT_CENTRE)  # who see the cases of a box


class Noted(NamedTuple):
    """An internal note, or a step, and the name of whoever wrote it."""

    row: Any
    by: str


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The suggestions that an actor may read: what everyone reads, their own, and those that they handle."""
    readable = engine.visible_to(actor, KIND).with_only_columns(Contribution.id)
    rows = select(Contribution).join(Reviewable, Reviewable.id == Contribution.review_id)
    rows = rows.options(contains_eager(Contribution.review)).where(Reviewable.subject_kind == KIND)
    return rows.where(or_(Contribution.id.in_(readable), *(_handled_as(actor, role) for role in HANDLERS)))


def _handled_as(actor: Actor, role: Role) -> ColumnElement[bool]:
    held = actor.dialogues_as(role)
    if held is None:
        return true()
    return Reviewable.dialogue_id.in_(held) if held else false()


def suggestion(suggestion_id: int) -> Contribution | None:
    return engine.contribution(suggestion_id)


def hold_cases(rows: Sequence[Contribution]) -> None:
    """Read the cases, boxes and pictures of these suggestions in one statement, held for as long as the session."""
    if rows:
        wanted = select(Suggestion).where(Suggestion.id.in_([row.id for row in rows]))
        wanted = wanted.options(joinedload(Suggestion.box), joinedload(Suggestion.pictures))
        db.hold(db.session().scalars(wanted).unique())


def parts(row: Contribution) -> list[Part]:
    """What becomes public with the text, for those who judge it: `hold_cases` has read it."""
    found = db.session().get_one(Suggestion, row.id)
    words = ((lazy_p("suggestion", "Place"), found.place), (_l("Name shown"), row.name))
    said = [Part(name, some) for name, some in words if some]
    shown = enumerate(found.pictures, start=1)
    return said + [Part(_l("Picture %(number)s", number=number), one.alt, one.file) for number, one in shown]


def case(suggestion_id: int) -> Suggestion | None:
    return db.session().get(Suggestion, suggestion_id)


def suggestion_in(box_id: int, suggestion_id: int) -> tuple[Contribution, Suggestion] | None:
    """A suggestion of this box with its case, in one statement."""
    found = db.session().scalars(_cases().where(Suggestion.box_id == box_id, Suggestion.id == suggestion_id)).first()
    return None if found is None else (found.contribution, found)


def by_receipt(receipt: str) -> Suggestion | None:
    """The case of this code, with its suggestion and its box, in one statement."""
    wanted = _cases().options(joinedload(Suggestion.box)).where(Suggestion.receipt == receipt)
    return db.session().scalars(wanted).first()


def _cases() -> Select[Suggestion]:
    return select(Suggestion).options(joinedload(Suggestion.contribution).joinedload(Contribution.person))


def steps(suggestion_id: int) -> list[Noted]:
    """What has happened to a case, from its beginning, with who said so."""
    return _noted(SuggestionStep, suggestion_id)


def notes(suggestion_id: int) -> list[Noted]:
    """What officials have written to each other about it, the first one first."""
    return _noted(SuggestionNote, suggestion_id)


def _noted(table: Any, suggestion_id: int) -> list[Noted]:
    rows = select(table, Person.name).outerjoin(Person, Person.id == table.by_id)
    rows = rows.where(table.suggestion_id == suggestion_id).order_by(table.id)
    return [Noted(row, name or "") for row, name in db.session().execute(rows)]


def step(step_id: int) -> SuggestionStep | None:
    return db.session().get(SuggestionStep, step_id)


def pictures(suggestion_id: int) -> list[SuggestionPicture]:
    rows = select(SuggestionPicture).filter_by(suggestion_id=suggestion_id).order_by(SuggestionPicture.id)
    return list(db.session().scalars(rows))


def pictures_of_draft(draft_id: int) -> list[SuggestionPicture]:
    rows = select(SuggestionPicture).filter_by(draft_id=draft_id).order_by(SuggestionPicture.id)
    return list(db.session().scalars(rows))


def picture(picture_id: int) -> SuggestionPicture | None:
    return db.session().get(SuggestionPicture, picture_id)


def of_picture(file_id: int) -> Contribution | None:
    """The suggestion that this file belongs to; None for the picture of one that is being written."""
    wanted = select(Contribution).join(SuggestionPicture, SuggestionPicture.suggestion_id == Contribution.id)
    return db.session().scalars(wanted.where(SuggestionPicture.file_id == file_id)).first()


def pictures_in_use(file_ids: Sequence[int]) -> set[int]:
    rows = select(SuggestionPicture.file_id).where(SuggestionPicture.file_id.in_(file_ids))
    return set(db.session().scalars(rows))


def draft(key_hash: str, box_id: int, *, fresh: bool = False) -> SuggestionDraft | None:
    """What this browser is writing to this box; `fresh`: as it stands now, though it was read before."""
    mine = select(SuggestionDraft).filter_by(key_hash=key_hash, box_id=box_id)
    return db.session().scalars(mine.execution_options(populate_existing=fresh)).first()


def handlers(dialogue_id: int | None) -> Mapping[int, str]:
    """The officials who may be given a case: person id → name, by name."""
    place: ColumnElement[bool] = RoleGrant.dialogue_id.is_(None)
    if dialogue_id is not None:
        place = or_(place, RoleGrant.dialogue_id == dialogue_id)
    rows = select(Person.id, Person.name).join(RoleGrant, RoleGrant.person_id == Person.id).distinct()
    rows = rows.where(RoleGrant.role == Role.OFFICIAL, place, Person.blocked_at.is_(None)).order_by(Person.name)
    return {number: name for number, name in db.session().execute(rows)}


# ------------------------------------------------------------------ where it is, and whose


def address_of(row: Contribution) -> Address:
    """Where everyone reads it once it is public."""
    if row.dialogue_id is None:
        return "suggestions.site_show", {"suggestion_id": row.id}
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    return "suggestions.show", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "suggestion_id": row.id}


def path_of(row: Contribution) -> str:
    """As address_of, for mails."""
    values = address_of(row)[1]
    if "dialogue_id" not in values:
        return f"/battre-vara/{row.id}"
    return f"/dialoger/{values['dialogue_id']}-{values['slug']}/forslag/{row.id}"


def recipient(suggestion_id: int) -> Recipient | None:
    """Whom to tell by mail how it fares; None for those who did not ask, or cannot be reached any longer."""
    found = db.session().scalars(_cases().where(Suggestion.id == suggestion_id)).first()
    if found is None or found.wants != "mail":
        return None
    person = found.contribution.person
    if person is not None:
        return None if person.blocked_at is not None else Recipient(person.email, person.language, person.id)
    return Recipient(found.email, found.told_in) if found.email else None


def participants(dialogue_id: int) -> Iterator[Recipient]:
    """Those who have sent suggestions to a call with an account, once each.

    An address that was left without an account is for the answer to that suggestion, and is used for nothing else.
    """
    return engine.participants(dialogue_id, KIND)


def kept_of(person_id: int) -> list[Mapping[str, Any]]:
    """What is kept of a person: their words, as they are and were, where and how to answer, and what they support."""
    mine = select(Suggestion.id, Suggestion.locality, Suggestion.place, Suggestion.phone, Suggestion.receipt)
    mine = mine.join(Contribution, Contribution.id == Suggestion.id).where(Contribution.person_id == person_id)
    given = select(Support.contribution_id.label("supports"), Support.given_at)
    given = given.join(Suggestion, Suggestion.id == Support.contribution_id).where(Support.person_id == person_id)
    rows = [*db.session().execute(mine).mappings(), *db.session().execute(given).mappings()]
    return [*engine.personal_data(person_id, KIND), *(dict(row) for row in rows)]


def own(person_id: int) -> list[Own]:
    """The suggestions that a person has sent, for their own page; one statement."""
    mine = select(Contribution, Suggestion).join(Suggestion, Suggestion.id == Contribution.id)
    mine = mine.join(Reviewable, Reviewable.id == Contribution.review_id).options(contains_eager(Contribution.review))
    mine = mine.where(Contribution.person_id == person_id).order_by(Contribution.id.desc()).limit(MOST)
    return [
        Own(
            title=headlines.split(row.text or "")[0],
            address=("suggestions.case", {"receipt": found.receipt}),
            state=_state(row, found),
            when=row.written_at,
            tone=found.tone,
        )
        for row, found in db.session().execute(mine)
    ]


def _state(row: Contribution, found: Suggestion) -> LazyText:
    if row.review.state == State.HIDDEN:
        return lazy_p("post", "Hidden by a moderator")
    status: LazyText = found.status_name
    return status
