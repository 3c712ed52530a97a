"""The address decides the language; the catalogues are compiled here, from what the translators wrote."""

from __future__ import annotations

import pytest

from app import i18n
from app.admin import queries


@pytest.mark.parametrize(
    ("address", "tag", "direction", "words"),
    [
        ("/", "sv", "ltr", "Hoppa till innehållet"),
        ("/en/", "en", "ltr", "Skip to the content"),
        ("/ar/", "ar", "rtl", "انتقل إلى المحتوى"),
        ("/lattlast/", "sv-simple", "ltr", "Hoppa till innehållet"),
    ],
)
def test_a_page_speaks_the_language_of_its_address(catalogues, visitor, address, tag, direction, words):
    page = visitor.get(address)
    assert f'<html lang="{tag}" dir="{direction}">' in page.text
    assert words in page.text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "لم يبقَ أي يوم"),
        (1, "بقي يوم واحد"),
        (2, "بقي يومان"),
        (3, "بقيت 3 أيام"),
        (11, "بقي 11 يومًا"),
        (100, "بقي 100 يوم"),
    ],
)
def test_arabic_counts_in_six_ways(catalogues, app, days, said):
    with i18n.speaking(i18n.LANGUAGES["ar"]):
        assert i18n.plural("%(num)s day left", "%(num)s days left", days) == said


@pytest.mark.parametrize(
    ("code", "words"),
    [("sv", "En text (Rubrik) översattes till språket arabiska."), ("ar", "إلى اللغة العربية.")],
)
def test_the_log_says_names_of_languages_and_fields_as_the_reader_does(catalogues, app, code, words):
    facts = {"field": "title", "language": "ar", "source_version": "0" * 16}
    with i18n.speaking(i18n.LANGUAGES[code]):
        assert words in str(queries.sentence("TranslationDrafted", facts, "article:7"))


def test_a_sentence_made_at_the_start_is_said_in_the_language_of_whoever_reads_it(catalogues, app):
    sentence = i18n.lazy("You need to sign in first.")
    with i18n.speaking(i18n.LANGUAGES["sv"]):
        assert str(sentence) == "Du behöver logga in först."
    with i18n.speaking(i18n.LANGUAGES["en"]):
        assert str(sentence) == "You need to sign in first."
