"""Administrators' pages: people and their roles, the log, the background jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import jobs as background
from app import subjects
from app.accounts import queries as accounts
from app.accounts import service as accounts_service
from app.accounts.models import Person
from app.accounts.routes import Answer, tried
from app.accounts.rules import Do as Accounts
from app.admin import queries, service
from app.admin.forms import BlockForm, GrantForm, LogForm, PeopleForm, RevokeForm
from app.admin.rules import Do
from app.permissions import require
from app.web import STAFF, access, actor, found, go

admin = Blueprint("admin", __name__, url_prefix="/admin")


def before() -> int | None:
    """The last id of the page before this one, from the address."""
    written = request.args.get("before", "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def older(rows: Sequence[Any], endpoint: str, asked: Mapping[str, Any]) -> str | None:
    """Where the next page is, when this one is full."""
    if len(rows) < queries.A_PAGE:
        return None
    return url_for(endpoint, before=rows[-1].id, **{name: value for name, value in asked.items() if value})


@admin.get("/anvandare")
@access(STAFF, Accounts.LIST)
def people() -> Answer:
    require(actor(), Accounts.LIST)
    form = PeopleForm(formdata=request.args)
    wanted = (form.q.data or "")[:100]
    rows = accounts.people(actor(), search=wanted, before=before(), most=queries.A_PAGE)
    held = accounts.grants_of(person.id for person in rows)
    return render_template(
        "admin/people.html", form=form, people=rows, held=held, older=older(rows, "admin.people", {"q": wanted})
    )


@admin.get("/anvandare/<int:person_id>")
@access(STAFF)
def person(person_id: int) -> Answer:
    one = _person(person_id)
    history = queries.history(subjects.key("person", one.id))
    titles = dict(queries.dialogues())
    lines = accounts.grant_history(one.id)
    return render_template("admin/person.html", person=one, lines=lines, titles=titles, history=history)


@admin.route("/anvandare/<int:person_id>/roll", methods=["GET", "POST"])
@access(STAFF)
def grant(person_id: int) -> Answer:
    one = _person(person_id)
    require(actor(), Accounts.GRANT)
    form = GrantForm()
    form.offer(queries.dialogues())

    def attempt() -> Response:
        accounts_service.grant(actor(), one.id, form.chosen, form.dialogue.data)
        flash(_("The role has been given."), "good")
        return go("admin.person", person_id=one.id)

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or _form("grant", form, one)


@admin.route("/anvandare/<int:person_id>/ta-tillbaka/<int:grant_id>", methods=["GET", "POST"])
@access(STAFF)
def revoke(person_id: int, grant_id: int) -> Answer:
    one = _person(person_id)
    require(actor(), Accounts.REVOKE)
    held = found(next((g for g in accounts.grants_of([one.id]).get(one.id, []) if g.id == grant_id), None))
    form = RevokeForm()

    def attempt() -> Response:
        accounts_service.revoke(actor(), held.id)
        flash(_("The role has been taken back, and the person is signed out everywhere."), "good")
        return go("admin.person", person_id=one.id)

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or _form("revoke", form, one, grant=held, titles=dict(queries.dialogues()))


@admin.route("/anvandare/<int:person_id>/sparra", methods=["GET", "POST"])
@access(STAFF)
def block(person_id: int) -> Answer:
    one = _person(person_id)
    require(actor(), Accounts.BLOCK)
    form = BlockForm()

    def attempt() -> Response:
        accounts_service.block(actor(), one.id, form.reason.data or "")
        flash(_("The account is blocked, and the person is signed out everywhere."), "good")
        return go("admin.person", person_id=one.id)

    done = tried(form, attempt) if form.validate_on_submit() else None
    return done or _form("block", form, one)


@admin.post("/anvandare/<int:person_id>/oppna")
@access(STAFF)
def unblock(person_id: int) -> Answer:
    accounts_service.unblock(actor(), _person(person_id).id)
    flash(_("The account is open again."), "good")
    return go("admin.person", person_id=person_id)


@admin.get("/logg")
@access(STAFF)
def log() -> Answer:
    require(actor(), Do.READ_LOG)
    form = LogForm(formdata=request.args)
    form.offer(queries.kinds(), queries.dialogues())
    event, chosen = form.event.data or "", form.dialogue.data or ""
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None
    lines = queries.log(event=event, dialogue_id=number, before=before())
    more = older(lines, "admin.log", {"event": event, "dialogue": number})
    return render_template("admin/log.html", form=form, lines=lines, older=more)


@admin.get("/jobb")
@access(STAFF)
def jobs() -> Answer:
    require(actor(), Do.READ_JOBS)
    dead = queries.dead_jobs(before())
    more = older(dead, "admin.jobs", {})
    return render_template(
        "admin/jobs.html", health=queries.health(), dead=dead, older=more, job_name=background.name_of
    )


@admin.post("/jobb/<int:job_id>/igen")
@access(STAFF)
def retry(job_id: int) -> Answer:
    if service.retry_job(actor(), job_id):
        flash(_("The job is tried again."), "good")
    else:
        flash(_("The job is not waiting for help any more."), "info")
    return go("admin.jobs")


def _person(person_id: int) -> Person:
    require(actor(), Accounts.LIST)
    one: Person = found(accounts.person(person_id))
    return one


def _form(template: str, form: Any, one: Person, **values: Any) -> Answer:
    written = render_template(f"admin/{template}.html", form=form, person=one, **values)
    return (written, 422) if request.method == "POST" else written
