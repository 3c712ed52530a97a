"""The municipality's colours as a stylesheet, checked for contrast before anybody sees them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

HEX = re.compile(r"^#[0-9a-fA-F]{6}$")
TEXT = 7.0  # WCAG 2.1, 1.4.6: text, enhanced
MARK = 3.0  # WCAG 2.1, 1.4.11: what is not text but must be seen

# The grounds and the ink of site.css, which a brand does not change. A test keeps them equal to the stylesheet.
LIGHT = {"paper": "#ffffff", "sand": "#f5f2eb", "ink": "#1b2126"}
DARK = {"paper": "#14191d", "sand": "#1c2328", "ink": "#eef1f3"}
# What a municipality may choose, and the names of its settings in light and in dark.
CHOICES = ("deep", "deep_hover", "on_deep", "grain")
# The house's own choices, also from site.css.
DEFAULTS = {"deep": "#0a4a73", "deep_hover": "#06334f", "on_deep": "#ffffff", "grain": "#f2b705"}
DARK_DEFAULTS = {"deep": "#8cc8f2", "deep_hover": "#b9def8", "on_deep": "#0b1a26"}


class BrandError(Exception):
    """Two colours of the brand are too much alike; the message names them, their contrast and what is needed."""


class Pair(NamedTuple):
    """Two colours that meet, where, and the contrast they need."""

    front: str
    ground: str
    least: float
    where: str


# Links and buttons are text, 7:1. The grain carries no meaning alone (a border beside a word, a field in a picture),
# but what stands on it must be seen: the mark's outline and the ladder's frame in ink, 3:1.
PAIRS = (
    Pair("deep", "paper", TEXT, "links on the page"),
    Pair("deep", "sand", TEXT, "links in bands and boxes"),
    Pair("deep_hover", "paper", TEXT, "links under the pointer"),
    Pair("deep_hover", "sand", TEXT, "links under the pointer in bands and boxes"),
    Pair("on_deep", "deep", TEXT, "words on buttons"),
    Pair("on_deep", "deep_hover", TEXT, "words on buttons under the pointer"),
    Pair("ink", "grain", MARK, "lines on the marks"),
)
# In dark the mark lies on dark paper and must itself be seen there; its outline is light.
DARK_PAIRS = (*PAIRS[:-1], Pair("grain", "paper", MARK, "marks on the page"))


@dataclass(frozen=True)
class Brand:
    """The stylesheet and its version."""

    css: str
    etag: str


def make(colours: Mapping[str, Any]) -> Brand:
    """Check the colours and write the stylesheet. Colours that are not set stay those of the house.

    Raises BrandError for a colour that is not #rrggbb, or a pair with too little contrast.
    """
    light = {name: _colour(colours, name) for name in CHOICES if name in colours}
    dark = {name: _colour(colours, f"dark_{name}") for name in CHOICES if f"dark_{name}" in colours}
    # This layer lies above the house's own, so its light colours would shine through at night: name the dark ones too.
    dark = {name: DARK_DEFAULTS.get(name, light[name]) for name in light} | dark
    _check(DEFAULTS | LIGHT | light, PAIRS, "")
    _check(DEFAULTS | DARK_DEFAULTS | DARK | dark, DARK_PAIRS, "dark_")
    css = f"@layer brand{{:root{{{_rules(light)}}}@media (prefers-color-scheme:dark){{:root{{{_rules(dark)}}}}}}}\n"
    return Brand(css, hashlib.sha256(css.encode()).hexdigest()[:16])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb) by WCAG 2.1, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _colour(colours: Mapping[str, Any], key: str) -> str:
    value = str(colours[key])
    if not HEX.match(value):
        raise BrandError(f"[colours] {key} is {value!r}; a colour is written #rrggbb.")
    return value.lower()


def _check(named: Mapping[str, str], pairs: tuple[Pair, ...], prefix: str) -> None:
    for pair in pairs:
        ratio = contrast(named[pair.front], named[pair.ground])
        if ratio < pair.least:
            front, ground = (f"{prefix if name in CHOICES else ''}{name}" for name in (pair.front, pair.ground))
            mode = " in dark mode" if prefix else ""
            raise BrandError(
                f"[colours] {front} {named[pair.front]} against {ground} {named[pair.ground]} has contrast "
                f"{ratio:.1f}:1 ({pair.where}{mode}); at least {pair.least:g}:1 is needed."
            )


def _rules(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in colours.items())
