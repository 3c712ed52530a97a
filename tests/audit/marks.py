"""Which tests show which requirements, read from the files: @pytest.mark.requirement("R12")."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
NUMBER = re.compile(r"R[1-9][0-9]?")


@cache
def marked() -> dict[str, tuple[str, ...]]:
    """Requirement → "tests/path.py::test", in the order of the files."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for file in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        path = file.relative_to(ROOT).as_posix()
        everywhere = set().union(*(numbers_in(node) for node in tree.body if _is_mark_of_the_file(node)))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in everywhere | set().union(*map(numbers_in, node.decorator_list)):
                    found[number][f"{path}::{node.name}"] = None
        for name, numbers in _of_parameters(tree).items():
            for number in numbers:
                found[number][f"{path}::{name}"] = None
    return {number: tuple(tests) for number, tests in found.items()}


def numbers_in(node: ast.AST) -> set[str]:
    """The numbers of every requirement mark inside, under whatever name the mark is called."""
    calls = (call for call in ast.walk(node) if isinstance(call, ast.Call))
    said = ([one.value for one in call.args if isinstance(one, ast.Constant)] for call in calls)
    return {value for values in said for value in values if isinstance(value, str) and NUMBER.fullmatch(value)}


def _is_mark_of_the_file(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)


def _of_parameters(tree: ast.Module) -> dict[str, set[str]]:
    """Test → numbers that stand at rows of a table of the file, which the test is parametrised with by name."""
    tables = {
        target.id: numbers_in(node)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id != "pytestmark" and numbers_in(node)
    }
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                named = {one.id for one in ast.walk(mark) if isinstance(one, ast.Name)}
                for name in named & tables.keys():
                    found[node.name] |= tables[name]
    return dict(found)
