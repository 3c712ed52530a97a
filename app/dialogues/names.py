"""A dialogue belongs to a body or a unit, and bears no person's name: whoever holds a role here is not named in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.accounts import queries as accounts
from app.dialogues.problems import NotAccepted
from app.i18n import lazy as _l


def no_person(texts: Mapping[str, str]) -> None:
    """Field → what it says. Raises NotAccepted for the first one that has the full name of somebody with a role."""
    people = [name for name in accounts.names_with_role() if " " in name.strip()]
    for field, text in texts.items():
        for name in people:
            if re.search(rf"\b{re.escape(name.strip())}\b", text, re.IGNORECASE):
                sentence = _l(
                    "Leave out “%(name)s”: nothing here belongs to a person or bears a person's name.", name=name
                )
                raise NotAccepted(field, sentence)
