"""The forum as people meet it: reading without a cookie, writing through forms, and every state of a post."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from app import clock, db, limits, richtext
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.dialogues.stages import Stage
from app.levels.discussion.threads import service
from app.levels.discussion.threads.models import Thread
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.service import Seen
from app.permissions import Role
from app.reviews.models import Reviewable, State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor, make_person
from tests.factories.threads import make_thread, place, post
from tests.visitor import Visitor

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202edrow esrever",
    "a" * 5000,
    "%(name)s %s %n",
    "<svg/onload=alert(1)>",
]


def scene(stage=Stage.OPEN, **fields):
    """A dialogue with a thread, and the address of the thread."""
    dialogue = make_dialogue(stage, level="discussion")
    thread = make_thread(dialogue, **fields)
    return dialogue, thread, f"/dialoger/{dialogue.id}-drottninggatan/forum/{thread.id}"


def texts_of(page):
    return [" ".join("".join(e.itertext()).split()) for e in page.find_all("article")]


def posts():
    with db.reading() as session:
        return session.scalars(select(Contribution).order_by(Contribution.id)).all()


def test_reading_leaves_no_cookie_and_writing_asks_for_an_account(visitor):
    with db.unit():
        _dialogue, thread, address = scene()
        post(thread)
    assert "Vad gör gatan trygg?" in visitor.get(address.rpartition("/")[0]).words
    page = visitor.get(address)
    assert "Mer ljus vid stationen." in page.words
    assert "Set-Cookie" not in page.headers
    assert any("/logga-in" in link and "next=" in link for link in page.links())
    page = visitor.post(address, {"text": "Signed out while writing"})
    assert page.status == 403
    assert "Signed out while writing" in page.text
    assert visitor.get(f"{address}/svara/1").status == 403
    assert len(posts()) == 1


def test_a_resident_writes_answers_changes_and_takes_away(visitor):
    with db.unit():
        me = make_person(name="Kim Lund")
        _dialogue, thread, address = scene()
        other = post(thread, "Mer ljus vid stationen.")
    visitor.sign_in_as(me)
    visitor.get(address)
    page = visitor.submit({"text": "  "}, holding="text")
    assert page.status == 422
    assert page.title.startswith("Error:")
    page = visitor.submit({"text": "Fler bänkar.\nMed armstöd.", "language": "sv"}, holding="text")
    assert page.status == 200
    assert "Fler bänkar. Med armstöd." in page.words
    visitor.get(f"{address}/svara/{other.id}")
    page = visitor.submit({"text": "نعم، المزيد من الضوء.", "language": "ar", "quotes": "y"}, holding="quotes")
    said = [e for e in page.find_all("p") if "".join(e.itertext()) == "نعم، المزيد من الضوء."]
    assert [(e.get("lang"), e.get("dir")) for e in said] == [("ar", "auto")]
    (quoted,) = page.find_all("blockquote")
    assert (quoted.get("lang"), quoted.get("dir")) == ("sv", "auto")
    mine = posts()[-1]
    assert (mine.parent_id, mine.quotes_parent, mine.person_id) == (other.id, True, me.id)
    visitor.get(f"{address}/inlagg/{mine.id}/andra")
    page = visitor.submit({"text": "Nej."}, holding="text")
    assert "changed afterwards" in page.words
    visitor.get(f"{address}/inlagg/{mine.id}/ta-bort")
    page = visitor.submit()
    assert "Taken away by its author" in page.words
    assert "Nej." not in page.words
    assert visitor.get(f"{address}/inlagg/{mine.id}/andra").status in (403, 404)


def test_a_form_sent_twice_leads_to_the_same_post(visitor):
    with db.unit():
        me = make_person()
        _dialogue, _thread, address = scene()
    visitor.sign_in_as(me)
    visitor.get(address)
    first = visitor.page
    visitor.submit({"text": "Fler bänkar."}, holding="text")
    visitor.page = first
    page = visitor.submit({"text": "Fler bänkar."}, holding="text")
    assert page.status == 200
    assert len(posts()) == 1


def test_what_others_may_not_change_stays(visitor):
    with db.unit():
        me = make_person()
        _dialogue, thread, address = scene()
        other = post(thread)
    visitor.sign_in_as(me)
    for path in ("andra", "ta-bort"):
        assert visitor.get(f"{address}/inlagg/{other.id}/{path}").status == 403
    visitor.get(address)
    extra = {"role": "elected", "person_id": "1", "name": "Kungen", "shown_at": "2020-01-01", "state": "hidden",
             "registered_by": "1", "channel": "paper", "position": "1", "parent_id": other.id}  # fmt: skip
    visitor.submit({"text": "Hej", **extra}, holding="text")
    mine = posts()[-1]
    assert (mine.role, mine.person_id, mine.name, mine.channel, mine.parent_id) == ("", me.id, me.name, "web", None)


def test_officials_and_elected_are_marked_in_words(visitor):
    with db.unit():
        _dialogue, thread, address = scene()
        post(thread)
        service.write(make_actor(Role.ELECTED), thread, service.Draft("Tack.", "sv", "Erik"))
        service.write(make_actor(Role.OFFICIAL), thread, service.Draft("Tack.", "sv", "Anna"))
    marks = ["Elected representative" in one or "Dialogue lead" in one for one in texts_of(visitor.get(address))]
    assert marks == [False, True, True]


def test_a_hidden_post_leaves_its_place_its_ground_and_the_answers(visitor):
    with db.unit():
        dialogue, thread, address = scene()
        bad = post(thread, "KANARIE dumma människor", by=make_person(name="Illvillig Person"))
        post(thread, "Så kan man inte skriva.", parent=bad, quotes=True)
        moderator = make_actor(Role.MODERATOR)
        item = moderation.item(bad.review_id, moderator)
        moderators.hide(moderator, item, Seen(item.review.version), ground="insult")
    for path in (address, f"{address}?ordning=nyast", f"{address}/inlagg/{bad.id}", f"/dialoger/{dialogue.id}"):
        page = visitor.get(path)
        assert page.status == 200
        assert "KANARIE" not in page.text
        assert "Illvillig" not in page.text
    page = visitor.get(address)
    assert "A text must not insult anyone" in page.words
    assert "Så kan man inte skriva." in page.words
    assert "Answer to a text that is not shown any more" in page.words
    assert visitor.get(f"/anmal/{bad.review_id}").status == 404


def test_what_waits_is_seen_by_its_author_alone(visitor, the_app):
    with db.unit():
        me = make_person()
        _dialogue, thread, address = scene(reads_first=True)
        waiting = post(thread, "KANARIE", by=me)
    assert "KANARIE" not in visitor.get(address).text
    assert visitor.get(f"{address}/inlagg/{waiting.id}").status == 404
    other = Visitor(the_app)
    with db.unit():
        other.sign_in_as(make_person())
    assert other.get(f"{address}/svara/{waiting.id}").status == 404
    author = Visitor(the_app).sign_in_as(me)
    page = author.get(f"{address}/inlagg/{waiting.id}")
    assert "KANARIE" in page.text
    assert "Waiting for a moderator" in page.words


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.PAUSED, Stage.ANNOUNCED, Stage.COMPILED, Stage.ARCHIVED])
def test_everything_can_be_read_when_nothing_can_be_written(visitor, stage):
    with db.unit():
        me = make_person()
        _dialogue, thread, address = scene(stage)
        one = place(thread, "Mer ljus.")
    visitor.sign_in_as(me)
    page = visitor.get(address)
    assert "Mer ljus." in page.words
    assert not [f for f in page.find_all("form") if f.get("action") == address]
    assert visitor.get(f"{address}/svara/{one.id}").status == 403


def test_a_stale_form_stores_nothing_after_the_closing(visitor):
    with db.unit():
        me = make_person()
        _dialogue, _thread, address = scene()
    visitor.sign_in_as(me)
    visitor.get(address)
    clock.shift(timedelta(days=7, seconds=1))
    visitor.sign_in_as(me)
    page = visitor.submit({"text": "För sent"}, holding="text")
    assert page.status == 403
    assert posts() == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text(visitor, hostile):
    with db.unit():
        me = make_person(name=hostile[:80])
        _dialogue, _thread, address = scene(title=hostile[:160], lead=hostile[:400])
    visitor.sign_in_as(me)
    visitor.get(address)
    page = visitor.submit({"text": hostile}, holding="text")
    assert page.status == 200
    for markup in ("<script>alert", "<img src=x", "<svg/onload", 'href="javascript:'):
        assert markup not in page.text
    assert " ".join(richtext.plain(hostile).split()) in texts_of(page)[0]
    assert visitor.get("/konto").status == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(text=st.text(max_size=200), language=st.text(max_size=10), key=st.text(max_size=80), quotes=st.text(max_size=5))
def test_whatever_is_sent_is_taken_or_refused(visitor, text, language, key, quotes):
    with db.unit():
        me = make_person()
        _dialogue, thread, address = scene()
        answered = place(thread)
    visitor.sign_in_as(me)
    for path, fields in ((address, {}), (f"{address}/svara/{answered.id}", {"quotes": quotes})):
        visitor.get(path)
        page = visitor.submit({"text": text, "language": language, "key": key, **fields}, holding="text")
        assert page.status in (200, 400, 422)


@pytest.mark.parametrize("name", ["efter", "fore", "fran", "ordning"])
@pytest.mark.parametrize("value", ["", "x", "1", "0.0", "2147483647.2147483647", "-1.-1", "9" * 40, "1.1.1", "<b>x"])
def test_odd_places_lead_somewhere(visitor, name, value):
    with db.unit():
        _dialogue, thread, address = scene()
        post(thread)
    page = visitor.get(address, query_string={name: value})
    assert page.status == 200
    assert "<b>x" not in page.text


def test_ids_of_elsewhere_are_not_found(visitor):
    with db.unit():
        dialogue, thread, address = scene()
        hidden_dialogue, hidden_thread, hidden = scene(Stage.IDEA)
        other = place(make_thread(dialogue))
        far = place(hidden_thread)
    assert visitor.get(hidden).status == 404
    assert visitor.get(f"/dialoger/{hidden_dialogue.id}-x/forum").status == 404
    assert visitor.get(f"/dialoger/{dialogue.id}-x/forum/{hidden_thread.id}").status == 404
    assert visitor.get(f"{address}/inlagg/{other.id}").status == 404
    assert visitor.get(f"{address}/inlagg/{far.id}").status == 404
    assert visitor.get(f"{address}/inlagg/999999").status == 404
    assert visitor.get(f"{hidden}/inlagg/{far.id}").status == 404
    assert thread.id != other.container_id


def test_a_posts_address_always_lands_on_it(visitor):
    with db.unit():
        _dialogue, thread, address = scene()
        roots = [place(thread, f"Rot {number}") for number in range(45)]
        late = place(thread, "Ett sent svar", parent=roots[2])
        gone = place(thread, "Borta", parent=roots[40])
        engine.take_away(gone)
    for row in (roots[0], roots[19], roots[20], roots[44], late, gone):
        page = visitor.get(f"{address}/inlagg/{row.id}")
        assert f"inlagg-{row.id}" in {e.get("id") for e in page.find_all("article")}


def test_pages_lead_to_each_other(visitor):
    with db.unit():
        _dialogue, thread, address = scene()
        for number in range(45):
            place(thread, f"Inlägg nummer {number}.")
    for start, word in ((address, "efter="), (f"{address}?ordning=nyast", "efter=")):
        seen, path = [], start
        while path:
            page = visitor.get(path)
            seen += texts_of(page)
            path = next((link for link in page.links() if word in link), None)
        assert len(seen) == len(set(seen)) == 45
        back = next(link for link in page.links() if "fore=" in link)
        assert len(texts_of(visitor.get(back))) == 20


def test_nobody_floods_a_thread(visitor, monkeypatch):
    monkeypatch.setattr(service, "POSTS", limits.Limit("threads.test", 2, timedelta(hours=1)))
    with db.unit():
        me = make_person()
        _dialogue, _thread, address = scene()
    visitor.sign_in_as(me)
    for status in (200, 200, 429):
        visitor.get(address)
        assert visitor.submit({"text": f"Igen {status}"}, holding="text").status == status
    assert len(posts()) == 2


def fill(thread, number):
    session, now = db.session(), clock.now()
    review = {"subject_kind": "post", "dialogue_id": thread.dialogue_id, "state": State.SHOWN, "language": "sv",
              "created_at": now}  # fmt: skip
    ids = session.scalars(insert(Reviewable).returning(Reviewable.id), [review] * number).all()
    row = {"container_id": thread.id, "text": "Mer ljus vid stationen. " * 20, "language": "sv", "written_at": now}
    session.execute(insert(Contribution), [{**row, "review_id": one} for one in ids])


@pytest.mark.parametrize("number", [3, 60, 10_000])
def test_pages_cost_the_same_however_much_is_written(visitor, the_app, count_statements, number):
    with db.unit():
        _dialogue, thread, address = scene()
        first = place(thread)
        place(thread, parent=first, state=State.HIDDEN)
        fill(thread, number)
        middle = db.session().scalar(select(func.max(Contribution.id))) - number // 2
        people = [make_person(), make_person(Role.OFFICIAL), make_person(Role.MODERATOR)]
    browsers = [(visitor, 8), *((Visitor(the_app).sign_in_as(person), 12) for person in people)]
    for path in (address, f"{address}?ordning=nyast", f"/ar{address}?efter={middle}.{middle}",
                 address.rpartition("/")[0]):  # fmt: skip
        for browser, most in browsers:
            count_statements.clear()
            page = browser.get(path)
            assert page.status == 200
            assert len(count_statements) <= most, "\n".join(count_statements)
            assert len(gzip.compress(page.text.encode(), 9)) <= 30 * 1024


def test_the_lead_runs_a_thread_through_its_pages(visitor, the_app):
    with db.unit():
        lead, dialogue = make_person(Role.OFFICIAL), make_dialogue(level="discussion")
        resident = make_person()
    desk = f"/arbetsyta/dialoger/{dialogue.id}/forum"
    visitor.sign_in_as(lead)
    assert visitor.get(desk).status == 200
    visitor.get(f"{desk}/ny")
    assert visitor.submit({"title": ""}, holding="title").status == 422
    page = visitor.submit({"title": "Vad gör gatan trygg?", "lead": "Berätta."}, holding="title")
    with db.reading() as session:
        thread = session.scalars(select(Thread)).one()
    assert page.path == f"{desk}/{thread.id}"
    visitor.get(f"{desk}/{thread.id}/om")
    other = Visitor(the_app).sign_in_as(lead)
    other.get(f"{desk}/{thread.id}/om")
    visitor.submit({"title": "Vad är tryggt?"}, holding="title")
    assert other.submit({"title": "Något annat"}, holding="title").status == 409
    with db.unit() as session:
        post(session.get(Thread, thread.id))
    assert visitor.get(f"{desk}/{thread.id}/bort").status == 403
    assert visitor.get(f"{desk}/{thread.id}/slutsats").status == 403
    visitor.get(f"{desk}/{thread.id}/las")
    assert visitor.submit({"reason": "Vi har hört allt."}, holding="reason").status == 200
    visitor.get(f"{desk}/{thread.id}/slutsats")
    assert visitor.submit({"conclusion": "Det blir **bänkar**."}, holding="conclusion").status == 200
    reader = Visitor(the_app).sign_in_as(resident)
    page = reader.get(f"/dialoger/{dialogue.id}-drottninggatan/forum/{thread.id}")
    assert "Det blir bänkar" in page.words
    assert "This thread is locked: Vi har hört allt." in page.words
    assert reader.get(f"{desk}/{thread.id}").status == 403


def test_a_moderator_of_another_dialogue_keeps_no_order_here(visitor):
    with db.unit():
        dialogue, thread, _address = scene()
        moderator = make_person(Role.MODERATOR, dialogue_id=make_dialogue().id)
    visitor.sign_in_as(moderator)
    assert visitor.get(f"/arbetsyta/dialoger/{dialogue.id}/forum/{thread.id}/las").status == 403


def test_ones_own_posts_stand_on_ones_own_page(visitor):
    with db.unit():
        me = make_person()
        _dialogue, thread, address = scene()
        mine = post(thread, "Fler bänkar vid torget.", by=me)
        engine.take_away(post(thread, "Bort med allt", by=me))
        place(thread, "Dum text", by=me, state=State.HIDDEN)
    visitor.sign_in_as(me)
    page = visitor.get("/konto")
    for words in ("Fler bänkar vid torget.", "Taken away by you", "Hidden by a moderator"):
        assert words in page.words
    assert f"{address}/inlagg/{mine.id}" in page.links()


@pytest.mark.parametrize("number", [3, 25])
def test_the_moderators_queue_costs_the_same_over_many_threads(visitor, count_statements, number):
    with db.unit():
        moderator = make_person(Role.MODERATOR)
        dialogue = make_dialogue(level="discussion")
        for one in range(number):
            place(make_thread(dialogue, title=f"Tråd {one}"), f"Text {one}", state=State.WAITING)
    visitor.sign_in_as(moderator)
    count_statements.clear()
    page = visitor.get("/moderering")
    assert "Tråd 0" in page.words
    assert len(count_statements) <= 12
