"""The web floor: who acts, who may reach an endpoint, when a request commits, and how errors read."""

from __future__ import annotations

import ipaddress
import secrets
import time
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as BaseResponse

from app import audit, db, i18n, kept, permissions
from app.limits import TooMany
from app.logs import log
from app.permissions import GUEST, Actor, Refusal

SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
F = TypeVar("F", bound=Callable[..., Any])


class Do(permissions.Action):
    ENTER = "web:enter"


class Access(Enum):
    """What an endpoint asks of whoever comes. What they may do there is for `require` in the service."""

    FILE = "file"  # the same for everyone, so nobody is asked who they are and browsers may keep it
    PUBLIC = "public"
    SIGNED_IN = "signed in"
    STAFF = "staff"


def access(level: Access, asks: permissions.Action | None = None) -> Callable[[F], F]:
    """Declare an endpoint's access. An endpoint that declares none stops the start.

    `asks` names the action that a page asks about before it shows anything, so that links to it (`way_to`) are there
    only for those whom it lets in. The page itself still asks.
    """

    def mark(view: F) -> F:
        view.access, view.asks = level, asks  # type: ignore[attr-defined]
        return view

    return mark


def way_to(address: tuple[str, dict[str, Any]], subject: Any = None) -> str:
    """Where a link leads; empty where this installation has no such page, or where it would refuse this person."""
    view = current_app.view_functions.get(address[0])
    if view is None:
        return ""
    asks = getattr(view, "asks", None)
    return "" if asks is not None and not permissions.can(actor(), asks, subject) else url_for(address[0], **address[1])


FILE, PUBLIC, SIGNED_IN, STAFF = Access.FILE, Access.PUBLIC, Access.SIGNED_IN, Access.STAFF
ActorLoader = Callable[[], Actor]


class LanguagePrefix:
    """Takes `/en` off the path and puts it before every link that the page makes (SCRIPT_NAME)."""

    def __init__(self, wsgi: Callable[..., Iterable[bytes]]) -> None:
        self.wsgi = wsgi

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        first, _, rest = environ.get("PATH_INFO", "/").lstrip("/").partition("/")
        for language in i18n.shipped():
            if language.prefix and first == language.prefix:
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/" + language.prefix
                environ["PATH_INFO"] = "/" + rest
                environ[i18n.PREFIX_KEY] = language
        return self.wsgi(environ, start)


class Sessions(SecureCookieSessionInterface):
    """Leaves files alone: Flask-Login looks into the session after each request, and then every cookie has its own."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not _is_file():
            super().save_session(app, session, response)


class SmallInteger(IntegerConverter):
    """Ids as both databases can hold them; a larger number is simply not found."""

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value[:12])
        return number if number < 2**31 else 0


def actor() -> Actor:
    """Whoever makes this request."""
    who: Actor = g.get("actor", GUEST)
    return who


def client() -> str:
    """Who is at the other end, for limits: the address, or the network where one home holds many (IPv6)."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or ""
    if address.version == 6 and address.ipv4_mapped is not None:  # a server that listens on both: not one home
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def unit_begins() -> None:
    """Begin the unit of a request that writes (done for every unsafe request)."""
    g.scope.begin_unit()


def install(app: Flask, load_actor: ActorLoader) -> None:
    """Hang the web floor on the application."""
    app.url_map.converters["int"] = SmallInteger
    app.session_interface = Sessions()
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign, assignment]

    @app.before_request
    def begin() -> None:
        g.started = time.perf_counter()
        g.scope = db.Scope()
        i18n.speak(request.environ.get(i18n.PREFIX_KEY, i18n.SOURCE))
        request_id = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        if "\0" in request.path or b"\0" in request.query_string or "%00" in request.query_string.decode("latin-1"):
            abort(400)
        if request.mimetype != "multipart/form-data":  # files are streamed to disk; anything else is read into memory
            request.max_content_length = app.config["MAX_FORM_MEMORY_SIZE"]
        if _is_file():
            return
        g.actor = load_actor()
        if request.method not in SAFE:
            unit_begins()

    @app.after_request
    def end(response: Response) -> Response:
        response = _shown_again(response)
        scope: db.Scope | None = g.get("scope")
        return _with_headers(app, response if scope is None else _finished(app, scope, response))

    @app.teardown_request
    def close(_problem: BaseException | None) -> None:
        scope: db.Scope | None = g.pop("scope", None)
        if scope is not None:
            scope.close()

    _install_errors(app)


def _finished(app: Flask, scope: db.Scope, response: Response) -> Response:
    """Commit what a request that went well has written. Where that fails, no page may say that anything is saved."""
    try:
        scope.finish(commit=request.method not in SAFE and response.status_code < 400)
    except Exception as problem:  # a constraint that is looked at last, or a database that has gone meanwhile
        _rollback()
        session.pop("_flashes", None)
        return app.make_response(app.handle_user_exception(problem))
    return response


def guard(app: Flask) -> None:
    """Check each form's token, then each request's access, so that a forged form is told nothing but that."""
    tokens = CSRFProtect()
    tokens.init_app(app)

    @app.before_request
    def check_token() -> None:
        try:
            tokens.protect(apply_exemptions=True)
        except CSRFError:
            if not kept.show_again(app):
                raise
            _rollback()  # from here on the request only reads

    app.before_request(lambda: _check_access(app))


def _shown_again(response: Response) -> Response:
    """The page of a form whose token did not hold: not taken in. Where that page only leads on, the words are shown."""
    if not kept.is_shown_again():
        return response
    if response.status_code == 200:
        response.status_code = 422
    elif response.status_code < 400:
        return Response(_page(400), 400)
    return response


def _is_file() -> bool:
    """Whether a file is asked for, which is the same for everyone: no session is read, so caches may keep it."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.endpoint == "static" or getattr(view, "access", None) is Access.FILE


def _check_access(app: Flask) -> None:
    if request.endpoint is None or _is_file():
        return
    level = getattr(app.view_functions[request.endpoint or ""], "access", None)
    who = actor()
    if level is not PUBLIC and not who.is_signed_in:
        raise Refusal(Do.ENTER, permissions.SIGN_IN_FIRST)
    if level is STAFF and not who.is_staff:
        raise Refusal(Do.ENTER, permissions.needs_role(permissions.Role))


def undeclared(app: Flask) -> list[str]:
    """Endpoints without a declared access."""
    return sorted(name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "access"))


def _with_headers(app: Flask, response: Response) -> Response:
    head = response.headers
    head.setdefault("Content-Security-Policy", POLICY)
    head["X-Content-Type-Options"] = "nosniff"
    head["Referrer-Policy"] = "same-origin"
    head["Cross-Origin-Opener-Policy"] = "same-origin"
    head["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if app.config["SETTINGS"].https:
        head["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if not _is_file():
        if actor().is_signed_in or session or session.modified:
            head["Cache-Control"] = "private, no-store"
            response.vary.add("Cookie")
        else:
            head.setdefault("Cache-Control", "no-cache")
        spent = time.perf_counter() - g.get("started", time.perf_counter())
        log().info(
            "request",
            method=request.method,
            endpoint=request.endpoint,
            status=response.status_code,
            milliseconds=round(spent * 1000),
        )
    return response


def _install_errors(app: Flask) -> None:  # one handler after the other, nothing nested
    @app.errorhandler(Refusal)
    def refused(problem: Refusal) -> tuple[str, int]:
        _rollback()
        who = actor()
        if who.person_id is not None:
            audit.denied(who.person_id, problem.action, problem.reason.code, request.path)
        return _page(403, reason=problem.reason, next=_here()), 403

    @app.errorhandler(TooMany)
    def too_many(problem: TooMany) -> Response:
        _rollback()
        answer = Response(_page(429, retry_at=problem.retry_at), 429)
        answer.headers["Retry-After"] = str(int(max(1.0, problem.retry_at.timestamp() - time.time())))
        return answer

    @app.errorhandler(CSRFError)
    def stale_form(_problem: CSRFError) -> tuple[str, int]:
        return _page(400), 400

    @app.errorhandler(StaleDataError)
    def second_editor(_problem: StaleDataError) -> tuple[str, int]:
        _rollback()
        return _page(409), 409

    @app.errorhandler(SecurityError)
    def forged_host(_problem: SecurityError) -> Response:
        # No address can be made for a host that is not ours, so no page of ours either.
        return Response("400", 400, content_type="text/plain")

    @app.errorhandler(HTTPException)
    def http_error(problem: HTTPException) -> tuple[str, int] | BaseResponse:
        if problem.response is not None or (problem.code or 0) < 400:
            return problem.get_response(request.environ)
        code = problem.code or 500
        return _page(code), code

    _install_failures(app)


def _install_failures(app: Flask) -> None:
    @app.errorhandler(OperationalError)
    def database_gone(_problem: OperationalError) -> Response:
        log().exception("database_gone")
        return Response(_bare(503), 503, {"Retry-After": "30"})

    @app.errorhandler(Exception)
    def broken(_problem: Exception) -> tuple[str, int]:
        log().exception("unhandled")
        _rollback()
        return _bare(500), 500


FRESH = "fresh_sign_in"  # the reason that asks somebody signed in to show again who they are
PAGES = {400, 403, 404, 409, 410, 413, 422, 429}


def _page(code: int, **context: Any) -> str:
    """The page of a refusal; under it what was written, where something was, and a way on where there may be one."""
    reason = context.get("reason")
    may_help = code in (400, 409, 429) or (reason is not None and (reason.sign_in or reason.code == FRESH))
    context |= {"written": kept.texts(), "again": list(kept.fields().items(multi=True)) if may_help else []}
    return render_template(f"errors/{code if code in PAGES else 400}.html", code=code, **context)


def _bare(code: int) -> str:
    return render_template(f"errors/{code}.html", code=code)


def _rollback() -> None:
    scope: db.Scope | None = g.get("scope")
    if scope is not None:
        scope.finish(commit=False)


def _here() -> str:
    """The address that was asked for, with its language, for going back after signing in."""
    return request.script_root + request.full_path.rstrip("?") if request.method in SAFE else ""


def safe_next(target: str | None, otherwise: str) -> str:
    """Where to go after signing in: a path of this site, or `otherwise`.

    A browser reads `//x`, `/\\x` and paths with control characters as other hosts, so only plain paths pass.
    """
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\") or not target.isprintable():
        return otherwise
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or "\\" in target or "@" in parts.path or " " in target:
        return otherwise
    return target


def in_both(blueprint: Blueprint, inside: str, outside: str, mark: str = "") -> Callable[..., Callable[[F], F]]:
    """Routes of a view that serves a dialogue, below `inside`, and the site, below `outside`.

    For the site the view is given None as `dialogue_id`, and its endpoint bears `mark` before its name.
    """

    def both(path: str, **options: Any) -> Callable[[F], F]:
        def add(view: F) -> F:
            blueprint.add_url_rule(inside + path, view.__name__, view, **options)
            blueprint.add_url_rule(
                outside + path, mark + view.__name__, view, defaults={"dialogue_id": None}, **options
            )
            return view

        return add

    return both


def go(endpoint: str, **values: Any) -> BaseResponse:
    """See other: where every successful POST ends (Post/Redirect/Get)."""
    return redirect(url_for(endpoint, **values), 303)


def found(row: Any) -> Any:
    """The row, or the 404 page."""
    if row is None:
        abort(404)
    return row
