"""Writing down what was found in the answers, and having it read by somebody else."""

from __future__ import annotations

from typing import Any

from app import clock, db, richtext
from app.dialogues.answers import queries
from app.dialogues.answers.events import (
    AnswerThemeRemoved,
    AnswerThemeWritten,
    CompilationConfirmed,
    CompilationEdited,
    OfflineEntered,
)
from app.dialogues.answers.models import Compilation, CompilationWriter, Theme
from app.dialogues.answers.rules import Do
from app.dialogues.models import Dialogue
from app.dialogues.problems import Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.service import moves
from app.events import Event, emit
from app.permissions import Actor, require

WHOLE = (
    "finding", "read_in_all", "other_count", "other", "who", "lives", "stays", "works", "method_note", "limits",
)  # fmt: skip


def begun(actor: Actor, do: Do, dialogue: Dialogue) -> Compilation:
    """Lock the dialogue for a change of what comes after it; its compilation, which is made where there is none yet."""
    moves.lock(dialogue)
    require(actor, do, dialogue)
    row = db.session().get(Compilation, dialogue.id, populate_existing=True)
    if row is None:
        row = Compilation(dialogue_id=dialogue.id)
        db.session().add(row)
        db.session().flush()
    return row


def write_whole(actor: Actor, dialogue: Dialogue, version: int, **values: Any) -> Compilation:
    """Write what holds for all themes together; `values` are the fields of `WHOLE`.

    Raises Overtaken where somebody else has saved it since `version` (its `whole_version`; 0: nobody has yet).
    """
    row = begun(actor, Do.COMPILE, dialogue)
    if version != row.whole_version:
        raise Overtaken(dialogue.id)
    changed = {name: values[name] for name in WHOLE if getattr(row, name) != values[name]}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.whole_version += 1
        _changed(actor, row, CompilationEdited(**_of(actor, dialogue), part="whole"))
    return row


def add_theme(actor: Actor, dialogue: Dialogue, *, name: str, said: str, count: int) -> Theme:
    """Add a theme, last; `said` is Markdown, `count` how many answers and contributions are about it, roughly."""
    row = begun(actor, Do.COMPILE, dialogue)
    themes = queries.compiled(Dossier(dialogue)).themes
    made = Theme(
        dialogue_id=dialogue.id,
        position=max((one.position for one in themes), default=0) + 1,
        name=name,
        said=said,
        html=richtext.from_markdown(said),
        count=count,
    )
    db.session().add(made)
    _changed(actor, row, AnswerThemeWritten(**_of(actor, dialogue), theme=name, count=count))
    return made


def edit_theme(
    actor: Actor, dialogue: Dialogue, version: int, theme: Theme, *, name: str, said: str, count: int
) -> None:
    """Change a theme. Raises Overtaken where somebody else has saved it since `version`."""
    row = begun(actor, Do.COMPILE, dialogue)
    db.session().refresh(theme)
    if theme.version != version:
        raise Overtaken(dialogue.id)
    if (theme.name, theme.said, theme.count) != (name, said, count):
        theme.name, theme.said, theme.html, theme.count = name, said, richtext.from_markdown(said), count
        _changed(actor, row, AnswerThemeWritten(**_of(actor, dialogue), theme=name, count=count))


def remove_theme(actor: Actor, dialogue: Dialogue, theme: Theme) -> None:
    """Take a theme away. A report that was handed over keeps it."""
    row = begun(actor, Do.COMPILE, dialogue)
    db.session().delete(theme)
    _changed(actor, row, AnswerThemeRemoved(**_of(actor, dialogue), theme=theme.name))


def shift_theme(actor: Actor, dialogue: Dialogue, theme: Theme, *, up: bool) -> None:
    """Let it change place with the one before (`up`) or after it; at the edge nothing happens."""
    row = begun(actor, Do.COMPILE, dialogue)
    themes = list(queries.compiled(Dossier(dialogue)).themes)
    here = themes.index(theme)
    there = here - 1 if up else here + 1
    if 0 <= there < len(themes):
        other = themes[there]
        theme.position, other.position = other.position, theme.position
        _changed(actor, row, CompilationEdited(**_of(actor, dialogue), part="order"))


def declare_offline_entered(actor: Actor, dialogue: Dialogue) -> None:
    """Say that nothing on paper, and nothing from the phone, is left to enter. The latest one counts."""
    row = begun(actor, Do.COMPILE, dialogue)
    row.offline_by, row.offline_at = actor.person_id, clock.now()
    db.session().flush()
    emit(OfflineEntered(**_of(actor, dialogue)))


def confirm(actor: Actor, dialogue: Dialogue, edition: int) -> None:
    """Confirm, as second reader, what one has read. Raises Overtaken where it has changed since that edition."""
    row = begun(actor, Do.CONFIRM, dialogue)
    if row.edition != edition:
        raise Overtaken(dialogue.id)
    row.confirmed_by, row.confirmed_at, row.confirmed_edition = actor.person_id, clock.now(), row.edition
    db.session().flush()
    emit(CompilationConfirmed(**_of(actor, dialogue), edition=row.edition))


def _changed(actor: Actor, row: Compilation, event: Event) -> None:
    """It says something else now: a second reader must read it anew, and whoever wrote it is none."""
    row.edition += 1
    db.session().flush()
    if actor.person_id is not None:
        db.insert_new(CompilationWriter, dialogue_id=row.dialogue_id, person_id=actor.person_id)
    emit(event)


def _of(actor: Actor, dialogue: Dialogue) -> dict[str, Any]:
    return {"subject": moves.key_of(dialogue), "actor": actor, "dialogue_id": dialogue.id}
