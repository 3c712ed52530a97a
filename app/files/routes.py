"""Where files are fetched: under a name of chance, with a fixed type, in a sandbox."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from app.files import queries, store
from app.files.models import StoredFile
from app.web import PUBLIC, access, actor, found

blueprint = Blueprint("files", __name__)


@blueprint.get("/filer/<string(length=32):key>/<any(large, small):size>")
@access(PUBLIC)
def show(key: str, size: str) -> Response:
    """One size of a picture, to those who may see what it belongs to; to others it is not there."""
    return answer_with(found(queries.shown(key, actor())), size)


def answer_with(row: StoredFile, size: str) -> Response:
    """The file itself, for whoever has seen to it that the one who asks may see it; 404 where it is gone."""
    data = store.read(row.key, size)
    if data is None:
        abort(404)
    answer = Response(data, mimetype=row.media_type)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers.set("Content-Disposition", "inline", filename=row.shown_name)
    # Kept by browsers and not by caches in between: what it belongs to may be withdrawn.
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    answer.set_etag(f"{row.key}-{size}")
    answer.make_conditional(request)
    return answer
