"""What leaves of a forum: rows as wide as their headers, and nothing hidden without the right to personal data."""

from app.levels.discussion.threads.exports import EXPORTS
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.threads import make_thread, place


def test_rows_are_as_wide_as_their_header_and_counted(unit):
    dialogue = make_dialogue(level="discussion")
    first, second = make_thread(dialogue, title="Den första"), make_thread(dialogue, title="Den andra")
    root = place(first, "KANARIE öppen")
    place(first, "Svar", parent=root)
    place(second, "KANARIE dold", state=State.HIDDEN)
    place(make_thread(make_dialogue(level="discussion")), "En annan dialog")
    for export in EXPORTS:
        rows = list(export.rows(dialogue.id))
        assert {len(row) for row in rows} == {len(export.columns(dialogue.id))}
        assert len(rows) == export.count(dialogue.id)
    posts = list(EXPORTS[1].rows(dialogue.id))
    assert [row[0] for row in posts] == ["Den första", "Den första", "Den andra"]
    public = [place for place, column in enumerate(EXPORTS[1].columns(dialogue.id)) if not column.personal]
    assert ["KANARIE" in str([row[at] for at in public]) for row in posts] == [True, False, False]
