"""The address decides the language; the catalogues are compiled here, from what the translators wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import get_babel

from app import i18n

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    for source in (ROOT / "translations").glob("*/LC_MESSAGES/messages.po"):
        target = folder / source.relative_to(ROOT / "translations").with_suffix(".mo")
        target.parent.mkdir(parents=True)
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parent.parent.name))
    return folder


@pytest.fixture
def catalogues(the_app, compiled: Path) -> Iterator[None]:
    """The app speaks its languages, as it does outside the tests."""
    babel = get_babel(the_app)
    with the_app.app_context():
        remembered = babel.instance.domain_instance.cache
    babel.translation_directories.append(str(compiled))
    remembered.clear()
    yield
    babel.translation_directories.clear()
    remembered.clear()


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


def test_a_sentence_made_at_the_start_is_said_in_the_language_of_whoever_reads_it(catalogues, app):
    sentence = i18n.lazy("You need to sign in first.")
    with i18n.speaking(i18n.LANGUAGES["sv"]):
        assert str(sentence) == "Du behöver logga in först."
    with i18n.speaking(i18n.LANGUAGES["en"]):
        assert str(sentence) == "You need to sign in first."
