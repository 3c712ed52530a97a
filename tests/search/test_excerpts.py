"""Excerpts: the part of a text where the words are, without the signs of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.core import excerpts
from app.search.core.excerpts import Piece

LONG = "Kommunen bygger om. " * 30 + "Här kommer en lekplats med gungor. " + "Sedan är det klart. " * 30


def shown(pieces):
    return "".join(piece.text for piece in pieces)


def test_the_words_that_were_asked_for_are_apart():
    assert excerpts.pieces("Lekplatsen i Vara", ["lek"]) == [Piece("Lekplatsen", is_hit=True), Piece(" i Vara")]
    assert excerpts.pieces("Idén", ["ide"]) == [Piece("Idén", is_hit=True)]
    assert excerpts.pieces("En ö och", ["o"]) == [Piece("En ö och")]
    assert excerpts.pieces("مَلعَب جديد", ["ملعب"])[0].is_hit


def test_an_excerpt_is_cut_round_the_first_of_them():
    cut = excerpts.excerpt(LONG, ["lekplats"])
    assert [piece.text for piece in cut if piece.is_hit] == ["lekplats"]
    assert shown(cut).startswith("… ")
    assert shown(cut).endswith(" …")
    assert len(shown(cut)) <= excerpts.LENGTH + 4


def test_without_them_it_is_the_beginning():
    assert shown(excerpts.excerpt(LONG, ["badhus"])).startswith("Kommunen bygger om.")
    assert excerpts.excerpt("", ["badhus"]) == []


def test_markdown_is_read_as_words():
    written = "## Så gör vi\n\n- **Träd** längs [gatan](https://vara.se/a_b)\n1. `Bänkar` och _skugga_\n\n> Bra"
    assert excerpts.unmarked(written) == "Så gör vi Träd längs gatan Bänkar och skugga Bra"
    assert excerpts.unmarked("3 * 4 = 12, fil_namn_två & 5 < 6") == "3 * 4 = 12, fil_namn_två & 5 < 6"


@pytest.mark.parametrize(
    ("title", "text", "rest"),
    [
        ("Lekplats", "Lekplats\nVi bygger", "Vi bygger"),
        ("Vi vill ha en lek…", "Vi vill ha en lekplats i Larv", "… lekplats i Larv"),
        ("Vi vill ha…", "Vi vill ha en lekplats", "… en lekplats"),
        ("Vi vill ha en lekplats", "Vi vill ha en lekplats", ""),
        ("Enkäten", "Svara på frågorna", "Svara på frågorna"),
        ("", "Svara", "Svara"),
    ],
)
def test_what_the_title_says_is_not_said_again(title, text, rest):
    assert excerpts.beyond(title, text) == rest


@given(st.text(max_size=600), st.lists(st.text("abcåäö", min_size=1, max_size=3), max_size=3))
def test_whatever_is_written_nothing_is_added_and_nothing_breaks(text, asked):
    plain = excerpts.unmarked(text)
    assert shown(excerpts.pieces(plain, asked)) == plain
    cut = shown(excerpts.excerpt(plain, asked)).removeprefix("… ").removesuffix(" …")
    assert cut in plain
