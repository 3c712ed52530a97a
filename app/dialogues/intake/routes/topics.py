"""Residents propose a topic, follow it with its code, and read what others proposed and what was answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from app import i18n, limits
from app.dialogues import receipts
from app.dialogues import texts as dialogues
from app.dialogues.addresses import address_of
from app.dialogues.intake import areas, queries, service, texts
from app.dialogues.intake.events import STATUS_NAMES
from app.dialogues.intake.forms import WANTS, TopicForm
from app.dialogues.intake.models import ProposedTopic
from app.dialogues.intake.queries import Answered
from app.dialogues.intake.routes.door import blueprint
from app.dialogues.intake.rules import Do
from app.dialogues.intake.service import AlreadySent
from app.dialogues.stages import PUBLIC_STAGES
from app.limits import Limit
from app.permissions import can
from app.web import PUBLIC, access, actor, client, found, go, way_to

Answer = str | tuple[str, int] | Response
HERE = "/dialoger/amnen"
TRIES = Limit("intake.case", 60, timedelta(minutes=10))  # pages of cases, asked for from one network address
TONES = {"taken_up": "open", "received": "now"}


@blueprint.route("/dialoger/foresla", methods=["GET", "POST"])
@access(PUBLIC)
def propose() -> Answer:
    """One form, looked through before it is sent. Nothing is kept until then but what the page itself holds."""
    who = actor()
    if request.method == "POST":
        limits.spend(service.SENDS, f"person {who.person_id}" if who.is_signed_in else client())
    form = TopicForm(who)
    wants_change = "change" in request.form
    if request.method == "POST" and not wants_change and form.validate_on_submit() and form.is_reachable():
        return _sent(form) if "send" in request.form else _check_page(form)
    page = render_template("dialogues/intake/propose.html", form=form)
    return page, 422 if form.errors else 200


def _check_page(form: TopicForm) -> str:
    said = form.said(actor())
    return render_template(
        "dialogues/intake/propose_check.html",
        form=form,
        said=said,
        area=areas.find(said.area),
        wants=WANTS,
        language=i18n.named(said.language),
        reached=said.email or (actor().email if said.wants == "mail" else ""),
    )


def _sent(form: TopicForm) -> Response:
    """Hand it in. Sent twice, it leads to what came of the first time."""
    try:
        row = service.send(actor(), form.said(actor()))
    except AlreadySent:
        row = found(queries.by_form(form.key.data or ""))
    return go(".receipt", receipt=row.receipt)


@blueprint.get(HERE)
@access(PUBLIC)
def topics() -> str:
    """What residents have proposed, and what was answered."""
    page = queries.shown(request.args.get("fore", None, type=int))
    return render_template(
        "dialogues/intake/topics.html",
        page=page,
        said=dialogues.said([row for one in page.rows for row in texts.rows_of_topic(one)]),
        **_words(),
    )


@blueprint.get(HERE + "/<int:topic_id>")
@access(PUBLIC)
def topic(topic_id: int) -> str:
    row: ProposedTopic = found(queries.topic(topic_id))
    if not can(actor(), Do.READ_TOPIC, row):
        abort(404)
    return render_template("dialogues/intake/topic.html", **_about(queries.answered(row)))


@blueprint.get(HERE + "/arende/<receipt>")
@access(PUBLIC)
def case(receipt: str) -> Answer:
    """How one's own topic fares, for whoever has the code."""
    limits.spend(TRIES, client())
    row = found(queries.by_receipt(receipts.tidy(receipt)))
    return render_template("dialogues/intake/case.html", **_about(queries.answered(row)))


@blueprint.get(HERE + "/arende/<receipt>/kvitto")
@access(PUBLIC)
def receipt(receipt: str) -> str:
    """What one gets when the topic has been sent."""
    limits.spend(TRIES, client())
    row = found(queries.by_receipt(receipts.tidy(receipt)))
    return render_template("dialogues/intake/receipt.html", topic=row)


def _about(one: Answered) -> dict[str, Any]:
    """What a page of one topic needs."""
    said = dialogues.said(texts.rows_of_topic(one))
    authority = areas.authority(one.answer.authority) if one.answer is not None else None
    return {"one": one, "said": said, "authority": authority, "desk": _desk(one.topic), **_words()}


def _desk(row: ProposedTopic) -> str:
    return way_to(("intake.handle", {"topic_id": row.id}), row)


def _words() -> dict[str, Any]:
    return {
        "statuses": STATUS_NAMES,
        "tones": TONES,
        "area_of": lambda row: areas.name_of(row.area) if row.area else "",
        "proper": dialogues.proper,
        "dialogue_of": _dialogue_of,
    }


def _dialogue_of(one: Answered) -> str:
    """Where the dialogue that it became is shown; empty before everyone may see it."""
    row = one.dialogue
    return way_to(address_of(row), row) if row is not None and row.stage in PUBLIC_STAGES else ""
