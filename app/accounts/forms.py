"""The shape of what is written when one comes in."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, PasswordField

from app.accounts.core.names import LONGEST_NAME
from app.accounts.core.passwords import SHORTEST
from app.forms import BaseForm, EmailField, LineField, email_address, required
from app.i18n import lazy as _l

LONGEST_CODE = 40  # with whatever spaces and dashes it was pasted with
NAME_HINT = _l("Others see it beside what you write. It need not be your full name.")
PASSWORD_HINT = _l("At least %(least)s characters. Three or four words make a good password.", least=SHORTEST)


def new_password(label: Any, *validators: Any, description: Any = PASSWORD_HINT) -> PasswordField:
    """A field to choose a password in; what is typed is never sent back."""
    return PasswordField(label, validators, description=description, render_kw={"autocomplete": "new-password"})


def known_password(label: Any) -> PasswordField:
    """A field to write the password in that one has."""
    return PasswordField(label, [required(_l("Write your password."))], render_kw={"autocomplete": "current-password"})


def code_field() -> LineField:
    """The code of a mail, typed or pasted."""
    return LineField(
        _l("Code"),
        [required(_l("Write the code from the e-mail."))],
        longest=LONGEST_CODE,
        description=_l("8 letters and digits. Capitals and spaces do not matter."),
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "class": "code",
            "dir": "ltr",
        },
    )


def address_field(**kwargs: Any) -> EmailField:
    return EmailField(_l("E-mail address"), [required(_l("Write your e-mail address.")), email_address()], **kwargs)


def name_field() -> LineField:
    return LineField(
        _l("Display name"),
        [required(_l("Write the name that others will see."))],
        longest=LONGEST_NAME,
        description=NAME_HINT,
        render_kw={"autocomplete": "nickname"},
    )


class SignUpForm(BaseForm):
    """Asks for an account."""

    email = address_field()
    name = name_field()
    next = HiddenField()


class SignInForm(BaseForm):
    """Signs in with a password."""

    email = address_field(render_kw={"autocomplete": "username", "dir": "ltr"})
    password = known_password(_l("Password"))
    next = HiddenField()


class AskForm(BaseForm):
    """Asks for a mail."""

    email = address_field()
    next = HiddenField()


class CodeForm(BaseForm):
    """Takes the code of a mail."""

    email = address_field()
    code = code_field()


class OwnCodeForm(BaseForm):
    """Takes the code of a mail, from someone who is signed in."""

    code = code_field()


class ConfirmForm(BaseForm):
    """Begins to use an account."""

    name = name_field()
    password = new_password(
        _l("Password"),
        description=_l("At least %(least)s characters. Leave it empty to sign in by e-mail each time.", least=SHORTEST),
    )


class ResetForm(BaseForm):
    """Chooses a new password."""

    password = new_password(_l("New password"), required(_l("Write a new password.")))


class PasswordForm(BaseForm):
    """Shows once more who one is."""

    password = known_password(_l("Password"))


class ButtonForm(BaseForm):
    """A button and nothing else."""
