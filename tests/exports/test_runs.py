"""Ordering, making, fetching and sweeping exports: two rights, one owner, one day, everything written down."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db, jobs
from app.audit import AuditEntry
from app.exports import jobs as export_jobs
from app.exports import making, queries, service, store
from app.exports.formats import Format
from app.exports.making import Order
from app.exports.models import ExportRun
from app.exports.rules import Do
from app.permissions import GUEST, SYSTEM, Actor, Refusal, Role, can, refusal
from tests.factories.dialogues import make_dialogue
from tests.factories.exports import plant, planted
from tests.factories.people import make_actor

PERSONAL = {Role.OFFICIAL, Role.REGISTRAR}
WITHOUT = PERSONAL | {Role.SECRETARY, Role.COMMUNICATIONS, Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(store._Place, "folder", tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture
def dialogue(app):
    with db.unit():
        return make_dialogue()


def fresh(actor):
    return Actor(actor.person_id, actor.name, actor.email, actor.grants, actor.session_key, signed_in_at=clock.now())


def ordered(dialogue, *roles, format_=Format.JSON, personal=False):
    """An ordered run and whoever ordered it."""
    with db.unit():
        actor = fresh(make_actor(*(roles or (Role.OFFICIAL,))))
        run = service.order(actor, dialogue, Order(dialogue.id, format_, personal))
        return actor, run.id


def stored(number):
    with db.reading() as session:
        return session.get(ExportRun, number)


def happened():
    with db.reading() as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()


@pytest.mark.parametrize("role", list(Role))
def test_two_rights(unit, role):
    dialogue, other = make_dialogue(), make_dialogue()
    actor = fresh(make_actor(role, dialogue_id=dialogue.id))
    assert can(actor, Do.EXPORT, dialogue) == (role in WITHOUT)
    assert can(actor, Do.EXPORT_PERSONAL, dialogue) == (role in PERSONAL)
    assert not can(actor, Do.EXPORT, other)
    assert not can(actor, Do.EXPORT_PERSONAL, other)
    wanted = Order(dialogue.id, Format.CSV, personal_data=True)
    if role not in PERSONAL:
        with pytest.raises(Refusal):
            service.order(actor, dialogue, wanted)


def test_guests_and_residents_export_nothing_and_the_command_line_everything(unit):
    dialogue = make_dialogue()
    for actor in (GUEST, make_actor()):
        assert not can(actor, Do.EXPORT, dialogue)
    assert can(SYSTEM, Do.EXPORT, dialogue)
    assert can(SYSTEM, Do.EXPORT_PERSONAL, dialogue)


def test_personal_data_ask_for_a_fresh_sign_in(unit):
    dialogue, actor = make_dialogue(), fresh(make_actor(Role.OFFICIAL))
    assert can(actor, Do.EXPORT_PERSONAL, dialogue)
    clock.shift(timedelta(minutes=31))
    reason = refusal(actor, Do.EXPORT_PERSONAL, dialogue)
    assert reason is not None
    assert reason.code == "fresh_sign_in"
    assert can(actor, Do.EXPORT, dialogue)


@pytest.mark.parametrize("personal", [True, False])
def test_an_order_becomes_a_file_and_is_written_down(dialogue, folder, personal):
    actor, number = ordered(dialogue, personal=personal)
    jobs.run_due()
    run = stored(number)
    assert [path.name for path in folder.iterdir()] == [run.key]
    assert (run.suffix, run.size, run.failed_at) == (".json", (folder / run.key).stat().st_size, None)
    assert run.expires_at - run.ready_at == timedelta(hours=24)
    assert run.rows_done == run.rows_total >= 1
    assert ("anna.ek" in (folder / run.key).read_text()) == personal
    (entry,) = happened()
    assert (entry.event, entry.actor_id, entry.dialogue_id) == ("ExportMade", actor.person_id, dialogue.id)
    assert entry.facts == {"format": "json", "personal_data": personal, "rows": run.rows_total, "table": ""}


def test_the_file_speaks_the_language_of_whoever_ordered_it(dialogue, folder):
    with db.unit():
        actor = make_actor(Role.OFFICIAL)
        service.order(actor, dialogue, Order(dialogue.id, Format.JSON, False, None, "en"))
    jobs.run_due()
    (path,) = folder.iterdir()
    assert '"name": "Dialogue"' in path.read_text()


def test_a_job_that_comes_twice_makes_one_file(dialogue, folder):
    _, number = ordered(dialogue)
    jobs.run_due()
    before = stored(number)
    export_jobs.make(jobs.Run(999, {"run": number}, "other"))
    with db.unit():
        made = making.Made({"x": 1}, ".csv", 1)
        service.ready(number, Order(dialogue.id, Format.JSON, False), made)
    after = stored(number)
    assert (after.ready_at, after.size, after.suffix) == (before.ready_at, before.size, before.suffix)
    assert len(happened()) == 1


def test_a_run_that_is_gone_is_no_error(app):
    export_jobs.make(jobs.Run(1, {"run": 987654}, "key"))


def test_what_goes_wrong_is_seen_and_can_be_tried_again(dialogue, folder, monkeypatch):
    with monkeypatch.context() as broken:
        plant(broken, planted("t", ["a"], [("1", "2")]))
        actor, number = ordered(dialogue, format_=Format.XLSX)
        jobs.run_due()
    run = stored(number)
    assert run.failed_at is not None
    assert run.ready_at is None
    assert list(folder.iterdir()) == []
    with db.unit():
        service.retry(actor, stored(number))
        service.retry(actor, stored(number))
    assert jobs.run_due() == 1
    assert stored(number).ready_at is not None
    assert stored(number).failed_at is None


def test_a_lost_lease_stops_quietly_and_leaves_nothing_behind(dialogue, folder, monkeypatch):
    monkeypatch.setattr(export_jobs, "PAUSE", 0.0)
    _, number = ordered(dialogue)
    with pytest.raises(jobs.LeaseLost):
        export_jobs.make(jobs.Run(987654, {"run": number}, "stale"))
    run = stored(number)
    assert (run.ready_at, run.failed_at) == (None, None)
    assert list(folder.iterdir()) == []


def test_a_long_export_shows_how_far_it_has_come_and_keeps_its_lease(own_database, the_app, monkeypatch, folder):
    monkeypatch.setattr(export_jobs, "PAUSE", 0.0)
    plant(monkeypatch, planted("t", ["a"], [(n,) for n in range(1800)]))
    seen = []
    still_mine, progress = jobs.Run.still_mine, service.progress
    monkeypatch.setattr(jobs.Run, "still_mine", lambda run: (seen.append("lease"), still_mine(run))[1])
    monkeypatch.setattr(service, "progress", lambda *args: (seen.append(args[1:]), progress(*args))[1])
    with the_app.app_context():
        with db.unit():
            dialogue = make_dialogue()
        _, number = ordered(dialogue)
        jobs.run_due()
    assert seen == ["lease", (0, 1800), "lease", (500, 1800), "lease", (1000, 1800), "lease", (1500, 1800), "lease"]
    assert stored(number).rows_total == 1800


def test_an_export_sees_one_moment(own_database, the_app, tmp_path, monkeypatch):
    """What is written while it reads is not in it: neither the count nor the rows."""
    with the_app.app_context():
        with db.unit():
            dialogue = make_dialogue()

        def more(done, _total):
            if done == 0:
                with db.unit() as session:
                    session.get(type(dialogue), dialogue.id).question = "En annan fråga?"

        order = Order(dialogue.id, Format.JSON, False)
        making.make(order, tmp_path / "out", more)
        assert "En annan fråga?" not in (tmp_path / "out").read_text()
        making.make(order, tmp_path / "out")
        assert "En annan fråga?" in (tmp_path / "out").read_text()


def test_fetching_is_for_the_owner_with_the_right_still_held(dialogue):
    actor, number = ordered(dialogue, personal=True)
    jobs.run_due()
    with db.unit():
        run = queries.run(dialogue.id, number)
        service.fetched(actor, run)
        for other in (GUEST, make_actor(Role.OFFICIAL), make_actor(Role.ADMINISTRATOR)):
            with pytest.raises(Refusal, match="not_yours"):
                service.fetched(other, run)
        with pytest.raises(Refusal, match="role"):
            service.fetched(Actor(actor.person_id, actor.name, actor.email), run)
    assert [(entry.event, entry.actor_id) for entry in happened()] == [
        ("ExportMade", actor.person_id),
        ("ExportFetched", actor.person_id),
    ]


def test_a_file_lives_for_a_day_and_is_then_swept_with_what_was_left_half(dialogue, folder):
    _, number = ordered(dialogue)
    _, waiting = ordered(dialogue)
    jobs.run_one()
    half = store.half(stored(waiting).key, "abc")
    half.touch()
    (folder / "stranger.half").touch()
    (folder / "stranger.half.x1").mkdir()
    with db.reading():
        assert service.sweep() == 2
    assert sorted(path.name for path in folder.iterdir()) == sorted([stored(number).key, half.name])
    clock.shift(timedelta(hours=24))
    with db.reading():
        assert service.sweep() == 1
    assert [path.name for path in folder.iterdir()] == [half.name]


def test_ids_that_begin_alike_do_not_mix(dialogue):
    with db.unit():
        people = [fresh(make_actor(Role.OFFICIAL)) for _ in range(12)]
        for actor in people:
            service.order(actor, dialogue, Order(dialogue.id, Format.JSON, False))
        for actor in people:
            (run,) = queries.latest_of(actor, dialogue.id)
            assert run.owner_id == actor.person_id
        assert queries.latest_of(fresh(make_actor(Role.OFFICIAL)), dialogue.id) == []
