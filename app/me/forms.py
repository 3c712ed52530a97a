"""The shape of what one changes in one's own account."""

from __future__ import annotations

from wtforms import HiddenField, RadioField

from app import i18n
from app.accounts.forms import address_field, name_field, new_password
from app.forms import BaseForm, required
from app.i18n import lazy as _l


class ProfileForm(BaseForm):
    """The display name and the language of mails."""

    name = name_field()
    language = RadioField(
        _l("Language of e-mails"),
        [required(_l("Choose a language."))],
        choices=lambda: [(one.code, one.endonym) for one in i18n.shipped()],
    )


class NewPasswordForm(BaseForm):
    """A new password."""

    password = new_password(_l("New password"), required(_l("Write a new password.")))


class NewAddressForm(BaseForm):
    """A new address."""

    email = address_field()


class EndForm(BaseForm):
    """One session to end, by the hash that it is known by."""

    session = HiddenField()
