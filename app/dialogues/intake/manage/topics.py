"""Officials' pages of the topics that residents propose: each is answered with a reason, or becomes an idea."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app.dialogues.forms import EditForm
from app.dialogues.intake import areas, queries, service
from app.dialogues.intake.events import STATUS_NAMES
from app.dialogues.intake.forms import DeclineForm, ReferForm, TakeUpForm
from app.dialogues.intake.models import ProposedTopic
from app.dialogues.intake.routes.door import blueprint
from app.dialogues.intake.routes.topics import TONES
from app.dialogues.intake.rules import Do
from app.dialogues.manage.saving import saved, version_of
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.permissions import refusal, require
from app.web import STAFF, access, actor, found, go, way_to

Answer = str | tuple[str, int] | Response
HERE = "/arbetsyta/amnen"
VIEWS: dict[str, LazyText] = {
    "open": lazy_p("topics", "To be answered"),
    "answered": lazy_p("topics", "Answered"),
    "all": lazy_p("topics", "All"),
}
Save = Callable[[ProposedTopic, Any], object]
FORMS: dict[str, tuple[LazyText, type[EditForm], Save]] = {
    "dialog": (
        _l("Make a dialogue idea of it"),
        TakeUpForm,
        lambda row, form: service.take_up(actor(), row, version_of(form), **_said(form)),
    ),
    "avboj": (
        _l("Answer that no dialogue is held"),
        DeclineForm,
        lambda row, form: service.decline(actor(), row, version_of(form), **_said(form)),
    ),
    "hanvisa": (
        _l("Refer it to whoever answers for it"),
        ReferForm,
        lambda row, form: service.refer(actor(), row, version_of(form), **_said(form)),
    ),
}


@blueprint.get(HERE)
@access(STAFF, Do.HANDLE_TOPICS)
def handle_topics() -> str:
    require(actor(), Do.HANDLE_TOPICS)
    view = request.args.get("visa", "")
    view = view if view in VIEWS else "open"
    return render_template(
        "dialogues/intake/desk_topics.html",
        page=queries.handled(view, request.args.get("fore", None, type=int)),
        view=view,
        export=way_to(("considered.export", {})),
        views=VIEWS,
        statuses=STATUS_NAMES,
        tones=TONES,
        area_of=lambda row: areas.name_of(row.area) if row.area else "",
    )


@blueprint.get(HERE + "/<int:topic_id>")
@access(STAFF, Do.HANDLE_TOPICS)
def handle(topic_id: int) -> str:
    """One topic: what was proposed, what has been answered, and the ways to answer."""
    row = _topic(topic_id)
    area = areas.find(row.area)
    return render_template(
        "dialogues/intake/desk_topic.html",
        topic=row,
        answers=queries.answers(topic_id),
        latest=queries.answered(row),
        area=area,
        ways={how: heading for how, (heading, _, _) in FORMS.items()},
        first="hanvisa" if area is not None and not area.is_ours else "dialog",
        refused=refusal(actor(), Do.ANSWER_TOPIC, row),
        statuses=STATUS_NAMES,
        tones=TONES,
        moderation=way_to(("moderation.item", {"reviewable_id": row.review_id}), row),
        way_to=way_to,
    )


@blueprint.route(HERE + "/<int:topic_id>/<any(dialog, avboj, hanvisa):how>", methods=["GET", "POST"])
@access(STAFF, Do.HANDLE_TOPICS)
def answer_topic(topic_id: int, how: str) -> Answer:
    row = _topic(topic_id)
    heading, kind, save = FORMS[how]
    form = kind(data=_start(row))
    status = 422
    if form.validate_on_submit():
        status = saved(form, lambda: save(row, form))
        if status == 303:
            return go(".handle", topic_id=topic_id)
    if status == 409:
        form.begin_again(_latest(topic_id))
    page = render_template(
        "dialogues/intake/desk_answer.html",
        form=form,
        topic=row,
        heading=heading,
        overtaken=status == 409,
        refused=refusal(actor(), Do.ANSWER_TOPIC, row),
    )
    return page, status if request.method == "POST" else 200


def _start(row: ProposedTopic) -> dict[str, Any]:
    area = areas.find(row.area)
    return {
        "version": _latest(row.id),
        "title": row.title[:80],
        "body_key": area.body_key if area is not None else "",
        "authority": area.elsewhere.key if area is not None and area.elsewhere is not None else "",
    }


def _latest(topic_id: int) -> int:
    given = queries.answers(topic_id)
    return given[-1].id if given else 0


def _said(form: EditForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name not in ("version", "csrf_token")}


def _topic(topic_id: int) -> ProposedTopic:
    row: ProposedTopic = found(queries.topic(topic_id))
    require(actor(), Do.HANDLE_TOPICS, row)
    return row
