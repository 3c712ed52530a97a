"""Health: yes or no for the public, the reason for the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from app import clock, db
from app.jobs import Job
from app.site import health


@pytest.fixture
def migrated(isolated):
    """The mark that a migration leaves; the tables of tests are made without migrations."""
    with db.unit() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        session.execute(text("INSERT INTO alembic_version VALUES (:now)"), {"now": health.newest_migration()})


def wait(minutes: int, **fields) -> None:
    with db.unit() as session:
        session.add(Job(kind="x", args={}, run_at=clock.now() - timedelta(minutes=minutes), **fields))


def test_a_live_process_says_so_without_asking_anybody(visitor, count_statements):
    page = visitor.get("/health/live")
    assert (page.status, page.text.strip()) == (200, '{"status":"ok"}')
    assert "Set-Cookie" not in page.headers
    assert count_statements == []


def test_ready_where_all_is_well(visitor, migrated):
    page = visitor.get("/health/ready")
    assert (page.status, page.text.strip()) == (200, '{"status":"ok"}')
    assert "Set-Cookie" not in page.headers


def test_not_ready_before_the_database_is_migrated(visitor):
    assert visitor.get("/health/ready").status == 503


def test_not_ready_where_code_and_database_differ(visitor, migrated):
    with db.unit() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    page = visitor.get("/health/ready")
    assert (page.status, page.text.strip()) == (503, '{"status":"not ok"}')


def test_not_ready_where_jobs_wait(visitor, migrated):
    wait(6)
    assert visitor.get("/health/ready").status == 503


@pytest.mark.parametrize("field", ["done_at", "dead_at"])
def test_what_is_done_or_given_up_waits_for_nobody(visitor, migrated, field):
    with db.reading():
        now = clock.now()
    wait(60, **{field: now})
    assert visitor.get("/health/ready").status == 200


def test_a_job_at_work_or_due_a_moment_ago_is_no_queue(visitor, migrated):
    with db.reading():
        now = clock.now()
    wait(60, lease_until=now + timedelta(seconds=30))
    wait(4)
    assert visitor.get("/health/ready").status == 200


def test_the_log_gets_the_reason(visitor, migrated):
    wait(7)
    with db.reading():
        assert "a job has waited" in (health.why_not_ready() or "")


def test_not_ready_where_the_database_is_away(the_app, tmp_path):
    db.connect(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    answer = the_app.test_client().get("/health/ready")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "not ok"})
