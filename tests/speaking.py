"""Whether a sentence is said in every language of the interface, with nothing left open in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import get_babel

from app import i18n
from app.i18n import Language

LETTERS = re.compile(r"[^\W\d_]")
ROOT = Path(__file__).parent.parent


def languages() -> list[Language]:
    """One for each catalogue, English first."""
    own = {one.ui: one for one in i18n.shipped() if not one.only_content}
    return sorted(own.values(), key=lambda one: one.ui != "en")


def said(text: object) -> dict[str, str]:
    """A text that is said when it is read, in every language."""
    found = {}
    for language in languages():
        with i18n.speaking(language):
            found[language.code] = str(text)
    return found


def complaints(text: object) -> list[str]:
    """What is wrong with a text that people read, in any language."""
    found = []
    words = said(text)
    for code, one in words.items():
        if not LETTERS.search(one):
            found.append(f"says nothing in {code}")
        elif "%(" in one:
            found.append(f"leaves a gap open in {code}: {one}")
        elif code != "en" and one == words["en"]:
            found.append(f"is not translated into {code}: {one}")
    return found


def compile_into(folder: Path) -> Path:
    """The catalogues as programs read them."""
    for source in (ROOT / "translations").glob("*/LC_MESSAGES/messages.po"):
        target = folder / source.relative_to(ROOT / "translations").with_suffix(".mo")
        target.parent.mkdir(parents=True)
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parent.parent.name))
    return folder


@contextmanager
def in_every_language(app: Flask, folder: Path) -> Iterator[None]:
    """The app speaks its languages, as it does outside the tests, where it is given no catalogue."""
    babel = get_babel(app)
    with app.app_context():
        remembered = babel.instance.domain_instance.cache
    babel.translation_directories.append(str(folder))
    remembered.clear()
    try:
        yield
    finally:
        babel.translation_directories.clear()
        remembered.clear()
