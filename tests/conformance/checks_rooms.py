"""Rooms: every method package has the same files, in the same place, under the same names."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from flask import Flask

from app import ladder
from app.ladder import Method
from tests.conformance import samples

# Without these there is no method: what it keeps, who may do what, what happened, and what leaves.
NEEDED = ("method", "models", "events", "queries", "rules", "service", "routes", "exports", "notices", "demo")


def known_rooms() -> set[str]:
    """The names that the import contract allows."""
    contracts = tomllib.loads((samples.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one for one in contracts if one["id"] == "rooms")["layers"]
    return {name for layer in layers for name in re.findall(r"\w+", layer)}


def check(method: Method, _app: Flask, folder: Path | None = None) -> list[str]:
    folder = folder or samples.ROOT / samples.package_of(method).replace(".", "/")
    rooms = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    rooms.discard("__init__")
    found = [f"{room} is no room: choose one of {sorted(known_rooms())}" for room in sorted(rooms - known_rooms())]
    found += [f"there is no {room}.py" for room in NEEDED if room not in rooms]
    return [*found, *_place(method, folder), *_manifest(method, folder), *_surroundings(method)]


def _place(method: Method, folder: Path) -> list[str]:
    found = []
    if folder.name != method.key:
        found.append(f"the folder is {folder.name}, the key is {method.key}: they are the same word")
    if not folder.name.endswith("s"):
        found.append(f"the folder {folder.name} is not plural")
    if folder.parent.name != method.level.key:
        found.append(f"the folder lies at {folder.parent.name}, the method at {method.level.key}")
    offered = method.offered_at
    if method.level not in offered or offered != ladder.from_here_up(offered[0] if offered else method.level):
        found.append("it is offered at its own level and those above it, without a gap")
    return found


def _manifest(method: Method, folder: Path) -> list[str]:
    """The manifest is made in method.py, and method.py makes nothing else of weight."""
    found = []
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [getattr(n.func, "attr", getattr(n.func, "id", "")) for n in ast.walk(tree) if isinstance(n, ast.Call)]
        is_manifest = file == folder / "method.py"
        if calls.count("Method") != int(is_manifest):
            found.append(f"{file.name} makes {calls.count('Method')} manifests; method.py makes the only one")
        public = [n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name[0] != "_"]
        if is_manifest and public:
            found.append(f"method.py holds more than the manifest: {', '.join(public)}")
    return found


def _surroundings(method: Method) -> list[str]:
    found = []
    if not (samples.ROOT / "app/templates/levels" / method.key).is_dir():
        found.append(f"there are no templates in app/templates/levels/{method.key}")
    if not list((samples.ROOT / "tests/levels").glob(f"**/{method.key}/test_*.py")):
        found.append(f"there are no tests in tests/levels/{method.key}")
    for field in ("name", "invitation"):
        if not str(getattr(method, field)).strip():
            found.append(f"the {field} is empty")
    return found
