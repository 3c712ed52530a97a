"""What the checks look at: the rooms and rows of a method, derived from its manifest and the demo
municipality. Nothing here knows any method by name.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import select

from app import clock, db
from app.accounts.models import Person
from app.dialogues import demo
from app.dialogues.models import Dialogue
from app.ladder import Method
from app.permissions import GUEST
from app.reviews.models import Reviewable
from app.subjects import Subject
from tests.conformance import people

ROOT = Path(__file__).parent.parent.parent


# ------------------------------------------------------------------ the method's rooms


def package_of(method: Method) -> str:
    """app.levels.<step>.<methods>, from where its blueprints are made."""
    return ".".join(method.blueprints[0].import_name.split(".")[:4])


def room(method: Method, name: str) -> ModuleType:
    return import_module(f"{package_of(method)}.{name}")


def files_of(method: Method, name: str) -> list[Path]:
    """The files of a room, which may be split into a folder."""
    folder = ROOT / package_of(method).replace(".", "/")
    return [file for file in (folder / f"{name}.py", *sorted((folder / name).rglob("*.py"))) if file.exists()]


def models_of(method: Method) -> list[Any]:
    """The mapped classes of its models.py."""
    home = f"{package_of(method)}.models"
    return [mapper.class_ for mapper in db.Base.registry.mappers if mapper.class_.__module__.startswith(home)]


def entity_of(subject: Subject) -> Any:
    """The mapped class whose rows `visible_to` gives."""
    return subject.visible_to(GUEST).column_descriptions[0]["entity"]


# ------------------------------------------------------------------ rows


def is_judged(subject: Subject) -> bool:
    wanted = select(Reviewable.id).filter_by(subject_kind=subject.kind).limit(1)
    return db.session().scalars(wanted).first() is not None


def rows_of(subject: Subject) -> dict[int, Any]:
    """Every row of this kind that there is, whoever may see it, by id."""
    if is_judged(subject):
        ids = db.session().scalars(select(Reviewable.id).filter_by(subject_kind=subject.kind))
        return {row.id: row for row in subject.by_review(list(ids)).values()}
    keys = [row.id for row in db.session().scalars(select(entity_of(subject)))]
    return {key: row for key in keys if (row := subject.load(key)) is not None}


def dialogues() -> dict[int, Dialogue]:
    return {row.id: row for row in db.session().scalars(select(Dialogue).order_by(Dialogue.id))}


def dialogue_of(row: Any) -> int | None:
    """The dialogue of any row; a dialogue is its own."""
    number: int | None = getattr(row, "dialogue_id", None)
    return number


# ------------------------------------------------------------------ the town


@contextmanager
def undone() -> Iterator[None]:
    """An open unit whose writes are taken back at the end."""
    with db.unit() as session:
        try:
            yield
        finally:
            session.rollback()


@contextmanager
def changed() -> Iterator[None]:
    """A savepoint in the open unit that is taken back at the end."""
    point = db.session().begin_nested()
    try:
        yield
    finally:
        point.rollback()
        db.session().expunge_all()


def first(complaints: Generator[str, None, None], most: int) -> list[str]:
    """The first different complaints; what would follow says the same and is not waited for."""
    found: dict[str, None] = {}
    with closing(complaints):
        for one in complaints:
            found[one] = None
            if len(found) == most:
                break
    return list(found)


def town(seed: int) -> demo.Town:
    """The demo municipality as its parts are given it, to fill again with as much."""
    entries = tomllib.loads(demo.TEXTS.read_text(encoding="utf-8"))["dialogue"]
    by_title = {row.title: row for row in dialogues().values()}
    session = db.session()
    return demo.Town(
        clock.now(),
        random.Random(f"again {seed}"),
        1,
        {role: session.get_one(Person, number) for role, number in people.holders().items()},
        [session.get_one(Person, number) for number in people.residents()],
        {entry["key"]: by_title[entry["title"]["sv"]] for entry in entries},
    )
