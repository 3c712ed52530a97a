"""Pages on which one writes what became of each theme in the decision."""

from __future__ import annotations

from app import db
from app.dialogues import texts, wording
from app.dialogues.answers import queries, service
from app.dialogues.answers.forms import ConsiderationForm
from app.dialogues.answers.manage.compiling import theme_in
from app.dialogues.answers.manage.desk import HERE, Answer, Desk, Do, Now, blueprint
from app.dialogues.answers.models import Consideration
from app.dialogues.answers.wording import STANCE_NAMES, STANCE_TONES
from app.dialogues.manage.saving import as_saved, saved, version_of
from app.dialogues.models import Matter
from app.dialogues.queries import Dossier
from app.web import STAFF, access, actor, go


@blueprint.get(HERE + "/hansyn")
@access(STAFF)
def considerations(dialogue_id: int) -> Answer:
    """The themes, and what has been written about each."""
    desk = Desk(dialogue_id, Do.CONSIDER)
    dossier = Dossier(desk.dialogue)
    decision = dossier.record(Matter.CANCEL) or dossier.record(Matter.FINAL)
    return desk.page(
        "dialogues/answers/considerations.html",
        None,
        compiled=queries.compiled(dossier),
        decision=decision,
        ruling=wording.ruling_words,
        decision_words=wording.decision_words,
        proper=texts.proper,
        names=STANCE_NAMES,
        tones=STANCE_TONES,
    )


@blueprint.route(HERE + "/hansyn/<int:result_theme_id>", methods=["GET", "POST"])
@access(STAFF)
def consideration(dialogue_id: int, result_theme_id: int) -> Answer:
    desk, theme = Desk(dialogue_id, Do.CONSIDER), theme_in(dialogue_id, result_theme_id)
    row = _written(result_theme_id)
    form, status = ConsiderationForm(obj=row, version=0), None
    if form.validate_on_submit():
        said = {"stance": form.stance.data, "why": form.why.data}
        write = lambda: service.consider(actor(), desk.dialogue, version_of(form), theme, **said)  # noqa: E731
        status = saved(form, write, Now(lambda: _version(result_theme_id)))
        if status == 303:
            return go(".considerations", dialogue_id=dialogue_id)
    if status == 409:
        row = _written(result_theme_id)
    now_saved = as_saved(ConsiderationForm(formdata=None, obj=row))
    return desk.page("dialogues/answers/consideration.html", form, status, theme=theme, saved=now_saved)


def _written(theme_id: int) -> Consideration | None:
    return db.session().get(Consideration, theme_id)


def _version(theme_id: int) -> int:
    row = _written(theme_id)
    return row.version if row else 0
