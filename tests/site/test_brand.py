"""Colours that a municipality may choose, and those that stop the start."""

import re

import pytest

from app import db
from app.site import brand
from app.site.brand import BrandError
from config import ROOT, from_environment
from tests.factories.people import make_person

VARA = from_environment({"SECRET_KEY": "s" * 40}).municipality["colours"]
CSS = (ROOT / "app/static/css/site.css").read_text()


def test_contrast_is_that_of_wcag():
    assert brand.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert brand.contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert brand.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert brand.contrast("#ffffff", "#777777") == brand.contrast("#777777", "#ffffff")


def test_the_colours_of_vara_pass():
    assert "--deep:#0a4a73" in brand.make(VARA).css


def test_the_houses_own_colours_pass():
    assert brand.make({}).css.startswith("@layer brand{")


def test_a_pale_link_stops_the_start_and_names_pair_and_ratio():
    with pytest.raises(BrandError, match=r"deep #5aa0d0 against paper #ffffff has contrast 2\.\d:1 .* at least 7:1"):
        brand.make({"deep": "#5aa0d0"})


def test_words_on_buttons_are_checked_too():
    with pytest.raises(BrandError, match=r"on_deep #0a4a73 against deep #0a4a73 has contrast 1.0:1"):
        brand.make({"on_deep": "#0a4a73"})


def test_a_dark_colour_is_checked_against_dark_paper():
    with pytest.raises(BrandError, match=r"dark_deep #0a4a73 against .* dark mode"):
        brand.make({"dark_deep": "#0a4a73"})


def test_a_mark_that_swallows_its_outline_stops_the_start():
    with pytest.raises(BrandError, match="ink #1b2126 against grain #222222"):
        brand.make({"grain": "#222222"})


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "url(x)", "#000000}body{display:none", 7])
def test_what_is_no_colour_never_reaches_the_stylesheet(value):
    with pytest.raises(BrandError, match="written #rrggbb"):
        brand.make({"deep": value})


def test_a_light_colour_does_not_shine_through_at_night():
    css = brand.make({"deep": "#5a1030"}).css
    light, _, dark = css.partition("@media")
    assert "--deep:#5a1030" in light
    assert f"--deep:{brand.DARK_DEFAULTS['deep']}" in dark


def test_the_version_follows_the_colours():
    assert brand.make(VARA).etag == brand.make(dict(VARA)).etag
    assert brand.make(VARA).etag != brand.make({}).etag


def test_the_grounds_are_those_of_the_stylesheet():
    tokens = CSS[CSS.index("@layer tokens") : CSS.index("@layer base")]
    light, _, dark = tokens.partition("@media (prefers-color-scheme: dark)")
    for part, expected in (
        (light, brand.LIGHT | brand.DEFAULTS),
        (dark, brand.DARK | {k: v for k, v in brand.DARK_DEFAULTS.items()}),
    ):
        written = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))
        assert {name: written[name.replace("_", "-")] for name in expected} == expected


@pytest.mark.parametrize("path", ["/brand.css", "/static/css/site.css"])
def test_browsers_keep_the_look_whoever_is_signed_in(visitor, path):
    with db.unit():
        person = make_person()
    head = visitor.sign_in_as(person).get(path).headers
    assert head["Cache-Control"].startswith("public, max-age=")
    assert "Vary" not in head
    assert "Set-Cookie" not in head
