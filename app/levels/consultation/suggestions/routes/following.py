"""Following one's own case with its code, without an account. Tries are counted, so that nobody guesses codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import limits
from app.files.routes import answer_with
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.forms import CodeForm
from app.levels.consultation.suggestions.models import Suggestion
from app.levels.consultation.suggestions.routes.visit import blueprint
from app.limits import Limit
from app.moderation import queries as moderation
from app.web import PUBLIC, access, client, found

Answer = str | tuple[str, int] | Response
TRIES = Limit("suggestions.case", 60, timedelta(minutes=10))  # pages of cases, asked for from one network address
HALF = 5  # letters of a code before its dash


@blueprint.get("/arende")
@access(PUBLIC)
def find() -> Answer:
    """Where one writes the code."""
    form = CodeForm(request.args if "kod" in request.args else None)
    if "kod" in request.args and form.validate():  # type: ignore[no-untyped-call]
        return redirect(url_for(".case", receipt=_tidy(form.kod.data or "")), 303)
    return render_template("levels/suggestions/find.html", form=form), 422 if form.errors else 200


@blueprint.get("/arende/<receipt>")
@access(PUBLIC)
def case(receipt: str) -> Answer:
    """How it fares: with the answer, the way so far, and one's own pictures, which may wait still."""
    limits.spend(TRIES, client())
    return _page("levels/suggestions/case.html", receipt)


@blueprint.get("/arende/<receipt>/kvitto")
@access(PUBLIC)
def receipt(receipt: str) -> Answer:
    """What one gets when the suggestion has been sent."""
    limits.spend(TRIES, client())
    return _page("levels/suggestions/receipt.html", receipt)


@blueprint.get("/arende/<receipt>/bild/<int:picture_id>/<any(large, small):size>")
@access(PUBLIC)
def case_picture(receipt: str, picture_id: int, size: str) -> Any:
    """A picture of one's own case."""
    row, picture = found(queries.by_receipt(_tidy(receipt))), found(queries.picture(picture_id))
    return answer_with(found(picture if picture.suggestion_id == row.id else None).file, size)


def _page(template: str, code: str) -> Answer:
    row = queries.by_receipt(_tidy(code))
    if row is None:
        form = CodeForm(formdata=None, data={"kod": code[:40]})
        return render_template("levels/suggestions/find.html", form=form, unknown=True), 404
    return render_template(template, case=row, row=row.contribution, box=row.box, **_about(row))


def _about(row: Suggestion) -> dict[str, Any]:
    text = row.contribution
    return {
        "steps": queries.steps(row.id),
        "pictures": queries.pictures(row.id),
        "why": moderation.hidden_because([text.review_id] if text.is_hidden else []).get(text.review_id),
        "address": queries.address_of(text) if text.is_public else None,
    }


def _tidy(code: str) -> str:
    """As it is kept, however it was typed: capitals, with a dash in the middle."""
    letters = "".join(c for c in code.upper() if c.isalnum())[: 2 * HALF + 1]
    return f"{letters[:HALF]}-{letters[HALF:]}"
