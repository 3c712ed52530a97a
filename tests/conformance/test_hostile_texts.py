"""Hostile text in every column that people write: it is never markup, code or a formula, wherever it comes out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import meta
from sqlalchemy import Column, Connection, String, func, select, text, update
from sqlalchemy.exc import IntegrityError

from app import db, i18n, mail, richtext
from app.exports import cells, making
from app.exports.formats import Format
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from tests.factories.dialogues import decide, make_dialogue
from tests.harvest import matched, walk
from tests.hostile import Sender, errors_logged
from tests.town import ROLES

ROOT = Path(__file__).parent.parent.parent
PRODUCT = "892001"  # of 913 and 977: shows that a template worked it out
SPEAKS_FOR_MANY = ("gäst", "handlaggare", "admin")

CLOSED = {"role": "moderator", "ground": "insult"}  # facts of mails that are keys of our own

# Columns that nobody types in: keys, digests, closed lists. Any other text column gets the hostile text, so that a
# new one is tested from its first day.
NEVER_TYPED = {
    "kind", "stage", "level", "state", "status", "language", "channel", "audience", "ground", "matter", "criterion",
    "role", "purpose", "from_stage", "to_stage", "endpoint", "result_endpoint", "method", "format", "table", "suffix",
    "subject", "subject_kind", "field", "event", "action", "path", "body_key", "owner", "key", "media_type", "receipt",
    "source_version", "email_key", "name_key", "key_hash", "token_hash", "code_hash", "form_hash", "password_hash",
    "lease_key", "dedupe_key", "uid", "public_key", "paper_hash", "root", "pair", "answer_hash", "previous", "hash",
    "case_key",
}  # fmt: skip
KEYS_IN_ONE_TABLE = {
    "archive_plan.retention", "evaluation_lesson.part", "evaluation_lesson.reach", "evaluation_lesson_answer.taken",
    "duty_holder.duty", "evaluation_silence.party", "evaluation_staff_answer.duty",
    "answer_draft.content", "ballot_key_trial.ciphertext", "ballot_paper_count.choice", "ballot_paper_count.station",
    "ballot_protocol.step", "ballot_result_line.choice", "ballot_roll.connection", "ballot_roll.id", "vote.tie",
    "assessment_basis.area", "assessment_basis.competence", "assessment_basis.position", "assessment_basis.prior",
    "change_note.part", "forum_rule.starts", "ladder_entry.levels", "meeting.form",
    "change_consideration.outcome", "larger_change.area", "proposed_topic.area", "proposed_topic.told_in",
    "proposed_topic.wants", "topic_answer.authority",
    "project_member.standing", "project_task.progress",
    "suggestion.locality", "suggestion.told_in", "suggestion.wants",
    "criterion_answer.answer", "decision_record.outcome", "denied_action.reason",
    "ruling.outcome", "search_word.word", "workshop.step", "workshop_step.step",
}  # fmt: skip


def typed_columns() -> list[Column]:
    """Every column that holds what somebody wrote."""
    return [
        column
        for table in db.Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | richtext.CleanHtml)
        and column.name not in NEVER_TYPED
        and f"{table.name}.{column.name}" not in KEYS_IN_ONE_TABLE
        and not column.foreign_keys
    ]


def hostile(number: int, column: Column) -> str:
    """As much harm as the column holds; the number says where it came from."""
    if column.name.endswith("url"):
        return f'https://x.example/"><k9q{number}>'  # the scheme is held by a constraint, see below
    longest = getattr(column.type, "length", None) or 2000
    said = ""
    for piece in (
        f'="><k9q{number}>', "{{913*977}}", " onk9q=1 ", "${913*977}", "'", f"<script>k9q({number})</script>",
        "{%k9q%}", "<img src=k9q onerror=k9q()>", "%(k9q)s{k9q}", "[k9q](javascript:k9q())", "<!--", "]]>", "\\",
    ):  # fmt: skip
        if len(said) + len(piece) <= longest:
            said += piece
    return said


def write_everywhere() -> None:
    """Put it in every row of every such column."""
    with db.unit() as session:
        _let_records_be_changed(session.connection())
        for number, column in enumerate(typed_columns()):
            said: object = hostile(number, column)
            if isinstance(column.type, richtext.CleanHtml):
                said = richtext.from_markdown(str(said))
            session.connection().execute(update(column.table).where(column.is_not(None)).values({column.name: said}))


def _let_records_be_changed(connection: Connection) -> None:
    """Triggers keep what is append-only; they are away until this test rolls back."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.execute(text(f'DROP TRIGGER "{name}"'))


class Markup(HTMLParser):
    """The names of a page's elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.harmful: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name.startswith("on") or "k9q" in name or re.match(r"\s*(javascript|data|vbscript):", value or "", re.I):
                self.harmful.append(f"<{tag} {name}={value}>")
        if "k9q" in tag:
            self.harmful.append(f"<{tag}>")


def harm_in(html: str, *, in_detail: bool) -> str:
    """What has become markup or code; empty when nothing has."""
    raw = re.search(r"<k9q|<script>k9q|<img src=.?k9q|href=.?javascript:|<!--\]", html)
    if raw is not None or PRODUCT in html:
        place = raw.start() if raw else html.index(PRODUCT)
        return html[max(0, place - 200) : place + 100]
    if not in_detail:
        return ""
    reader = Markup()
    reader.feed(html)
    return " ".join(reader.harmful)


@pytest.mark.slow
def test_no_page_takes_text_for_markup(the_app, whole):
    write_everywhere()
    faults, shown, seen = [], set[str](), dict[str, int]()
    with errors_logged() as errors:
        for prefix in ("", "/ar"):
            for role in ROLES if whole.is_sqlite and not prefix else SPEAKS_FOR_MANY:
                for path, html in walk(the_app, Sender(the_app, role), each=1, prefix=prefix):
                    hit = matched(the_app, path.partition("?")[0])
                    rule = f"{prefix} {hit[0].rule if hit else path}"
                    seen[rule] = seen.get(rule, 0) + 1
                    harm = harm_in(html, in_detail=seen[rule] <= 2)
                    if harm:
                        faults.append(f"{prefix}{path} as {role}: {harm}")
                    shown.update(re.findall(r"&lt;k9q(\d+)&gt;", html))
        faults += errors.lines
    columns = typed_columns()
    assert not faults, f"{len(faults)}:\n" + "\n\n".join(faults[:12])
    unseen = [f"{one.table.name}.{one.name}" for number, one in enumerate(columns) if str(number) not in shown]
    assert len(shown) >= len(columns) * 0.6, f"of {len(columns)} columns these show nowhere: {unseen}"


@pytest.mark.slow
@pytest.mark.parametrize("format_", list(Format))
def test_no_export_takes_text_for_a_formula(the_app, whole, tmp_path, format_):
    write_everywhere()
    answers = func.count(SurveyResponse.id)
    with db.reading() as session:
        most = select(Survey.dialogue_id).join(SurveyResponse).group_by(Survey.dialogue_id).order_by(answers.desc())
        dialogue_id = session.scalars(most.limit(1)).one()
    made = making.make(making.Order(dialogue_id, format_, personal_data=True), tmp_path / "file")
    assert made.total > 20
    data = (tmp_path / "file").read_bytes()
    assert data
    if format_ in (Format.CSV, Format.CSV_SV):
        _judge_csv(data, ";" if format_ is Format.CSV_SV else ",")
    elif format_ is Format.XLSX:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            sheets = "".join(book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels")))
        assert "k9q" in sheets
        assert not re.search(r"<f[ >]|<hyperlink|<k9q", sheets)


def _judge_csv(data: bytes, delimiter: str) -> None:
    texts = 0
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        for name in files.namelist():
            rows = csv.reader(io.StringIO(files.read(name).decode("utf-8-sig"), newline=""), delimiter=delimiter)
            for cell in (cell for row in rows for cell in row):
                texts += "k9q" in cell
                assert cell[:1] not in "=+-@\t\r\n" or not cell or cells.PLAIN_NUMBER.fullmatch(cell), f"{name}: {cell}"
    assert texts > 20


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example", " https://x.example", "x"])
def test_no_address_but_of_the_web_is_stored(app, url):
    with pytest.raises(IntegrityError), db.unit():
        decide(make_dialogue(), minutes_url=url)


def templates() -> list[str]:
    return sorted(file.stem for file in (ROOT / "app/templates/emails").glob("*.txt") if file.stem != "base")


@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("template", templates())
def test_no_mail_takes_text_for_markup_or_a_header(the_app, template, language):
    """Facts are whatever the template asks for; each holds markup, code and line breaks."""
    said = '"><k9q1><script>k9q()</script>{{913*977}}\r\nBcc: k9q@evil.example\r\n\r\nhttps://evil.example/k9q'
    env = the_app.jinja_env
    source = env.loader.get_source(env, f"emails/{template}.txt")[0]
    asked = meta.find_undeclared_variables(env.parse(source)) - {"base_url", "lang", *env.globals}
    facts = {name: said for name in asked}
    facts |= {name: value for name, value in CLOSED.items() if name in asked}
    with the_app.app_context():
        message = mail.written(template, "a@example.se", i18n.named(language), key="k", **facts)
    assert "\n" not in message["Subject"]
    assert message["Bcc"] is None
    assert message["To"] == "a@example.se"
    html = message.get_body(("html",)).get_content()
    assert not harm_in(html, in_detail=True)
    assert PRODUCT not in message.get_body(("plain",)).get_content()
