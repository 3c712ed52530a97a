"""One-time mails: the secret is made here, in memory, at the moment of sending."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import db, i18n, jobs, mail
from app.accounts import service
from app.accounts.purposes import Purpose
from app.accounts.service.links import JOB, Made
from app.i18n import lazy_p

CODE_PAGES = {Purpose.NEW_EMAIL: "accounts.new_address_code", Purpose.FRESH: "accounts.confirm_again"}


@jobs.job(JOB, own_units=True, lease=mail.LEASE, name=lazy_p("job", "e-mail with a one-time link"))
def send_link(run: jobs.Run) -> None:
    """Send one mail; a second try sends a new secret and ends the first."""
    person_id, purpose = run.args["person_id"], Purpose(run.args["purpose"])
    if person_id is None:
        return  # there is no such account, and the request took as long as if there were
    with db.unit():
        made = service.make(person_id, purpose)
    if made is not None:
        language = i18n.named(made.language)
        key = f"link-{run.id}-{made.id}"
        mail.deliver(made.template, made.to, language, key=key, **_facts(made, purpose, language))


def _facts(made: Made, purpose: Purpose, language: i18n.Language) -> dict[str, Any]:
    code_page = CODE_PAGES.get(purpose, "accounts.code")
    facts = {"code": made.code, "code_url": _url(language, code_page)}
    return {**facts, "url": _url(language, "accounts.link", token=made.token)} if made.token else facts


def _url(language: i18n.Language, endpoint: str, **values: Any) -> str:
    """An absolute address from the settings alone: no request is asked for its host."""
    base = current_app.config["SETTINGS"].base_url
    prefix = f"/{language.prefix}" if language.prefix else ""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{base}{prefix}{path}"
