"""A few words of a text round those that were asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.search.core import words

KEPT = 6000  # characters of a text that excerpts are cut from
LENGTH = 220  # characters of an excerpt, about
BEFORE = 60  # of them before the first word that was asked for, about
WORD = re.compile(r"[^\W_][\w\u0300-\u036f\u0640\u064b-\u0652]*")
# Markdown, as people write it here: what begins a line, links, and signs round words.
BEGINS_LINE = re.compile(r"^[ \t]{0,3}(?:#{1,6}|>|[-*+]|\d{1,3}[.)]|\|)[ \t]+", re.MULTILINE)
LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
ROUND_WORDS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|\|")


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt; `is_hit`: a word that was asked for."""

    text: str
    is_hit: bool = False


def unmarked(text: str) -> str:
    """Markdown as plain words on one line."""
    bare = ROUND_WORDS.sub("", LINK.sub(r"\1", BEGINS_LINE.sub("", text)))
    return " ".join(bare.split())


def beyond(title: str, text: str) -> str:
    """What a text says after its title, where it begins with that; a title cut short ends with "…"."""
    start = title.removesuffix("…").rstrip()
    if not start or not text.startswith(start):
        return text
    if title.endswith("…") and text[len(start) : len(start) + 1].strip():  # cut inside a word: it is said whole
        start = start[: start.rfind(" ") + 1]
    rest = text[len(start) :].lstrip()
    return f"… {rest}" if rest and title.endswith("…") else rest


def excerpt(text: str, asked: list[str]) -> list[Piece]:
    """The part of a text with the first word that was asked for, in pieces; its beginning where none is there."""
    first = next((found.start() for found in WORD.finditer(text) if _is_hit(found[0], asked)), 0)
    start = _edge(text, max(0, first - BEFORE)) if first > LENGTH // 2 else 0
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start + LENGTH // 2, start + LENGTH)
    end = start + LENGTH if end < 0 else end
    shown = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return pieces(shown, asked)


def pieces(text: str, asked: list[str]) -> list[Piece]:
    """The whole text, with the words that were asked for apart."""
    found: list[Piece] = []
    done = 0
    for word in WORD.finditer(text):
        if _is_hit(word[0], asked):
            found += [Piece(text[done : word.start()]), Piece(word[0], is_hit=True)]
            done = word.end()
    return [piece for piece in (*found, Piece(text[done:])) if piece.text]


def _is_hit(word: str, asked: list[str]) -> bool:
    return any(words.is_hit(one, other) for other in words.each(word) for one in asked)


def _edge(text: str, at: int) -> int:
    """Where the next word begins."""
    space = text.find(" ", at, at + BEFORE)
    return at if space < 0 else space + 1
