"""The municipality is the sender, and takes no party's side: no text of staff names a party.

Which parties there are is in the settings, so that neither code nor templates name one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.dialogues.problems import NotAccepted
from app.i18n import lazy as _l

_known: dict[str, re.Pattern[str]] = {}


def use(municipality: Mapping[str, Any]) -> None:
    """Take the names of `parties` in the municipality's file; none where it names none."""
    _known.clear()
    _known.update(
        {name: re.compile(rf"\b{re.escape(name)}s?\b", re.IGNORECASE) for name in municipality.get("parties", ())}
    )


def party_in(*texts: str) -> str:
    """The first party that one of the texts names, as a whole word or in the genitive; empty where none does."""
    return next((name for name, pattern in _known.items() if any(pattern.search(text) for text in texts)), "")


def check(field: str, text: str) -> None:
    """Raise NotAccepted, at this field, where the text names a party."""
    name = party_in(text)
    if name:
        sentence = _l("The text names a party (%(party)s). The municipality is the sender: leave it out.", party=name)
        raise NotAccepted(field, sentence)
