"""E-mail addresses as they are compared."""

from __future__ import annotations

import unicodedata


def key_of(address: str) -> str:
    """The address as it is compared: NFC, lower case. Look-alike letters stay different."""
    return unicodedata.normalize("NFC", address.strip()).lower()
