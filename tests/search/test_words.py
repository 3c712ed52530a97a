"""What a word is: the same for a text and for a question, in Swedish as Swedes want it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.search.core import words

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åsa ÄR på Ön", "åsa är på ön"),
        (unicodedata.normalize("NFD", "Åsa är på ön"), "åsa är på ön"),
        ("Idé, Café, Müller, Ångström Ç", "ide, cafe, muller, ångström c"),
        ("Færøerne", "färöerne"),
        ("STRAẞE ﬁn", "strasse fin"),
        ("lek\u00adplats", "lekplats"),
        ("مَدْرَسَةٌ", "مدرسه"),
        ("أحمد إلى", "احمد الي"),
        ("٢٠٢٦", "2026"),
        ("𝐕𝐀𝐑𝐀", "vara"),
    ],
)
def test_case_and_accents_do_not_matter_and_letters_do(text, folded):
    assert words.fold(text) == folded


def test_swedish_letters_are_not_their_neighbours():
    assert words.of("våra hål") == {"våra", "hål"}
    assert words.of("vara hal") == {"vara", "hal"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("E-post: info@vara.se!", ["e", "post", "info", "vara", "se"]),
        ("**Väg 47** (2026-05-01)", ["väg", "47", "2026", "05", "01"]),
        ("100% _säkert_ 'ja'", ["100", "säkert", "ja"]),
        ("", []),
        (" \n\t—…%_\\'\";--\0 ", []),
        ("x" * 300, ["x" * words.LONGEST]),
        ("ملعب جديد؟", ["ملعب", "جديد"]),
    ],
)
def test_words_are_letters_and_digits(text, found):
    assert list(words.each(text)) == found


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("lek lekplats", ["lekplats"]),
        ("i Vara i", ["vara", "i"]),
        ("LEK lek Lék", ["lek"]),
        ("%", []),
        ("", []),
    ],
)
def test_a_question_asks_each_word_once(question, asked):
    assert words.asked(question) == asked


def test_there_is_an_end_to_what_is_read():
    assert len(words.asked(" ".join(f"ord{number}a" for number in range(500)))) == words.MOST_ASKED
    assert len(words.of(" ".join(f"ord{number}" for number in range(words.MOST_WORDS + 100)))) == words.MOST_WORDS


@given(ANY_TEXT)
@example("ǟ ẗ ﷺ İ ͅ ᾳ ΐ")
def test_folding_twice_gives_the_same(text):
    assert words.fold(words.fold(text)) == words.fold(text)


@given(ANY_TEXT)
def test_however_it_is_written_the_words_are_the_same(text):
    for form in ("NFC", "NFD"):
        assert list(words.each(unicodedata.normalize(form, text))) == list(words.each(text))


@given(ANY_TEXT)
def test_words_fit_their_column_and_every_database_takes_them(text):
    for word in words.each(text):
        assert 0 < len(word) <= words.LONGEST
        assert "\0" not in word
        word.encode()
