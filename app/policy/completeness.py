"""What a draft still lacks before it can be put on record."""

from __future__ import annotations

from app import clock
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.policy import queries
from app.policy.models import GuidelineDraft

NEEDED: tuple[tuple[str, LazyText], ...] = (
    ("title", _l("Give the guideline a title.")),
    ("body_name", _l("Say which body decided it.")),
    ("decided_on", _l("Say on which day it was decided.")),
    ("section_no", _l("Give the § in the minutes.")),
    ("valid_from", _l("Say from which day it applies.")),
    ("valid_to", _l("Say until which day it applies.")),
    ("in_short", _l("Write in plain words what the guideline says.")),
    ("principles", _l("Write the principles.")),
)


def missing(draft: GuidelineDraft) -> list[tuple[str, LazyText]]:
    """Field → what is to be done about it; empty where the draft is whole."""
    found = [(name, sentence) for name, sentence in NEEDED if not getattr(draft, name)]
    return found or _dates(draft)


def _dates(draft: GuidelineDraft) -> list[tuple[str, LazyText]]:
    found: list[tuple[str, LazyText]] = []
    decided_on, valid_from, valid_to = draft.decided_on, draft.valid_from, draft.valid_to
    if decided_on is None or valid_from is None or valid_to is None:
        return found
    if decided_on > clock.today():
        found.append(("decided_on", _l("The body has not met yet. A version is put on record when it has decided.")))
    if valid_to <= valid_from:
        found.append(("valid_to", _l("It must end after it begins.")))
    latest = queries.every()[-1:]
    if latest and valid_from < latest[0].valid_from:
        sentence = _l("It must not begin before the version that it follows: %(day)s.", day=latest[0].valid_from)
        found.append(("valid_from", sentence))
    return found
