"""The municipality's file is complete, or the start stops with a sentence."""

import pytest

from app import i18n
from app.site import municipality
from app.site.municipality import MunicipalityError
from config import from_environment


@pytest.fixture
def vara():
    found = from_environment({"SECRET_KEY": "s" * 40}).municipality
    return {key: dict(value) if isinstance(value, dict) else value for key, value in found.items()}


def test_templates_get_names_and_a_number_to_dial(vara):
    about = municipality.read(vara)
    assert (about.name, about.contact.phone_href) == ("Vara kommun", "tel:+4651231000")
    assert about.complaint_url.startswith("https://")


def test_its_own_words_are_said_in_the_readers_language(app, vara):
    about = municipality.read(vara)
    said = {}
    for code in ("sv", "en", "sv-simple"):
        with i18n.speaking(i18n.LANGUAGES[code]):
            said[code] = str(about.contact.hours)
    assert said == {"sv": "Vardagar 8–16.30", "en": "Weekdays 8–16.30", "sv-simple": "Vardagar 8–16.30"}


def test_a_text_in_swedish_only_is_said_in_every_language(app, vara):
    vara["service"] = "Tyck till"
    with i18n.speaking(i18n.LANGUAGES["ar"]):
        assert str(municipality.read(vara).service) == "Tyck till"


def test_swedish_is_always_among_them(vara):
    vara["service"] = {"en": "Have your say"}
    with pytest.raises(MunicipalityError, match=r"does not say \[service\] sv"):
        municipality.read(vara)


@pytest.mark.parametrize(
    ("section", "key", "words"),
    [
        (None, "name", "does not say name"),
        (None, "contact", r"no section \[contact\]"),
        ("contact", "phone", r"does not say \[contact\] phone"),
        ("accessibility", "supervisor", r"does not say \[accessibility\] supervisor"),
    ],
)
def test_what_is_missing_is_named(vara, section, key, words):
    del (vara if section is None else vara[section])[key]
    with pytest.raises(MunicipalityError, match=words):
        municipality.read(vara)


def test_a_complaint_goes_over_https(vara):
    vara["accessibility"]["complaint_url"] = "javascript:alert(1)"
    with pytest.raises(MunicipalityError, match="https"):
        municipality.read(vara)


@pytest.mark.parametrize("name", ["missing.svg", "logo.png"])
def test_only_an_svg_file_that_exists_is_a_logo(vara, tmp_path, name):
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    vara["logo"] = str(tmp_path / name)
    with pytest.raises(MunicipalityError, match="logo"):
        municipality.read(vara)
