"""What the public page of a kind shows besides its frame; and the kind's label, wherever one meets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app import clock
from app.dialogues import rules, texts, wording
from app.dialogues.kinds import queries
from app.dialogues.kinds.words import LAW_NAMES, LIST_NAMES, MEANINGS
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.stages import KIND_NAMES, Kind
from app.i18n import LazyText
from app.i18n import lazy as _l

# Where the list of each kind stands.
LISTS: Mapping[Kind, str] = {
    Kind.CITIZEN_DIALOGUE: "dialogues.index",
    Kind.USER_DIALOGUE: "kinds.user_dialogues",
    Kind.INFORMATION: "kinds.information",
    Kind.STATUTORY_CONSULTATION: "kinds.consultations",
}


def label(dialogue: Dialogue | None) -> LazyText | str:
    """What kind it is, of what is no citizens' dialogue; else nothing, for those are what one expects."""
    if dialogue is None or dialogue.kind == Kind.CITIZEN_DIALOGUE:
        return ""
    return KIND_NAMES[Kind(dialogue.kind)]


def list_of(dialogue: Dialogue) -> tuple[str, LazyText | None]:
    """The endpoint of the list that it stands in, and what that is called; None for the list of dialogues."""
    kind = Kind(dialogue.kind)
    return LISTS[kind], LIST_NAMES.get(kind)


def parts(dossier: Dossier) -> dict[str, Any]:
    """Names for the template of the kind, besides those of every dialogue's page."""
    dialogue = dossier.dialogue
    kind = Kind(dialogue.kind)
    return {
        "kind_name": KIND_NAMES[kind],
        "meaning": MEANINGS[kind],
        "came_from": _public_reasons(dialogue),
        "contact": _contact(dialogue),
        **_PARTS[kind](dossier),
    }


def _public_reasons(dialogue: Dialogue) -> list[Any]:
    """Why it is here and no citizens' dialogue, where it was thought of as one."""
    return [texts.proper(sent.reason) for sent, _row in queries.came_from(dialogue.id)]


def _contact(row: Dialogue) -> list[tuple[LazyText, Any, str]]:
    """Whom to ask, as rows of facts: the name of each, what it says, where it leads."""
    number = "".join(one for one in row.contact_phone if one.isdigit() or one == "+")
    return [
        (_l("Contact"), texts.proper(row.contact_name) if row.contact_name else "", _to("mailto:", row.contact_email)),
        (_l("Phone"), texts.proper(row.contact_phone) if row.contact_phone else "", _to("tel:", number)),
    ]


def _to(scheme: str, where: str) -> str:
    return scheme + where if where else ""


def _of_user_dialogue(dossier: Dossier) -> dict[str, Any]:
    service = queries.service_in(dossier)
    unit = texts.proper(service.unit if service is not None else "")
    return {"unit": unit, "timeline": wording.short_timeline(dossier)}


def _of_information(dossier: Dossier) -> dict[str, Any]:
    decision = queries.decision_in(dossier)
    return {"decision": decision, "nothing_open": rules.NO_INPUT[Kind.INFORMATION].sentence}


def _of_consultation(dossier: Dossier) -> dict[str, Any]:
    dialogue, process = dossier.dialogue, queries.process_in(dossier)
    last = dialogue.closes_at - timedelta(seconds=1) if dialogue.closes_at is not None else None
    return {
        "process": process,
        "law": LAW_NAMES[process.law] if process is not None else "",
        "first_day": clock.local(dialogue.opens_at).date() if dialogue.opens_at is not None else None,
        "last_day": clock.local(last).date() if last is not None else None,
        "is_over": dialogue.closes_at is not None and dialogue.closes_at <= clock.now(),
    }


_PARTS: Mapping[Kind, Callable[[Dossier], dict[str, Any]]] = {
    Kind.USER_DIALOGUE: _of_user_dialogue,
    Kind.INFORMATION: _of_information,
    Kind.STATUTORY_CONSULTATION: _of_consultation,
}
