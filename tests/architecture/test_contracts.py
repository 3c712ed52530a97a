"""The import contracts hold, and each of them turns red when it is broken."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ONE = "app/levels/information/planted_one"
OTHER = "app/levels/consultation/planted_other"
LINT = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(limit_to_contracts=tuple(sys.argv[1:]), no_logo=True))
"""


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, *contracts], cwd=folder, capture_output=True, text=True, check=False
    )


@contextmanager
def planted(house: Path, path: str, line: str) -> Iterator[None]:
    """Add a line to a file of the house, made with its packages where it is missing."""
    file = house / path
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    for package in file.relative_to(house).parents[:-1]:
        (house / package / "__init__.py").touch()
    file.write_text(f"{before or ''}\n{line}\n")
    yield
    file.unlink() if before is None else file.write_text(before)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Path]:
    """A copy of the application with two small methods and a shared package more."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", house)
    shutil.copytree(ROOT / "app", house / "app", ignore=not_python)
    with (
        planted(house, "app/db.py", ""),
        planted(house, "app/places/routes.py", ""),
        planted(house, "app/places/models.py", ""),
        planted(house, f"{ONE}/method.py", ""),
        planted(house, f"{ONE}/routes.py", ""),
        planted(house, f"{ONE}/service.py", ""),
        planted(house, f"{OTHER}/method.py", ""),
        planted(house, f"{OTHER}/core/counting.py", ""),
    ):
        yield house


def not_python(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not (name.endswith(".py") or (Path(folder) / name).is_dir())}


BREACHES = [
    pytest.param("methods", f"{ONE}/service.py", "from app.levels.consultation import planted_other", id="neighbour"),
    pytest.param("no-web", f"{ONE}/service.py", "from flask import request", id="web"),
    pytest.param("no-web", f"{OTHER}/core/counting.py", "def f():\n    import wtforms", id="web-in-a-split-room"),
    pytest.param("floors", "app/planted_newcomer.py", "", id="newcomer"),
    pytest.param("floors", "app/db.py", "def f():\n    import app.levels", id="hidden-upwards"),
    pytest.param("rooms", f"{ONE}/utils.py", "", id="drawer"),
    pytest.param("rooms", f"{ONE}/service.py", f"import {ONE.replace('/', '.')}.routes", id="room-upwards"),
    pytest.param("rooms", "app/levels/information/planted_lone/service.py", "", id="no-manifest"),
    pytest.param("shared-rooms", "app/places/models.py", "from app.places import routes", id="shared-upwards"),
    pytest.param("front-door", f"{ONE}/method.py", "from app import create_app", id="create_app"),
]


def test_the_house_keeps_its_contracts():
    report = lint(ROOT)
    assert report.returncode == 0, report.stdout + report.stderr


def test_the_planted_house_is_sound_before_it_is_broken(house):
    report = lint(house)
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize(("contract", "path", "line"), BREACHES)
def test_a_breach_turns_its_contract_red(house, contract, path, line):
    with planted(house, path, line):
        report = lint(house, contract)
    assert report.returncode == 1, report.stdout
    assert " BROKEN" in report.stdout or "Missing layer" in report.stdout, report.stdout
