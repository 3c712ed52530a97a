"""Names in addresses: Swedish, in ASCII; the id decides and the name only helps people."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from app import subjects
from app.dialogues.models import Dialogue

LONGEST = 60


def slug(title: str) -> str:
    """Drottninggatan i Kvänum → drottninggatan-i-kvanum. Never empty."""
    letters = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss").replace("æ", "a").replace("ø", "o"))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    return words or "dialog"


def address_of(dialogue: Dialogue) -> subjects.Address:
    """Where a dialogue is shown."""
    return "dialogues.show", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title)}


def pass_over_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """For `url_value_preprocessor`: the ids decide and the name only helps people, so the views never see it."""
    (values or {}).pop("slug", None)
