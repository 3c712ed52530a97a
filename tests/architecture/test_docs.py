"""What the documentation says of settings, commands, roles and files is so."""

from __future__ import annotations

import re

import pytest

from app.permissions import Role
from config import ROOT

README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def rows(heading: str) -> set[str]:
    """The first cells of the table under a heading."""
    part = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    return {cell.strip() for cell in re.findall(r"^\| `([^`]+)`", part, re.MULTILINE)}


def test_every_setting_is_in_the_table_and_no_other():
    read = set(re.findall(r'env\.get\("([A-Z_]+)"', (ROOT / "config.py").read_text()))
    assert rows("Settings") == read | {"PORT"}


def test_every_role_is_in_the_table():
    assert rows("Roles") == {role.value for role in Role}


def test_every_command_is_in_the_table(the_app):
    named = {words.split()[0] for words in rows("Commands")}
    assert set(the_app.cli.commands) <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_file_exists(page):
    text = page.read_text()
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        if target != "docs/screenshot.png":  # made by a release
            assert (page.parent / target).exists(), target
    for file in re.findall(r"`((?:app|deploy|migrations|translations)/[\w./-]+)`", text):
        assert (ROOT / file).exists(), file
