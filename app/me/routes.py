"""One's own pages: contributions and how they fare, profile, password, address, signed-in browsers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import i18n
from app.accounts import contributions, door, queries, service
from app.accounts.routes import Answer, tried
from app.accounts.rules import Do
from app.forms import BaseForm
from app.me.forms import EndForm, NewAddressForm, NewPasswordForm, ProfileForm
from app.permissions import require
from app.web import SIGNED_IN, access, actor, client, found, go

me = Blueprint("me", __name__, url_prefix="/konto")


def page(template: str, form: BaseForm, **values: Any) -> Answer:
    """The page with its form; 422 where what was sent did not do."""
    written = render_template(f"me/{template}.html", form=form, **values)
    return (written, 422) if request.method == "POST" else written


@me.get("")
@access(SIGNED_IN)
def home() -> Answer:
    who = actor()
    person = found(queries.person(who.person_id or 0))
    sections = [(section, section.rows(person.id)) for section in contributions.sections()]
    return render_template("me/home.html", person=person, sections=sections, language=i18n.named(person.language))


@me.route("/uppgifter", methods=["GET", "POST"])
@access(SIGNED_IN)
def profile() -> Answer:
    person = found(queries.person(actor().person_id or 0))
    form = ProfileForm(name=person.name, language=i18n.named(person.language).code)

    def attempt() -> Response:
        service.change_profile(actor(), name=form.name.data or "", language=form.language.data)
        flash(_("Your details are saved."), "good")
        return go("me.home")

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("profile", form)


@me.route("/losenord", methods=["GET", "POST"])
@access(SIGNED_IN)
def password() -> Answer:
    require(actor(), Do.SECURE_OWN)
    form = NewPasswordForm()

    def attempt() -> Response:
        service.change_password(actor(), form.password.data or "")
        flash(_("Your password is changed. All other browsers are signed out."), "good")
        return go("me.home")

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("password", form)


@me.route("/e-post", methods=["GET", "POST"])
@access(SIGNED_IN)
def address() -> Answer:
    require(actor(), Do.SECURE_OWN)
    form = NewAddressForm()

    def attempt() -> Response:
        service.ask_new_address(actor(), form.email.data or "", client=client())
        flash(_("We have sent an e-mail to the new address. The old one is used until you have confirmed it."), "good")
        return go("accounts.new_address_code")

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("address", form)


@me.get("/inloggningar")
@access(SIGNED_IN)
def sign_ins() -> Answer:
    here = queries.hash_of(actor().session_key or "")
    return render_template("me/sign_ins.html", sessions=queries.sessions_of(actor()), here=here)


@me.post("/inloggningar/avsluta")
@access(SIGNED_IN)
def end_one() -> Answer:
    form = EndForm()
    if not form.validate_on_submit():
        abort(400)
    service.end_one(actor(), form.session.data or "")
    flash(_("The browser is signed out."), "good")
    return go("me.sign_ins")


@me.post("/inloggningar/avsluta-andra")
@access(SIGNED_IN)
def end_others() -> Answer:
    service.end_others(actor())
    flash(_("All other browsers are signed out."), "good")
    return go("me.sign_ins")


@me.post("/inloggningar/avsluta-alla")
@access(SIGNED_IN)
def end_everywhere() -> Answer:
    service.end_everywhere(actor())
    return door.leave()
