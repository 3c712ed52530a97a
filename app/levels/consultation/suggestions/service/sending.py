"""A suggestion comes in: from its sender, or registered for somebody who wrote on paper or called."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from app import clock, db, i18n, subjects
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.contributions.service import Draft
from app.dialogues.service import keep_stage
from app.events import emit
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.core import matters, working_days
from app.levels.consultation.suggestions.events import SuggestionSent
from app.levels.consultation.suggestions.models import (
    Status,
    Suggestion,
    SuggestionBox,
    SuggestionDraft,
    SuggestionStep,
)
from app.levels.consultation.suggestions.rules import Do
from app.limits import Limit
from app.permissions import SYSTEM, Actor, require

SENDS = Limit("suggestions.send", 10, timedelta(hours=1))  # by one person, or from one network address
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike


@dataclass(frozen=True)
class Written:
    """What somebody hands in. `wants`: mail, page or phone; `email` and `phone` only as that needs them."""

    text: Draft
    matter: str
    locality: str = ""
    place: str = ""
    wants: str = "page"
    email: str = ""
    phone: str = ""

    @property
    def kept(self) -> Written:
        """Without what the answer does not need."""
        email, phone = self.email if self.wants == "mail" else "", self.phone if self.wants == "phone" else ""
        return replace(self, email=email, phone=phone)


def send(actor: Actor, box: SuggestionBox, written: Written, draft: SuggestionDraft | None = None) -> Suggestion:
    """Take in a suggestion; it waits to be released. The draft ends, and its pictures come along.

    Raises contributions.AlreadySent where this form has been sent before.
    """
    _hold(box)
    require(actor, Do.SEND, box)
    case = _take_in(actor, box, written)
    if draft is not None:
        for picture in queries.pictures_of_draft(draft.id):
            picture.suggestion_id, picture.draft_id = case.id, None
        db.session().flush()
        db.session().delete(draft)
    _tell(SYSTEM, box, case, "web")
    return case


def register(actor: Actor, box: SuggestionBox, written: Written) -> Suggestion:
    """Write down what somebody said or wrote on paper: it is theirs, and whoever writes it down is kept as that.

    Raises contributions.AlreadySent.
    """
    _hold(box)
    require(actor, Do.REGISTER, box)
    case = _take_in(actor, box, written)
    _tell(actor, box, case, written.text.channel)
    return case


def is_same(case: Suggestion, text: Contribution, written: Written) -> bool:
    """Whether this case, with its text, says all that was `written`."""
    kept = Draft(text.text or "", text.language, text.name, text.channel, written.text.form_key)
    about = (case.matter, case.locality, case.place, case.wants, case.email, case.phone)
    return written.kept == Written(kept, *about)


def receipt(choose: Callable[[str], str] = secrets.choice) -> str:
    """Ten letters and digits that can be read aloud: 49 bits of chance, and few tries an hour."""
    letters = "".join(choose(LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _hold(box: SuggestionBox) -> None:
    """The deadline is decided now, after the wait for the dialogue's lock."""
    if box.dialogue_id is not None:
        keep_stage(box.dialogue_id)
    clock.fresh()


def _take_in(actor: Actor, box: SuggestionBox, written: Written) -> Suggestion:
    text = engine.add(actor, box.container, written.text, shown=False)
    case = Suggestion(
        contribution=text,
        box_id=box.id,
        matter=written.matter,
        locality=written.locality,
        place=written.place,
        receipt=receipt(),
        due_on=working_days.due_on(clock.today(), matters.answer_days()),
        wants=written.wants,
        email=written.kept.email,
        phone=written.kept.phone,
        told_in=i18n.current().code if written.text.channel == "web" else written.text.language,
    )
    db.session().add(case)
    db.session().flush()
    db.session().add(SuggestionStep(suggestion_id=case.id, status=Status.RECEIVED, at=text.written_at))
    db.session().flush()
    return case


def _tell(actor: Actor, box: SuggestionBox, case: Suggestion, channel: str) -> None:
    """Who sent it stands with the suggestion; the log, which is kept for longer, names nobody."""
    key = subjects.key(queries.KIND, case.id)
    emit(SuggestionSent(subject=key, actor=actor, dialogue_id=box.dialogue_id, channel=channel))
