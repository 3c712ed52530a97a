"""The door: new accounts, signing in and out, one-time mails. No answer tells whether an address has an account."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import db, i18n, web
from app.accounts import door, forms, queries, service
from app.accounts.core.secrets_by_mail import TOKEN_LENGTH
from app.accounts.models import Person
from app.accounts.purposes import Purpose
from app.accounts.service import Declined
from app.forms import BaseForm
from app.web import PUBLIC, SIGNED_IN, access, actor, client, go

accounts = Blueprint("accounts", __name__)
Answer = str | Response | tuple[str, int]


def page(template: str, form: BaseForm, **values: object) -> Answer:
    """The page with its form; 422 where what was sent did not do."""
    written = render_template(f"accounts/{template}.html", form=form, **values)
    return (written, 422) if request.method == "POST" else written


def tried(form: BaseForm, attempt: Callable[[], Response]) -> Response | None:
    """What the attempt answers; None, with the reason beside its field, where the service declines."""
    try:
        return attempt()
    except Declined as problem:
        if problem.field in form:
            form.refuse(form[problem.field], problem.reason)
        else:
            form.form_errors.append(str(problem.reason.sentence))
        return None


@accounts.route("/skapa-konto", methods=["GET", "POST"])
@access(PUBLIC)
def sign_up() -> Answer:
    form = forms.SignUpForm(next=request.args.get("next", ""))

    def attempt() -> Response:
        door.going_to(form.next.data)
        service.sign_up(form.email.data, form.name.data, i18n.current().code, client=client())
        session[door.ASKED_FOR] = form.email.data
        return go("accounts.code")

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("sign_up", form)


@accounts.route("/logga-in", methods=["GET", "POST"])
@access(PUBLIC)
def sign_in() -> Answer:
    if actor().is_signed_in:
        return redirect(web.safe_next(request.args.get("next"), door.home(actor())), 303)
    form = forms.SignInForm(next=request.args.get("next", ""))
    ended = door.key() is not None

    def attempt() -> Response:
        door.going_to(form.next.data)
        key = service.by_password(form.email.data, form.password.data, client=client(), browser=door.browser())
        return door.enter(key)

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("sign_in", form, ended=ended)


@accounts.route("/logga-in/lank", methods=["GET", "POST"])
@access(PUBLIC)
def ask_link() -> Answer:
    return _ask(Purpose.SIGN_IN, "ask_link")


@accounts.route("/glomt-losenord", methods=["GET", "POST"])
@access(PUBLIC)
def forgotten() -> Answer:
    return _ask(Purpose.RESET, "forgotten")


def _ask(purpose: Purpose, template: str) -> Answer:
    form = forms.AskForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        service.ask(form.email.data, purpose, client=client())
        door.going_to(form.next.data)
        session[door.ASKED_FOR] = form.email.data
        return go("accounts.code")
    return page(template, form)


@accounts.route("/logga-in/kod", methods=["GET", "POST"])
@access(PUBLIC)
def code() -> Answer:
    asked_for = session.get(door.ASKED_FOR, "")
    form = forms.CodeForm(email=asked_for)

    def attempt() -> Response:
        purpose, token = service.trade(form.email.data, form.code.data, client=client())
        if purpose is Purpose.SIGN_IN:
            return door.enter(service.by_link(token, browser=door.browser(), way="code"))
        return go("accounts.link", token=token)

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("code", form, asked_for=asked_for)


@accounts.route(f"/lank/<string(length={TOKEN_LENGTH}):token>", methods=["GET", "POST"])
@access(PUBLIC)
def link(token: str) -> Answer:
    """What a mail leads to: a page with a button. To open it changes nothing, however often a mail program does."""
    with db.reading():  # not in the unit, which shall not begin before a password is hashed
        found = queries.live_link(token)
    if found is None:
        return render_template("accounts/link_ended.html"), 410
    return LINKS[Purpose(found[0].purpose)](token, found[1])


def _confirm(token: str, person: Person) -> Answer:
    form = forms.ConfirmForm(name=person.name)

    def attempt() -> Response:
        newcomer = service.Newcomer(form.name.data, form.password.data or None)
        return door.enter(service.confirm(token, newcomer, browser=door.browser()))

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("link_confirm", form)


def _sign_in(token: str, _person: Person) -> Answer:
    form = forms.ButtonForm()

    def attempt() -> Response:
        return door.enter(service.by_link(token, browser=door.browser()))

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("link_sign_in", form)


def _reset(token: str, _person: Person) -> Answer:
    form = forms.ResetForm()

    def attempt() -> Response:
        key = service.reset(token, form.password.data, browser=door.browser())
        flash(_("Your password is changed. All other browsers are signed out."), "good")
        return door.enter(key)

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("link_reset", form)


def _new_email(token: str, person: Person) -> Answer:
    form = forms.ButtonForm()

    def attempt() -> Response:
        service.take_new_address(token, but=actor().session_key)
        flash(_("Your new e-mail address is in use. All other browsers are signed out."), "good")
        return go("me.home" if actor().is_signed_in else "accounts.sign_in")

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("link_new_email", form, address=person.new_email)


LINKS: dict[Purpose, Callable[[str, Person], Answer]] = {
    Purpose.CONFIRM: _confirm,
    Purpose.SIGN_IN: _sign_in,
    Purpose.RESET: _reset,
    Purpose.NEW_EMAIL: _new_email,
    Purpose.FRESH: lambda _token, _person: go("accounts.confirm_again"),
}


@accounts.route("/konto/e-post/kod", methods=["GET", "POST"])
@access(SIGNED_IN)
def new_address_code() -> Answer:
    form = forms.OwnCodeForm()

    def attempt() -> Response:
        return go("accounts.link", token=service.new_address_by_code(actor(), form.code.data))

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or page("own_code", form)


@accounts.route("/bekrafta-inloggning", methods=["GET", "POST"])
@access(SIGNED_IN)
def confirm_again() -> Answer:
    """Show once more who one is, with the password or with a code."""
    door.going_to(request.args.get("next"))
    by_password, by_code = forms.PasswordForm(), forms.OwnCodeForm()
    form: BaseForm = by_code if "code" in request.form else by_password

    def attempt() -> Response:
        if form is by_code:
            service.confirm_again_by_code(actor(), by_code.code.data)
        else:
            service.confirm_again(actor(), by_password.password.data)
        return redirect(web.safe_next(session.pop(door.NEXT, None), url_for("me.home")), 303)

    done = tried(form, attempt) if form.validate_on_submit() else None
    has_password = queries.has_password(actor())
    return done or page("confirm_again", form, by_password=by_password, by_code=by_code, has_password=has_password)


@accounts.route("/bekrafta-inloggning/kod", methods=["POST"])
@access(SIGNED_IN)
def ask_code() -> Answer:
    service.ask_code(actor(), client=client())
    flash(_("We have sent a code to your e-mail address."), "good")
    return go("accounts.confirm_again")


@accounts.route("/logga-ut", methods=["POST"])
@access(PUBLIC)
def sign_out() -> Answer:
    service.sign_out(actor())
    return door.leave()
