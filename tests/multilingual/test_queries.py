"""What a reader sees in their language."""

import pytest
from markupsafe import Markup

from app import i18n
from app.multilingual import queries
from app.multilingual.models import Status
from tests.factories.multilingual import make_translation

SV, EN, AR, EASY = (i18n.LANGUAGES[code] for code in ("sv", "en", "ar", "sv-simple"))
ROWS = [("article:1", {"title": ("Träden", None), "body": ("Nya träd", Markup("<p>Nya träd</p>"))})]


def test_a_reviewed_text_is_shown_with_its_own_language(unit):
    make_translation("article:1", "title", "ar", "الأشجار", source="Träden")
    shown = queries.texts(ROWS, AR)[("article:1", "title")]
    assert (shown.text, shown.tag, shown.dir) == ("الأشجار", "ar", "rtl")
    assert not any((shown.is_fallback, shown.is_machine, shown.is_stale))


def test_rich_text_comes_as_html_in_either_language(unit):
    make_translation("article:1", "body", "en", "New **trees**", source="Nya träd", rich=True)
    assert queries.texts(ROWS, EN)[("article:1", "body")].html == "<p>New <strong>trees</strong></p>\n"
    assert queries.texts(ROWS, AR)[("article:1", "body")].html == "<p>Nya träd</p>"


def test_what_is_missing_is_swedish_and_says_so(unit):
    shown = queries.texts(ROWS, AR)[("article:1", "title")]
    assert (shown.text, shown.tag, shown.dir, shown.is_fallback) == ("Träden", "sv", "ltr", True)


def test_a_draft_is_never_shown(unit):
    make_translation("article:1", "title", "en", "DRAFT", source="Träden", status=Status.DRAFT)
    assert queries.texts(ROWS, EN)[("article:1", "title")].is_fallback


def test_a_machine_text_is_marked_and_gives_way_to_a_persons(unit):
    make_translation("article:1", "title", "en", "The threes", source="Träden", status=Status.MACHINE)
    assert queries.texts(ROWS, EN)[("article:1", "title")].is_machine
    assert queries.texts(ROWS, EN, machine=False)[("article:1", "title")].is_fallback
    make_translation("article:1", "title", "en", "The trees", source="Träden")
    shown = queries.texts(ROWS, EN)[("article:1", "title")]
    assert (shown.text, shown.is_machine) == ("The trees", False)


def test_a_text_whose_swedish_has_changed_is_stale(unit):
    make_translation("article:1", "title", "en", "The tree", source="Trädet")
    assert queries.texts(ROWS, EN)[("article:1", "title")].is_stale


def test_easy_swedish_falls_back_on_ordinary_swedish_quietly(unit):
    shown = queries.texts(ROWS, EASY)
    assert not shown[("article:1", "title")].is_fallback
    assert queries.in_ordinary_swedish(shown.values())
    make_translation("article:1", "title", "sv-simple", "Nya träd", source="Träden")
    assert queries.texts(ROWS, EASY)[("article:1", "title")].text == "Nya träd"


def test_an_empty_text_is_missing_in_no_language(unit):
    rows = [("article:1", {"picture_alt": ("", None)})]
    assert not queries.texts(rows, AR)[("article:1", "picture_alt")].is_fallback
    assert queries.is_complete(rows, AR)


@pytest.mark.parametrize("many", [1, 300])
def test_all_texts_cost_one_statement_and_none_in_swedish(unit, count_statements, many):
    rows = [(f"article:{n}", {"title": (f"Titel {n}", None), "lead": ("Ingress", None)}) for n in range(many)]
    queries.texts(rows, SV)
    assert len(count_statements) == 0
    queries.texts(rows, AR)
    assert len(count_statements) == 1
    queries.languages_offered(rows)
    assert len(count_statements) == 2


def test_a_language_is_complete_when_every_text_is_reviewed_and_fresh(unit):
    make_translation("article:1", "title", "en", "The trees", source="Träden")
    make_translation("article:1", "body", "en", "New trees", source="Nya träd", status=Status.DRAFT)
    assert not queries.is_complete(ROWS, EN)
    make_translation("article:1", "body", "en", "New trees", source="Gamla träd")
    assert not queries.is_complete(ROWS, EN)
    make_translation("article:1", "title", "ar", "الأشجار", source="Träden")
    make_translation("article:1", "body", "ar", "أشجار جديدة", source="Nya träd")
    assert queries.is_complete(ROWS, AR)
    assert queries.is_complete(ROWS, SV)
    assert queries.languages_offered(ROWS) == [SV, AR]


def test_texts_of_other_subjects_complete_nothing(unit):
    rows = [("article:1", {"title": ("Träden", None)}), ("article:2", {"title": ("Träden", None)})]
    make_translation("article:1", "title", "en", "The trees", source="Träden")
    assert not queries.is_complete(rows, EN)
