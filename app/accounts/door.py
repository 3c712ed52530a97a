"""The session cookie: what goes in when somebody comes in, and what is taken out when they leave."""

from __future__ import annotations

from flask import request, session, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app import web
from app.accounts import queries
from app.accounts.core.browsers import browser_name
from app.permissions import GUEST, Actor

LONGEST_USER_AGENT = 400
ASKED_FOR = "asked_for"  # the address that a mail was asked for, to spare typing it again beside the code
NEXT = "next"
manager = LoginManager()
manager.session_protection = None  # type: ignore[assignment]  # sessions are rows with their own limits


class Visitor(UserMixin):
    """Whoever is signed in, for Flask-Login: known by the key of the session, never by a person's number."""

    def __init__(self, key: str) -> None:
        self.key = key

    def get_id(self) -> str:
        return self.key


@manager.user_loader  # type: ignore[untyped-decorator]
def load(key: str) -> Visitor | None:
    """The visitor of this key, where the request was found to be theirs."""
    return Visitor(key) if web.actor().session_key == key else None


def key() -> str | None:
    """The session key that the cookie holds, whether it still opens anything or not."""
    held = session.get("_user_id")
    return held if isinstance(held, str) else None


def home(actor: Actor) -> str:
    """Where one comes in who was not going anywhere: to the desk those who work here, others to their own pages."""
    return url_for("desk.home" if actor.is_staff else "me.home")


def enter(session_key: str) -> Response:
    """Come in with a new session and an otherwise empty cookie; on to where one was going."""
    held = queries.holder(session_key)
    target = web.safe_next(session.get(NEXT), home(held.actor if held else GUEST))
    session.clear()
    login_user(Visitor(session_key))
    return redirect(target, 303)


def leave() -> Response:
    """Go out; the cookie keeps nothing."""
    logout_user()
    session.clear()
    return redirect(url_for("site.front"), 303)


def going_to(target: str | None) -> None:
    """Remember where somebody was going, where it is a place of ours."""
    safe = web.safe_next(target, "")
    if safe:
        session[NEXT] = safe


def browser() -> str:
    return browser_name(request.user_agent.string[:LONGEST_USER_AGENT])
