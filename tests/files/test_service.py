"""Keeping, showing and sweeping files."""

from datetime import timedelta
from pathlib import Path

import pytest

from app import clock, db
from app.files import owners, queries, service, store
from app.files.models import StoredFile
from app.permissions import GUEST, Actor
from tests.factories import pictures as made
from tests.factories.people import make_actor

SEEN: set[int] = set()
USED: set[int] = set()
TEST_OWNER = owners.Owner("test", lambda number, _actor: number in SEEN, lambda numbers: USED & set(numbers))


@pytest.fixture
def folder(tmp_path: Path, the_app):
    owners.register(TEST_OWNER)
    SEEN.clear()
    USED.clear()
    store.keep_in(tmp_path)
    yield tmp_path
    store.keep_in(the_app.config["SETTINGS"].files_path)


def keep(actor: Actor | None = None, name: str = "torget.jpg", owner: str = "test") -> StoredFile:
    return service.keep_picture(actor or make_actor(), service.Upload(name, made.jpeg()), owner=owner)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_picture_lies_on_disk_by_its_key_in_two_sizes(unit, folder):
    row = keep(name="../../x\u202egnp.exe")
    assert files_in(folder) == [f"{row.key}-large", f"{row.key}-small"]
    assert row.shown_name == "xgnp.jpg"
    assert row.small == (640, 427)


def test_a_file_is_seen_only_where_its_owner_says_so(unit, folder):
    row = keep()
    assert queries.shown(row.key, GUEST) is None
    SEEN.add(row.id)
    assert queries.shown(row.key, GUEST) is row
    assert queries.shown(keep(owner="nobody").key, GUEST) is None


def test_the_address_gives_the_picture_in_a_sandbox(visitor, folder):
    with db.unit():
        row = keep()
        SEEN.add(row.id)
    page = visitor.get(f"/filer/{row.key}/small")
    assert page.status == 200
    assert page.headers["Content-Type"] == "image/jpeg"
    assert page.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Content-Disposition"] == "inline; filename=torget.jpg"
    assert "immutable" in page.headers["Cache-Control"]
    assert "Set-Cookie" not in page.headers
    again = visitor.get(f"/filer/{row.key}/small", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status == 304


@pytest.mark.parametrize("path", ["{key}/huge", "{key}/..", "../{key}/small", "{other}/small", "{key}-small/small"])
def test_other_addresses_lead_nowhere(visitor, folder, path):
    with db.unit():
        row = keep()
        SEEN.add(row.id)
    assert visitor.get("/filer/" + path.format(key=row.key, other="0" * 32)).status == 404


def test_a_file_whose_bytes_are_gone_is_not_found(visitor, folder):
    with db.unit():
        row = keep()
        SEEN.add(row.id)
    store.remove(row.key)
    assert visitor.get(f"/filer/{row.key}/small").status == 404


def test_a_unit_that_is_rolled_back_leaves_files_that_are_swept_after_an_hour(unit, folder):
    store.write(store.new_key(), {"large": b"x", "small": b"x"})
    assert service.sweep() == service.Swept(0, 0, 0)
    clock.shift(timedelta(minutes=61))
    assert service.sweep() == service.Swept(1, 0, 0)
    assert files_in(folder) == []


def test_what_nothing_points_at_is_swept_and_what_is_used_stays(unit, folder):
    used, unused, foreign = keep(), keep(), keep(owner="nobody")
    USED.add(used.id)
    clock.shift(timedelta(minutes=61))
    assert service.sweep().rows == 1
    service.sweep()
    assert {name[:32] for name in files_in(folder)} == {used.key, foreign.key}
    assert queries.db.session().get(StoredFile, unused.id, populate_existing=True) is None


def test_a_row_whose_file_is_gone_is_reported(unit, folder):
    row = keep()
    USED.add(row.id)
    store.remove(row.key)
    assert service.sweep().missing == 1
