"""The site's own pages: the front page, what became of it, and the standing pages."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, render_template, request

from app import clock, ladder
from app.site import finding, health, menus, parts_form, shown
from app.site import parts as examples
from app.site.accessibility import STATEMENT
from app.site.brand import Brand
from app.site.forms import SearchForm
from app.site.glossary import WORDS
from app.site.municipality import Municipality
from app.web import FILE, PUBLIC, access, actor

site = Blueprint("site", __name__)
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def _about() -> Municipality:
    found: Municipality = current_app.extensions["municipality"]
    return found


@site.get("/")
@access(PUBLIC)
def front() -> str:
    page = shown.front_page()
    ordinary = shown.ordinary_swedish(page.lines)
    return render_template("site/front.html", page=page, levels=ladder.LEVELS, in_ordinary_swedish=ordinary)


@site.get("/sa-blev-det")
@access(PUBLIC)
def outcomes() -> str:
    listing = shown.answers_at(request.args.get("plats", ""))
    ordinary = shown.ordinary_swedish(listing.rows)
    return render_template("site/outcomes.html", listing=listing, in_ordinary_swedish=ordinary)


@site.get("/sok")
@access(PUBLIC)
def search() -> str | tuple[str, int]:
    form = SearchForm(formdata=request.args)
    if not form.holds():
        return render_template("site/search.html", form=form, groups=None, kind=""), 422
    question, kind = form.q.data or "", request.args.get("slag", "")
    groups = finding.results(actor(), question, kind, request.args.get("fore", 0, type=int)) if question else None
    kind = kind if finding.is_kind(kind) else ""
    return render_template("site/search.html", form=form, groups=groups, kind=kind)


@site.get("/sa-fungerar-det")
@access(PUBLIC)
def how_it_works() -> str:
    return render_template("site/how_it_works.html", levels=ladder.LEVELS)


@site.get("/regler")
@access(PUBLIC)
def rules() -> str:
    return render_template("site/rules.html")


@site.get("/personuppgifter")
@access(PUBLIC)
def privacy() -> str:
    return render_template("site/privacy.html")


@site.get("/kakor")
@access(PUBLIC)
def cookies() -> str:
    return render_template("site/cookies.html", cookie_name=current_app.config["SESSION_COOKIE_NAME"])


@site.get("/tillganglighet")
@access(PUBLIC)
def accessibility() -> str:
    return render_template("site/accessibility.html", statement=STATEMENT)


@site.get("/hjalp", endpoint="help")
@access(PUBLIC)
def ways_to_help() -> str:
    return render_template("site/help.html", about_page=request.args.get("page", "")[:300])


@site.get("/webbkarta")
@access(PUBLIC)
def site_map() -> str:
    return render_template("site/site_map.html", groups=menus.site_map(actor()))


@site.get("/ordlista")
@access(PUBLIC)
def glossary() -> str:
    return render_template("site/glossary.html", words=WORDS)


@site.get("/delar")
@access(PUBLIC)
def parts() -> str:
    return render_template("site/parts.html", parts=examples.sample(), form=parts_form.sample())


@site.get("/brand.css")
@access(FILE)
def brand_css() -> Response:
    """The municipality's colours. The same in every language, kept by browsers for an hour and then asked about."""
    brand: Brand = current_app.extensions["brand"]
    answer = Response(brand.css, mimetype="text/css")
    answer.set_etag(brand.etag)
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.make_conditional(request)
    return answer


@site.get("/logo.svg")
@access(FILE)
def logo() -> Response:
    """The municipality's own drawing. It may not run or fetch anything, whatever it holds."""
    file = _about().logo_file
    if file is None:
        abort(404)
    answer = Response(file.read_bytes(), mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = DRAWING_POLICY
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@site.get("/health/live")
@access(PUBLIC)
def live() -> dict[str, str]:
    """The process answers. Asks nobody else."""
    return {"status": "ok"}


@site.get("/health/ready")
@access(PUBLIC)
def ready() -> tuple[dict[str, str], int]:
    """Requests may be sent here."""
    return ({"status": "ok"}, 200) if health.is_ready() else ({"status": "not ok"}, 503)


@site.get("/robots.txt")
@access(PUBLIC)
def robots() -> Response:
    """Search engines are welcome to what residents read; not to where one works or signs in."""
    return Response(render_template("site/robots.txt"), mimetype="text/plain")


@site.get("/.well-known/security.txt")
@access(PUBLIC)
def security_txt() -> Response:
    """RFC 9116: whom to tell about a hole. Expires a year from today, so it is never out of date."""
    expires = (clock.now() + timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")
    return Response(render_template("site/security.txt", expires=expires), mimetype="text/plain")
