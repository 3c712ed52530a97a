"""`export`: the same files as in the browser, from the command line."""

from __future__ import annotations

import json
import zipfile

import pytest
from sqlalchemy import select

from app import db
from app.audit import AuditEntry
from tests.factories.dialogues import make_dialogue


@pytest.fixture
def run(the_app, isolated):
    def export(*arguments: object):
        return the_app.test_cli_runner().invoke(args=["export", *map(str, arguments)])

    return export


@pytest.fixture
def number(isolated):
    with db.unit():
        return make_dialogue().id


@pytest.mark.parametrize(("format_", "kind"), [("csv", "zip"), ("csv-sv", "zip"), ("xlsx", "xlsx"), ("json", "json")])
def test_everything_collected_in_a_dialogue(run, number, tmp_path, format_, kind):
    out = tmp_path / "ut.fil"
    result = run(number, "--format", format_, "--out", out, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert (report["dialogue"], report["format"], report["kind"], report["personal_data"]) == (
        number, format_, kind, False,
    )  # fmt: skip
    assert report["size"] == out.stat().st_size
    assert report["tables"]["dialogue"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ut.fil"]
    with db.reading() as session:
        entry = session.scalars(select(AuditEntry).filter_by(event="ExportMade")).one()
    assert (entry.by_system, entry.actor_id, entry.dialogue_id) == (True, None, number)
    assert entry.facts["personal_data"] is False


def test_a_zip_says_so(run, number, tmp_path):
    result = run(number, "--format", "csv", "--out", tmp_path / "x.csv")
    assert "zip file with one CSV file for each table: dialogue" in result.stdout
    assert zipfile.is_zipfile(tmp_path / "x.csv")


def test_one_table_alone(run, number, tmp_path):
    assert run(number, "--format", "csv", "--table", "dialogue", "--out", tmp_path / "x.csv").exit_code == 0
    assert (tmp_path / "x.csv").read_text().startswith("id,kind,stage")


@pytest.mark.parametrize("personal", [True, False])
def test_personal_data_only_when_asked_for(run, number, tmp_path, personal):
    extra = ["--personal-data"] if personal else []
    run(number, "--format", "json", "--out", tmp_path / "x", *extra)
    assert ("anna.ek@vara.example" in (tmp_path / "x").read_text()) == personal


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--format", "json", "--out", "{tmp}/x", "--table", "nope"), "There is no table nope."),
        (("--format", "json", "--out", "{tmp}/none/x"), "cannot be written"),
        (("--format", "xlsx", "--out", "{tmp}/none/x"), "cannot be written"),
    ],
)
def test_what_goes_wrong_is_said_on_standard_error(run, number, tmp_path, arguments, sentence):
    result = run(number, *(argument.format(tmp=tmp_path) for argument in arguments), "--json")
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []
    with db.reading() as session:
        assert session.scalars(select(AuditEntry)).all() == []


def test_a_dialogue_that_is_not_there(run, isolated, tmp_path):
    result = run(987654, "--format", "json", "--out", tmp_path / "x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no dialogue with id 987654." in result.stderr
