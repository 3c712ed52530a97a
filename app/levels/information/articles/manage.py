"""The officials' door: writing, previewing, publishing and withdrawing articles, in a dialogue and for the site."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app import richtext
from app.dialogues import queries as dialogues
from app.files.core.pictures import Unfit
from app.levels.information.articles import queries, service
from app.levels.information.articles.core.reading import hints
from app.levels.information.articles.forms import ArticleForm, NoForm, WithdrawForm
from app.levels.information.articles.models import Article
from app.levels.information.articles.rules import Do
from app.levels.information.articles.service import Place
from app.permissions import refusal, require
from app.web import STAFF, access, actor, found, go, in_both

blueprint = Blueprint("article_desk", __name__)
IN = "/arbetsyta/dialoger/<int:dialogue_id>/artiklar"
SITE = "/arbetsyta/artiklar"
Answer = str | tuple[str, int] | BaseResponse
both = in_both(blueprint, IN, SITE)


@both("")
@access(STAFF)
def index(dialogue_id: int | None) -> str:
    place = _place(dialogue_id)
    return render_template(
        "levels/articles/desk_index.html",
        articles=queries.written(dialogue_id),
        refused=refusal(actor(), Do.WRITE, Place(dialogue_id)),
        **place,
    )


@both("/ny", methods=["GET", "POST"])
@access(STAFF)
def create(dialogue_id: int | None) -> Answer:
    place, form = _place(dialogue_id), ArticleForm()
    require(actor(), Do.WRITE, Place(dialogue_id))
    if form.validate_on_submit() and form.check_picture(has_picture=False) and "preview" not in request.form:
        row = _kept(form, lambda: service.create(actor(), Place(dialogue_id), form.draft()))
        if row is not None:
            return _to(row)
    return _write_page(form, None, **place)


@both("/<int:article_id>", methods=["GET", "POST"])
@access(STAFF)
def edit(dialogue_id: int | None, article_id: int) -> Answer:
    place, row = _place(dialogue_id), found(queries.article_in(dialogue_id, article_id))
    form = ArticleForm(obj=row) if request.method == "POST" else ArticleForm(data=_values(row))
    if form.validate_on_submit() and form.check_picture(has_picture=row.picture is not None):
        if "preview" in request.form:
            return _write_page(form, row, **place)
        status = _changed(form, row)
        if status == 303:  # see other
            return _to(row)
        if status == 409:  # conflict
            return _write_page(form, row, overtaken=True, **place)
    return _write_page(form, row, **place)


@both("/<int:article_id>/publicera", methods=["POST"])
@access(STAFF)
def publish(dialogue_id: int | None, article_id: int) -> BaseResponse:
    row = found(queries.article_in(dialogue_id, article_id))
    service.publish(actor(), row)
    flash(_("The article is published."))
    return _to(row)


@both("/<int:article_id>/dra-tillbaka", methods=["GET", "POST"])
@access(STAFF)
def withdraw(dialogue_id: int | None, article_id: int) -> Answer:
    place, row = _place(dialogue_id), found(queries.article_in(dialogue_id, article_id))
    require(actor(), Do.WITHDRAW, row)
    form = WithdrawForm()
    if form.validate_on_submit():
        service.withdraw(actor(), row, form.reason.data or "")
        flash(_("The article is withdrawn."))
        return go("article_desk.index", dialogue_id=dialogue_id)
    page = render_template("levels/articles/withdraw.html", form=form, article=row, **place)
    return page, 422 if form.errors else 200


def _place(dialogue_id: int | None) -> dict[str, Any]:
    """What every page of the desk needs. Raises Refusal for those who do not work there."""
    dialogue = None if dialogue_id is None else found(dialogues.dialogue(dialogue_id))
    require(actor(), Do.VISIT, Place(dialogue_id))
    return {"dialogue": dialogue, "dialogue_id": dialogue_id}


def _values(row: Article) -> dict[str, Any]:
    names = ("kind", "title", "lead", "body", "picture_alt", "picture_is_decoration", "version")
    return {name: getattr(row, name) for name in names}


def _kept(form: ArticleForm, save: Any) -> Any:
    """What `save` gives; None, with the sentence at the field, for what is no picture."""
    try:
        return save()
    except Unfit as problem:
        form.refuse(form.picture, problem.sentence)
        return None


def _changed(form: ArticleForm, row: Article) -> int:
    try:
        service.change(actor(), row, form.draft(), form.version.data or 0)
    except Unfit as problem:
        form.refuse(form.picture, problem.sentence)
        return 422
    except service.Overtaken:
        form.version.data, form.version.raw_data = row.version, None
        return 409
    return 303


def _to(row: Article) -> BaseResponse:
    return go("article_desk.edit", dialogue_id=row.dialogue_id, article_id=row.id)


def _write_page(form: ArticleForm, row: Article | None, *, overtaken: bool = False, **place: Any) -> Answer:
    preview = richtext.from_markdown(form.body.data or "") if "preview" in request.form and not form.errors else None
    page = render_template(
        "levels/articles/write.html",
        form=form,
        plain=NoForm(),
        article=row,
        overtaken=overtaken,
        preview=preview,
        hints=hints(form.body.data or "") if row is not None or preview is not None else [],
        may_publish=row is not None and refusal(actor(), Do.PUBLISH, row) is None,
        refused=refusal(actor(), Do.WRITE, row) if row is not None else None,
        address=queries.address_of(row) if row is not None else None,
        **place,
    )
    return page, 409 if overtaken else 422 if form.errors else 200
