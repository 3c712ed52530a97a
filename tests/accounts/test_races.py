"""Several at once: one code, one mail, one administrator, one limit."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import db
from app.accounts import service
from app.accounts.models import OneTimeLink, RoleGrant, SignInSession
from app.accounts.purposes import Purpose
from app.accounts.service import Declined
from app.permissions import SYSTEM, Role
from tests.factories.people import make_person

pytestmark = pytest.mark.race
ROOT = Path(__file__).parents[2]
AT_ONCE = 12


def at_once(the_app, *attempts: Callable[[], object]) -> Counter[str]:
    """Run all at the same time, each in a unit of its own; how many ended in which way."""
    ends: Counter[str] = Counter()
    gate = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        with the_app.app_context():
            gate.wait()
            try:
                with db.unit():
                    attempt()
            except Exception as problem:  # whatever it is, it is counted
                ends[type(problem).__name__] += 1
            else:
                ends["well"] += 1

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def rows(model: type[db.Base]) -> int:
    with db.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_a_link_used_by_many_at_once_opens_one_session(the_app, own_database):
    with db.unit():
        made = service.make(make_person().id, Purpose.SIGN_IN)
    assert made is not None
    ends = at_once(the_app, *[lambda: service.by_link(made.token, browser="")] * AT_ONCE)
    assert ends == {"well": 1, "Declined": AT_ONCE - 1}
    assert rows(SignInSession) == 1


def test_a_code_typed_by_many_at_once_opens_one_session(the_app, own_database):
    with db.unit():
        person = make_person()
        made = service.make(person.id, Purpose.SIGN_IN)
    assert made is not None
    attempts = range(8)  # below the limit of tries

    def attempt() -> None:
        _, token = service.trade(person.email, made.code, client="")
        service.by_link(token, browser="")

    ends = at_once(the_app, *[attempt for _ in attempts])
    assert ends == {"well": 1, "Declined": len(attempts) - 1}
    assert rows(SignInSession) == 1


def test_a_newer_mail_ends_the_older_one(the_app, own_database):
    with db.unit():
        person = make_person()
        first, second = service.make(person.id, Purpose.SIGN_IN), service.make(person.id, Purpose.SIGN_IN)
    assert first is not None
    assert second is not None
    with pytest.raises(Declined), db.unit():
        service.by_link(first.token, browser="")
    with db.unit():
        service.by_link(second.token, browser="")
    with db.reading() as session:
        assert None not in session.scalars(select(OneTimeLink.used_at)).all()


def test_two_administrators_who_take_the_role_from_each_other_leave_one(the_app, own_database):
    with db.unit() as session:
        ids = [make_person(Role.ADMINISTRATOR).id for _ in range(2)]
        grants = [session.scalars(select(RoleGrant.id).filter_by(person_id=number)).one() for number in ids]
    ends = at_once(the_app, *[lambda one=one: service.revoke(SYSTEM, one) for one in grants])
    assert ends == {"well": 1, "Declined": 1}


def test_one_address_signed_up_by_many_at_once_is_one_account(the_app, own_database):
    with db.unit():
        pass
    ends = at_once(
        the_app, *[lambda n=n: service.sign_up("ny@example.se", "Ny", "sv", client=str(n)) for n in range(3)]
    )
    assert ends == {"well": 3}


SPENDER = """
import json, sys
from datetime import timedelta
from app import db, limits
db.connect(sys.argv[1])
limit, seen = limits.Limit("shared", 10, timedelta(days=365)), []
for _ in range(10):
    try:
        limits.spend(limit, "a")
        seen.append(1)
    except limits.TooMany:
        seen.append(0)
print(json.dumps(sum(seen)))
"""


def test_a_limit_holds_over_several_processes(the_app, own_database):
    url = db.engine().url.render_as_string(hide_password=False)
    workers = [
        subprocess.Popen([sys.executable, "-c", SPENDER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert sum(json.loads(worker.communicate()[0]) for worker in workers) == 10
