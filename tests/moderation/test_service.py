"""Decisions and reports: who may, what is written down, and who is told."""

import pytest
from sqlalchemy import select

from app import db
from app.audit import AuditEntry
from app.jobs import Job
from app.limits import TooMany
from app.moderation import queries, service
from app.moderation.models import Report, Ruling, RulingChanged
from app.moderation.queries import Tab
from app.moderation.rules import Do
from app.moderation.service import Seen
from app.permissions import GUEST, Refusal, Role, can
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.moderation import make_leaflet
from tests.factories.people import actor_of, make_actor, make_person


def item_of(leaflet, actor):
    found = queries.item(leaflet.id, actor)
    assert found is not None
    return found


def seen(item, report_id=0):
    return Seen(item.review.version, report_id)


def mails():
    jobs = db.session().scalars(select(Job).where(Job.kind == "mail.send").order_by(Job.id))
    return [job.args for job in jobs]


def happened():
    return [entry.event for entry in db.session().scalars(select(AuditEntry).order_by(AuditEntry.id))]


def report(actor, leaflet, *, client="192.0.2.1", ground="insult"):
    service.report(actor, leaflet.id, ground=ground, note="", client=client)


def test_what_waits_is_shown_and_nobody_is_written_to(unit):
    moderator = make_actor(Role.MODERATOR)
    item = item_of(make_leaflet(author=make_person()), moderator)
    service.show(moderator, item, seen(item))
    assert item.review.is_shown
    assert happened() == ["ItemShown"]
    assert mails() == []


def test_what_is_hidden_is_told_to_its_author_in_their_language_with_the_rule(unit):
    moderator = make_actor(Role.MODERATOR)
    author = make_person(language="ar")
    item = item_of(make_leaflet("Dumma dig", author=author), moderator)
    service.hide(moderator, item, seen(item), ground="insult", note="Skriv om saken i stället.")
    assert item.review.state == State.HIDDEN
    assert happened() == ["ItemHidden"]
    (mail,) = mails()
    assert (mail["to"], mail["language"], mail["template"]) == (author.email, "ar", "moderation_hidden")
    assert mail["facts"] == {
        "quote": "Dumma dig",
        "context": "Vad är viktigast för dig?",
        "ground": "insult",
        "note": "Skriv om saken i stället.",
    }


def test_a_hidden_text_is_restored_and_its_author_told(unit):
    moderator = make_actor(Role.MODERATOR)
    item = item_of(make_leaflet(author=make_person()), moderator)
    service.hide(moderator, item, seen(item), ground="spam")
    service.show(moderator, item, seen(item))
    assert item.review.is_shown
    assert [mail["template"] for mail in mails()] == ["moderation_hidden", "moderation_restored"]
    assert happened() == ["ItemHidden", "ItemRestored"]
    assert [made.ruling.outcome for made in queries.rulings(item.id)] == ["hidden", "shown"]


def test_a_text_without_a_known_author_is_hidden_without_a_mail(unit):
    moderator = make_actor(Role.MODERATOR)
    item = item_of(make_leaflet(), moderator)
    service.hide(moderator, item, seen(item), ground="threat")
    assert mails() == []


def test_nobody_judges_their_own_text(unit):
    person = make_person(Role.MODERATOR)
    actor = actor_of(person, Role.MODERATOR)
    item = item_of(make_leaflet(author=person), actor)
    with pytest.raises(Refusal, match="own_text"):
        service.show(actor, item, seen(item))
    assert not can(actor, Do.DECIDE, item)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MODERATOR])
def test_other_roles_do_not_decide(unit, role):
    moderator = make_actor(Role.MODERATOR)
    item = item_of(make_leaflet(), moderator)
    with pytest.raises(Refusal, match="role"):
        service.show(make_actor(role), item, seen(item))
    with pytest.raises(Refusal, match="role"):
        service.show_several(make_actor(role), [(item.id, 1)])


def test_a_moderator_of_one_dialogue_neither_sees_nor_decides_in_another(unit):
    mine, other = make_dialogue(), make_dialogue()
    actor = make_actor(Role.MODERATOR, dialogue_id=mine.id)
    hers = make_leaflet(dialogue_id=other.id)
    site_wide = make_leaflet()
    his = make_leaflet(dialogue_id=mine.id)
    assert queries.item(hers.id, actor) is None
    assert queries.item(site_wide.id, actor) is None
    assert [i.id for i in queries.page(Tab.WAITING, actor).items] == [his.id]
    assert queries.counts(actor)[Tab.WAITING] == 1
    everywhere = make_actor(Role.MODERATOR)
    item = item_of(hers, everywhere)
    with pytest.raises(Refusal):
        service.hide(actor, item, seen(item), ground="insult")


def test_visible_to_agrees_with_the_rule_row_by_row(unit):
    mine, other = make_dialogue(), make_dialogue()
    leaflets = [make_leaflet(dialogue_id=where) for where in (mine.id, other.id, None)]
    for actor in (make_actor(Role.MODERATOR), make_actor(Role.MODERATOR, dialogue_id=mine.id), make_actor(), GUEST):
        rows = set(db.session().scalars(queries.visible_to(actor)))
        assert {leaf.id for leaf in leaflets if leaf.review in rows} == {
            leaf.id for leaf in leaflets if can(actor, Do.SEE, leaf.review)
        }


def test_the_second_moderator_is_told_what_the_first_decided(unit):
    first, second = make_actor(Role.MODERATOR), make_actor(Role.MODERATOR)
    item = item_of(make_leaflet(), first)
    before = seen(item)
    service.hide(first, item, before, ground="insult")
    with pytest.raises(service.AlreadyDecided) as told:
        service.show(second, item_of(item, second), before)
    assert told.value.last is not None
    assert (told.value.last.ruling.outcome, told.value.last.ruling.ground) == ("hidden", "insult")
    assert len(queries.rulings(item.id)) == 1


def test_what_is_hidden_is_not_hidden_again_and_a_shown_one_not_shown_again(unit):
    moderator = make_actor(Role.MODERATOR)
    item = item_of(make_leaflet(shown=True), moderator)
    with pytest.raises(service.AlreadyDecided):
        service.show(moderator, item, seen(item))
    service.hide(moderator, item, seen(item), ground="insult")
    with pytest.raises(service.AlreadyDecided):
        service.hide(moderator, item, seen(item), ground="spam")


def test_rulings_are_append_only(unit):
    moderator = make_actor(Role.MODERATOR)
    item = item_of(make_leaflet(), moderator)
    service.show(moderator, item, seen(item))
    ruling = db.session().scalars(select(Ruling)).one()
    ruling.note = "changed"
    with pytest.raises(RulingChanged):
        db.session().flush()
    db.session().rollback()


def test_a_report_is_counted_and_does_not_look_like_a_decision(app):
    with db.unit():
        leaflet = make_leaflet(shown=True)
        moderator = make_actor(Role.MODERATOR)
        before = seen(item_of(leaflet, moderator))
    with db.unit():
        report(GUEST, leaflet)
    with db.unit():
        item = item_of(leaflet, moderator)
        assert (item.review.reports, item.review.version) == (1, before.version)
        assert queries.counts(moderator)[Tab.REPORTED] == 1
        assert [i.id for i in queries.page(Tab.REPORTED, moderator).items] == [leaflet.id]
        service.hide(moderator, item, before, ground="insult")
        assert item.review.reports == 0
        assert db.session().scalars(select(Report.handled_at)).one() is not None


def test_a_report_that_came_while_the_moderator_read_stays_in_the_queue(app):
    with db.unit():
        leaflet = make_leaflet(shown=True)
        moderator = make_actor(Role.MODERATOR)
    with db.unit():
        report(GUEST, leaflet)
    with db.unit():
        first = seen(item_of(leaflet, moderator), queries.reports(leaflet.id)[-1].id)
    with db.unit():
        report(GUEST, leaflet, ground="threat")
    with db.unit():
        item = item_of(leaflet, moderator)
        service.show(moderator, item, first)
        assert item.review.is_shown
        assert item.review.reports == 1
        assert queries.counts(moderator)[Tab.REPORTED] == 1


def test_one_person_reports_a_text_once(app):
    with db.unit():
        leaflet, actor = make_leaflet(shown=True), make_actor()
    with db.unit():
        report(actor, leaflet)
    with pytest.raises(service.AlreadyReported), db.unit():
        report(actor, leaflet)
    with db.unit():
        assert len(queries.reports(leaflet.id)) == 1
        entry = db.session().scalars(select(AuditEntry).filter_by(event="ItemReported")).one()
        assert entry.actor_id is None


@pytest.mark.parametrize("circumstance", ["waiting", "hidden", "secret", "missing", "no rule"])
def test_what_one_cannot_see_cannot_be_reported(app, circumstance):
    with db.unit():
        leaflet = make_leaflet(shown=circumstance != "waiting", secret=circumstance == "secret")
        if circumstance == "hidden":
            leaflet.review.state = State.HIDDEN
        number = leaflet.id if circumstance != "missing" else leaflet.id + 99
    ground = "insult" if circumstance != "no rule" else "boring"
    wanted = KeyError if circumstance == "no rule" else service.NothingToReport
    with pytest.raises(wanted), db.unit():
        service.report(GUEST, number, ground=ground, note="", client="192.0.2.1")


def test_ten_reports_an_hour_from_one_address(app):
    with db.unit():
        leaflet = make_leaflet(shown=True)
    for _ in range(10):
        with db.unit():
            report(GUEST, leaflet)
    with pytest.raises(TooMany), db.unit():
        report(GUEST, leaflet)
    with db.unit():
        report(GUEST, leaflet, client="192.0.2.2")


def test_several_are_shown_at_once_but_neither_ones_own_nor_what_a_colleague_decided(unit):
    person = make_person(Role.MODERATOR)
    actor, colleague = actor_of(person, Role.MODERATOR), make_actor(Role.MODERATOR)
    two = [make_leaflet(), make_leaflet()]
    own, taken = make_leaflet(author=person), make_leaflet()
    chosen = [(leaf.id, leaf.review.version) for leaf in (*two, own, taken)]
    item = item_of(taken, colleague)
    service.hide(colleague, item, seen(item), ground="spam")
    assert service.show_several(actor, chosen) == (2, 2)
    assert [leaf.review.state for leaf in (*two, own, taken)] == ["shown", "shown", "waiting", "hidden"]


def test_at_most_fifty_at_once(unit):
    actor = make_actor(Role.MODERATOR)
    leaflets = [make_leaflet() for _ in range(52)]
    assert service.show_several(actor, [(leaf.id, 1) for leaf in leaflets]) == (50, 0)
    assert queries.counts(actor)[Tab.WAITING] == 2


def test_pages_go_on_from_where_the_last_one_ended_and_back(unit):
    actor = make_actor(Role.MODERATOR)
    ids = [make_leaflet().id for _ in range(7)]
    first = queries.page(Tab.WAITING, actor, size=3)
    assert ([i.id for i in first.items], first.before, first.after) == (ids[:3], None, ids[2])
    second = queries.page(Tab.WAITING, actor, size=3, after=first.after)
    assert [i.id for i in second.items] == ids[3:6]
    third = queries.page(Tab.WAITING, actor, size=3, after=second.after)
    assert ([i.id for i in third.items], third.before, third.after) == (ids[6:], ids[6], None)
    back = queries.page(Tab.WAITING, actor, size=3, before=third.before)
    assert ([i.id for i in back.items], back.after) == (ids[3:6], ids[5])
    start = queries.page(Tab.WAITING, actor, size=3, before=back.before)
    assert ([i.id for i in start.items], start.before, start.after) == (ids[:3], None, ids[2])


def test_hidden_ones_come_newest_first(unit):
    actor = make_actor(Role.MODERATOR)
    leaflets = [make_leaflet() for _ in range(4)]
    for leaflet in leaflets:
        leaflet.review.state = State.HIDDEN
    db.session().flush()
    ids = [leaflet.id for leaflet in reversed(leaflets)]
    first = queries.page(Tab.HIDDEN, actor, size=3)
    assert ([i.id for i in first.items], first.before) == (ids[:3], None)
    second = queries.page(Tab.HIDDEN, actor, size=3, after=first.after)
    assert [i.id for i in second.items] == ids[3:]
    assert [i.id for i in queries.page(Tab.HIDDEN, actor, size=3, before=second.before).items] == ids[:3]
