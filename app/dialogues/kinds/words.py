"""What the kinds are called in lists, what each of them is, and which laws demand consultations."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialogues.stages import Kind
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l

# The heading of the list of each kind that has a list of its own.
LIST_NAMES: Mapping[Kind, LazyText] = {
    Kind.USER_DIALOGUE: lazy_p("kinds", "User dialogues"),
    Kind.INFORMATION: lazy_p("kinds", "Information about decisions"),
    Kind.STATUTORY_CONSULTATION: lazy_p("kinds", "Statutory consultations"),
}
MEANINGS: Mapping[Kind, LazyText] = {
    Kind.CITIZEN_DIALOGUE: _l(
        "Elected politicians ask residents about one question before they decide, and answer afterwards."
    ),
    Kind.USER_DIALOGUE: _l(
        "Those who use a service tell the unit that runs it how it works and how it should develop. "
        "It is not a citizen dialogue, and is not counted as one."
    ),
    Kind.INFORMATION: _l(
        "Residents are told what has been decided. Nothing is open to influence, and nothing is asked."
    ),
    Kind.STATUTORY_CONSULTATION: _l(
        "A law demands that people are heard, for example about a detailed plan. It is held in a process of its own."
    ),
}
LAW_NAMES: Mapping[str, LazyText] = {
    "planning": lazy_p("law", "The Planning and Building Act"),
    "environment": lazy_p("law", "The Environmental Code"),
    "minorities": lazy_p("law", "The Act on National Minorities"),
    "other": lazy_p("law", "Another law"),
}
