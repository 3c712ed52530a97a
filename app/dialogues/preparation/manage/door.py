"""Where the pages of a preparation hang."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.permissions import Reason

preparation = Blueprint("preparation", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>")
Answer = str | tuple[str, int] | Response


def answered(page: str, status: int) -> tuple[str, int]:
    """The page with what saving said of it: 422 or 409 where a form was sent, else 200."""
    return page, status if request.method == "POST" else 200


def sentence_of(reason: Reason | None) -> object:
    """Why this person may not, for the page; empty where they may."""
    return reason.sentence if reason else ""
