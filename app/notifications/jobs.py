"""Planning the mails of an event that many hear of."""

from __future__ import annotations

import hashlib

from app import db, events, i18n, jobs, mail
from app.accounts.core.addresses import key_of
from app.i18n import lazy_p
from app.ladder import Notice, Recipient
from app.notifications import service


@jobs.job(service.JOB, own_units=True, name=lazy_p("job", "e-mails to many"))
def fan_out(run: jobs.Run) -> None:
    """Plan a mail to each who hears of the event, a page in each unit.

    Again after a crash: each mail is planned under a key of this telling and its recipient, so nobody gets it twice.
    """
    event = events.restored(run.args)
    notice = service.notices_for(type(event))[run.args["notice"]]
    told = set(run.args["told"])
    with db.reading():
        everyone = [one for one in service.distinct(notice.recipients(event)) if key_of(one.email) not in told]
    for start in range(0, len(everyone), service.A_PAGE):
        run.still_mine()
        page = everyone[start : start + service.A_PAGE]
        with db.unit():
            logged = notice.log(event, page)
            letters = {
                _key(run, notice, one): mail.Letter(one.email, i18n.named(one.language), logged.get(key_of(one.email)))
                for one in page
            }
            mail.post_each(notice.template or "", letters, run.args["words"])


def _key(run: jobs.Run, notice: Notice, recipient: Recipient) -> str:
    """Names one mail of this telling, with the address in a form that tells nothing and fits."""
    address = hashlib.sha256(key_of(recipient.email).encode()).hexdigest()
    return f"telling:{run.args['telling']}:{notice.template}:{address}"
