"""What leaves of a dialogue: rows as wide as their header, of this dialogue alone."""

from __future__ import annotations

import pytest

from app.dialogues import service
from app.dialogues.exports import EXPORTS
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories.dialogues import make_whole
from tests.factories.people import make_actor


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.key)
def test_rows_are_as_wide_as_their_header_and_of_one_dialogue(unit, export):
    one, other = make_whole(Stage.ASSESSED), make_whole(Stage.CLOSED)
    service.move(make_actor(Role.OFFICIAL), one, Stage.PREPARED)
    service.move(make_actor(Role.OFFICIAL), other, Stage.COMPILED)
    rows = list(export.rows(other.id))
    assert rows
    assert {len(row) for row in rows} == {len(export.columns(other.id))}
    assert export.count(other.id) == len(rows)
    assert list(export.rows(0)) == []


def test_what_names_a_person_is_marked():
    personal = {(export.key, column.name) for export in EXPORTS for column in export.columns(1) if column.personal}
    assert personal == {
        ("dialogue", "contact_name"), ("dialogue", "contact_email"), ("dialogue", "contact_phone"),
        ("criteria", "made_by"), ("decisions", "recorded_by"), ("moves", "by_id"),
    }  # fmt: skip
