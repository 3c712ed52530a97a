"""Writing the next version of the guideline, and putting it on record as the body decided it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm.exc import StaleDataError

from app import clock, db, richtext, subjects
from app.events import emit
from app.permissions import Actor, require
from app.policy import queries
from app.policy.criteria import KEYS
from app.policy.events import GuidelineDraftBegun, GuidelineDraftChanged, GuidelineEntered
from app.policy.models import Guideline, GuidelineDraft, Wordings
from app.policy.problems import Overtaken
from app.policy.rules import Do

KEY = subjects.key("guideline_draft", queries.THE_DRAFT)
TAKEN_OVER = ("title", "body_name", "in_short", "principles", "criteria")  # a new version begins with the latest's
FIELDS = (*TAKEN_OVER, "decided_on", "section_no", "valid_from", "valid_to", "url")


def begin(actor: Actor) -> None:
    """Begin the next version with the words of the latest. Where one is begun already, nothing happens."""
    require(actor, Do.EDIT)
    latest = queries.every()[-1:]
    words = {name: getattr(latest[0], name) for name in TAKEN_OVER} if latest else {"criteria": {}}
    if db.insert_new(GuidelineDraft, id=queries.THE_DRAFT, version=1, **{**_EMPTY, **words}):
        emit(GuidelineDraftBegun(subject=KEY, actor=actor))


_EMPTY = dict.fromkeys(("title", "body_name", "section_no", "url", "in_short", "principles"), "")


def save(actor: Actor, draft: GuidelineDraft, version: int, values: Mapping[str, Any]) -> None:
    """Save fields of the draft, where something has changed. Raises Overtaken where somebody else has been there."""
    _hold(draft)
    require(actor, Do.EDIT, draft)
    if draft.version != version:
        raise Overtaken
    changed = {name: value for name, value in values.items() if getattr(draft, name) != value}
    for name, value in changed.items():
        setattr(draft, name, value)
    if changed:
        db.session().flush()
        emit(GuidelineDraftChanged(subject=KEY, actor=actor))


def enter(actor: Actor, draft: GuidelineDraft, version: int) -> Guideline:
    """Put the draft on record: from now on nobody changes it. Raises Overtaken where it is not what was seen."""
    _hold(draft)
    require(actor, Do.ENTER, draft)
    if draft.version != version:
        raise Overtaken
    made = Guideline(
        **{name: getattr(draft, name) for name in FIELDS},
        principles_html=richtext.from_markdown(draft.principles),
        entered_by=actor.person_id,
        entered_at=clock.now(),
    )
    db.session().add(made)
    db.session().delete(draft)
    db.session().flush()
    emit(_entered(actor, made))
    return made


def _entered(actor: Actor, made: Guideline) -> GuidelineEntered:
    key = subjects.key("guideline", made.id)
    return GuidelineEntered(subject=key, actor=actor, decided_on=made.decided_on, section_no=made.section_no)


def own_words(given: Mapping[str, str]) -> Wordings:
    """Criterion → the texts that this version says in its own words, from fields named "<criterion>_<text>"."""
    found: Wordings = {}
    for key in KEYS:
        own = {part: given[f"{key}_{part}"] for part in ("question", "hint", "instead") if given.get(f"{key}_{part}")}
        if own:
            found[key] = own
    return found


def _hold(draft: GuidelineDraft) -> None:
    """Take the right to change the draft until the unit ends, and read what another did while we waited.

    Raises StaleDataError where somebody has put it on record meanwhile: the web floor says so, and shows the words.
    """
    db.lock_key(KEY)
    try:
        db.session().refresh(draft)
    except InvalidRequestError as gone:
        raise StaleDataError(KEY) from gone
