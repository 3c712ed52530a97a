"""What leaves: a row as wide as the header, and no text that is not shown but with personal data."""

from app import db
from app.contributions import exports, service
from app.contributions.exports import COLUMNS
from app.reviews.models import State
from tests.factories.contributions import KIND, make_container, write
from tests.factories.dialogues import make_dialogue

PUBLIC = [place for place, column in enumerate(COLUMNS) if not column.personal]


def test_a_text_that_is_not_shown_leaves_with_personal_data_only(unit):
    dialogue = make_dialogue()
    box = make_container(dialogue.id)
    write(box, "KANARIE visad")
    write(box, "KANARIE dold", state=State.HIDDEN)
    write(box, "KANARIE väntar", state=State.WAITING)
    removed = write(box, "KANARIE borttagen")
    service.change(removed, "KANARIE ändrad", "sv")
    service.take_away(removed)
    write(make_container(make_dialogue().id), "KANARIE i en annan dialog")
    rows = [cells for _container, cells in exports.rows(dialogue.id, KIND)]
    assert {len(cells) for cells in rows} == {len(COLUMNS)}
    assert len(rows) == exports.count(dialogue.id, KIND) == 4
    public = [str([cells[place] for place in PUBLIC]) for cells in rows]
    assert ["KANARIE" in one for one in public] == [True, False, False, False]
    assert [cells[-1] for cells in rows] == ["KANARIE visad", "KANARIE dold", "KANARIE väntar", "KANARIE ändrad"]
    assert not any("@" in one or "Kim Lund" in one for one in public)
    db.session().expire_all()
