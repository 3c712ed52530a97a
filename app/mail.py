"""Mail through the job table: written in the unit, sent by the worker, in the reader's language.

A template `emails/<name>.txt` begins with `Subject: …`; the HTML part is made from the same paragraphs.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from email_validator import EmailNotValidError, validate_email
from flask import current_app

from app import db, i18n, jobs
from app.i18n import lazy_p

TIMEOUT = 10  # seconds for each step of the talk with the mail server
LEASE = timedelta(minutes=2)  # a dozen such steps: a slow server is no reason to send the same mail twice
LINK = re.compile(r"^https?://\S+$")
Arrived = Callable[[int, bool], None]  # number of what the mail reports to; whether a mail server has taken it
_logs: dict[str, Arrived] = {}


def keep_log(kind: str, arrived: Arrived) -> None:
    """Mails that report to `kind` are told of here, in a unit of its own: taken by a mail server, or never will be.

    What they report to is "delivery:17". Raises ValueError where the kind has another log.
    """
    if _logs.setdefault(kind, arrived) is not arrived:
        raise ValueError(f"two logs of mails for {kind}")


def post(
    template: str,
    to: str,
    language: i18n.Language,
    *,
    dedupe: str | None = None,
    reports_to: str | None = None,
    **facts: Any,
) -> None:
    """Plan a mail in the open unit. `facts` are plain values, and never secrets: they rest in the job row.

    A one-time link is not planned here: its own job makes the secret at the moment of sending.
    """
    jobs.enqueue("mail.send", _args(template, to, language, facts, reports_to), dedupe=dedupe)


@dataclass(frozen=True)
class Letter:
    """One of several mails with the same words: its address, its language, and what it reports to, if anything."""

    to: str
    language: i18n.Language
    reports_to: str | None = None


def post_each(template: str, letters: Mapping[str, Letter], facts: Mapping[str, Any]) -> int:
    """Plan the same mail to several, each by a key of its own, in the open unit.

    One that was planned before under its key is not planned again. Returns how many were new.
    """
    args = {key: _args(template, one.to, one.language, facts, one.reports_to) for key, one in letters.items()}
    return jobs.enqueue_each("mail.send", args)


def _args(
    template: str, to: str, language: i18n.Language, facts: Mapping[str, Any], reports_to: str | None
) -> dict[str, Any]:
    args = {"template": template, "to": to, "language": language.code, "facts": dict(facts)}
    return args if reports_to is None else {**args, "reports_to": reports_to}


@jobs.job("mail.send", own_units=True, lease=LEASE, name=lazy_p("job", "e-mail"))
def send_planned(run: jobs.Run) -> None:
    args, reports_to = run.args, run.args.get("reports_to")
    try:
        deliver(args["template"], args["to"], i18n.named(args["language"]), key=f"job-{run.id}", **args["facts"])
    except (smtplib.SMTPException, OSError) as problem:
        never = reports_to is not None and _is_permanent(problem)
        if never or run.is_last:
            _report(reports_to, arrived=False)
        if not never:
            raise
    else:
        _report(reports_to, arrived=True)


def _report(to: str | None, *, arrived: bool) -> None:
    kind, _, number = (to or "").partition(":")
    if kind in _logs:
        with db.unit():
            _logs[kind](int(number), arrived)


def _is_permanent(problem: Exception) -> bool:
    """Whether the mail server says that the address will never take the mail (RFC 5321: 5yz): nobody tries again."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(500 <= code <= 599 for code, _ in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and 500 <= problem.smtp_code <= 599


def deliver(template: str, to: str, language: i18n.Language, *, key: str, **facts: Any) -> None:
    """Render and hand over one mail now. `key` makes its Message-ID, so that a second try is seen as the same mail.

    Raises smtplib.SMTPException or OSError; the job that called is then tried again.
    """
    message = written(template, to, language, key=key, **facts)
    settings = current_app.config["SETTINGS"]
    if settings.smtp_url is None:
        _keep(message, settings.files_path.parent / "mail", key)
    else:
        _hand_over(message, settings.smtp_url)


def written(template: str, to: str, language: i18n.Language, *, key: str, **facts: Any) -> EmailMessage:
    """The mail as it will be sent."""
    settings = current_app.config["SETTINGS"]
    with i18n.speaking(language):
        names = {"base_url": settings.base_url, "lang": language}
        text = _rendered(f"emails/{template}.txt", {**names, **facts})
        head, _, body = text.partition("\n\n")
        subject = " ".join(head.removeprefix("Subject:").split())
        html = _rendered("emails/base.html", {**names, "subject": subject, "paragraphs": _paragraphs(body)})
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = settings.mail_from
    message["To"] = _deliverable(to)
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{key}@{urlsplit(settings.base_url).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n")
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = language.tag  # last: setting the content drops Content-* headers
    return message


def _deliverable(address: str) -> str:
    """The address with its domain as every mail server takes it: räksmörgås.se is xn--rksmrgs-5wao1o.se."""
    if address.isascii():
        return address
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return address
    return f"{found.local_part}@{found.ascii_domain}"


def _rendered(name: str, names: dict[str, Any]) -> str:
    # Not render_template: a worker answers no request, so nothing of one is at hand.
    return current_app.jinja_env.get_template(name).render(names)


def _paragraphs(body: str) -> list[dict[str, str | bool]]:
    parts = [" ".join(part.split()) for part in body.strip().split("\n\n")]
    return [{"text": part, "is_link": bool(LINK.match(part))} for part in parts if part]


def _keep(message: EmailMessage, folder: Path, key: str) -> None:
    """Without a mail server (one's own machine) mails are files that one can open."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}.eml").write_bytes(message.as_bytes())


def _hand_over(message: EmailMessage, url: str) -> None:
    where = urlsplit(url)
    host, secure = where.hostname or "localhost", where.scheme == "smtps"
    context = ssl.create_default_context()
    if secure:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, where.port or 25, timeout=TIMEOUT)
    with server:
        if not secure and "starttls" in where.query:
            server.starttls(context=context)
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(message)
