"""Files and functions stay small enough to read, and no drawer is opened for what has no name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
DRAWERS = {"utils", "helpers", "common", "misc", "base", "manager", "handler"}
DRAWERS |= {"util", "helper", "managers", "handlers"}


def python_files() -> list[Path]:
    return [*sorted((ROOT / "app").rglob("*.py")), ROOT / "config.py", ROOT / "wsgi.py"]


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{node.name} has {lines} lines"


def drawers(path: Path) -> set[str]:
    return DRAWERS & set(path.with_suffix("").parts)


def test_no_file_is_too_long():
    lengths = {path: len(path.read_text().splitlines()) for path in python_files() if path.exists()}
    assert {path.name: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_is_too_long():
    found = [
        f"{path.relative_to(ROOT)}: {complaint}"
        for path in python_files()
        if path.exists()
        for complaint in long_functions(path.read_text())
    ]
    assert found == []


def test_no_module_is_a_drawer():
    assert [path for path in (ROOT / "app").rglob("*.py") if drawers(path.relative_to(ROOT))] == []


def test_a_long_function_is_seen():
    body = "    x = 1\n" * MOST_LINES_OF_A_FUNCTION
    assert list(long_functions(f"def just_right():\n{body[:-10]}\ndef too_long():\n{body}")) == [
        f"too_long has {MOST_LINES_OF_A_FUNCTION + 1} lines"
    ]


@pytest.mark.parametrize("path", ["app/utils.py", "app/dialogues/helpers/dates.py", "app/levels/base.py"])
def test_a_drawer_is_seen(path):
    assert drawers(Path(path))
