"""Every string is translated in every shipped catalogue, with the same placeholders, and none is left over."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


@pytest.fixture(scope="session")
def extracted(tmp_path_factory):
    """What the code and the templates say today."""
    pot = tmp_path_factory.mktemp("pot") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "-F", "pyproject.toml"]
    # As `make translate` does: the default would skip the macros, whose folder begins with an underscore.
    subprocess.run([*command, "--ignore-dirs", ".* node_modules var", "-o", str(pot), "."], cwd=ROOT, check=True)
    with pot.open("rb") as file:
        return {(m.id, m.context): m for m in read_po(file) if m.id}


def test_swedish_and_arabic_are_shipped():
    assert [file.parent.parent.name for file in CATALOGUES] == ["ar", "sv"]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def texts(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.parent.name)
def test_a_catalogue_is_complete(file, extracted):
    with file.open("rb") as opened:
        catalogue = read_po(opened)
    written = {(m.id, m.context): m for m in catalogue if m.id}
    missing = sorted(str(key[0]) for key in extracted if key not in written)
    assert not missing, f"{len(missing)} not in the catalogue: {missing[:5]}"
    left_over = sorted(str(key[0]) for key in written if key not in extracted)
    assert not left_over, f"{len(left_over)} left over: {left_over[:5]}"
    for key, message in written.items():
        assert not message.fuzzy, f"unsure: {key[0]}"
        wanted = {p for one in (key[0] if isinstance(key[0], tuple) else (key[0],)) for p in placeholders(one)}
        for text in texts(message):
            assert text.strip(), f"not translated: {key[0]}"
            assert set(placeholders(text)) <= wanted, f"placeholders differ: {key[0]} / {text}"
        assert wanted <= {p for text in texts(message) for p in placeholders(text)}, f"placeholder lost: {key[0]}"
        if isinstance(key[0], tuple):
            assert len(texts(message)) == catalogue.num_plurals, f"plural forms: {key[0]}"
