"""The guideline as everyone reads it: the version in force, and each one that was or is to come."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.multilingual.queries import in_ordinary_swedish
from app.policy import queries, texts
from app.policy.models import Guideline
from app.web import PUBLIC, access, found

blueprint = Blueprint("policy", __name__)


@blueprint.get("/riktlinje")
@access(PUBLIC)
def in_force() -> str:
    standing = queries.standing()
    return _page(standing, standing.in_force)


@blueprint.get("/riktlinje/<int:guideline_id>")
@access(PUBLIC)
def version(guideline_id: int) -> str:
    standing = queries.standing()
    known = [*standing.coming, *([standing.in_force] if standing.in_force else []), *standing.earlier]
    return _page(standing, found(next((one for one in known if one.id == guideline_id), None)))


def _page(standing: queries.Standing, shown: Guideline | None) -> str:
    text = texts.said(shown) if shown is not None else None
    criteria = text.criteria if text is not None else texts.criteria_of(None)
    words = [text.title, text.in_short, text.principles] if text is not None else []
    return render_template(
        "policy/guideline.html",
        standing=standing,
        shown=shown,
        text=text,
        criteria=criteria,
        in_ordinary_swedish=in_ordinary_swedish(words),
    )
