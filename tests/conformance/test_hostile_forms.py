"""Whatever is sent in a form, the answer is a redirect, or 422 with a sentence at the field and what was typed kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from app import db, richtext
from tests.harvest import FormOf, Whole
from tests.hostile import EDGES, Answer, Control, FoundForm, Sender, encoded, errors_logged, forms_in

TEXT = {"text", "textarea", "email", "search", "tel", "url", "number", "date", "datetime-local", "time"}
CHOICE = {"radio", "checkbox", "select"}
KEPT = {*TEXT} - {"email"}  # an address may be refused for its letters, and is kept as it was tidied
TAKEN = {200, 301, 302, 303}
REFUSED = {400, 403, 404, 409, 410, 413, 422, 429}
MEGABYTE = 1_000_000
Fields = list[tuple[str, bytes]]

anything = st.one_of(
    st.sampled_from(EDGES),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=24),
    st.integers().map(lambda number: str(number).encode()),
    st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes").encode()),
    st.dates().map(lambda day: day.isoformat().encode()),
)


def value_for(control: Control) -> st.SearchStrategy[list[bytes]]:
    """What may be sent for one field: garbage, now and then what it is made for, nothing, or several."""
    usual = [value.encode() for value in control.values]
    if control.kind in CHOICE and control.choices:
        one = st.one_of(st.sampled_from([choice.encode() for choice in control.choices]), anything)
        several = st.lists(one, max_size=3)
        return (
            st.one_of(several, one.map(lambda value: [value])) if control.multiple else one.map(lambda value: [value])
        )
    if control.kind == "hidden":
        return st.one_of(st.just(usual), anything.map(lambda value: [value]))
    return st.one_of(anything.map(lambda value: [value]), st.just(usual), st.lists(anything, max_size=2))


def filled(form: FoundForm) -> st.SearchStrategy[Fields]:
    """Every field with something in it, and one of the buttons."""
    named = {name: value_for(one) for name, one in form.controls.items() if name != "csrf_token"}
    buttons = st.sampled_from([[], *([(name, value.encode())] for name, value in form.buttons)])
    extra = st.lists(
        st.tuples(st.sampled_from(["id", "role", "person_id", "\x00", "å" * 99, "_"]), anything), max_size=1
    )

    def joined(parts: tuple[dict[str, list[bytes]], Fields, Fields]) -> Fields:
        values, button, more = parts
        return [(name, value) for name, several in values.items() for value in several] + button + more

    return st.tuples(st.fixed_dictionaries(named), buttons, extra).map(joined)


def multipart(fields: Fields, form: FoundForm) -> tuple[bytes, str]:
    """The body as a form with files sends it; files get a name that means harm."""
    lines = []
    for name, value in fields:
        is_file = name in form.controls and form.controls[name].kind == "file"
        quoted = name.replace('"', "%22").replace("\x00", "")
        named = '; filename="../\u202e<b>\'.png"\r\nContent-Type: image/png' if is_file else ""
        head = f'--hostile\r\nContent-Disposition: form-data; name="{quoted}"{named}\r\n\r\n'
        lines.append(head.encode() + value + b"\r\n")
    return b"".join(lines) + b"--hostile--\r\n", "multipart/form-data; boundary=hostile"


def send(sender: Sender, one: FormOf, fields: Fields, **head: str) -> Answer:
    fields = [sender.with_token, *fields]
    if one.form.multipart:
        body, kind = multipart(fields, one.form)
        return sender.post(one.action, body, kind, **head)
    return sender.post(one.action, encoded(fields), **head)


def tidy(value: str) -> str:
    """As it is compared: what every field may do to what is typed."""
    return richtext.one_line(value.replace("\x00", "")).strip()


def fault(one: FormOf, fields: Fields, answer: Answer, errors: list[str]) -> str:
    """What is wrong with this answer; empty when nothing is."""
    if answer.status >= 500 or errors:
        return f"{answer.status} " + "\n".join(errors)
    if answer.status not in TAKEN | REFUSED:
        return f"an answer of {answer.status}"
    if b"<script>alert" in answer.data or b"<img src=x" in answer.data or b"<svg/onload" in answer.data:
        return "given back as markup"
    return lacking(one, fields, answer.text) if answer.status == 422 else ""


def lacking(one: FormOf, fields: Fields, html: str) -> str:
    """What a refused form should show and does not: the sentences, where they stand, and what was typed."""
    summary = re.search(r'<div class="errors" role="alert".*?</div>', html, re.DOTALL)
    if summary is None:
        return "422 without a summary of what is wrong"
    for target in re.findall(r'href="#([^"]*)"', summary[0]):
        if f'id="{unescape(target)}"' not in html:
            return f"the summary leads to #{target}, which is not there"
    for described in re.findall(r'id="([^"]+)-error"', html):
        if not re.search(rf'aria-describedby="[^"]*\b{re.escape(described)}-error\b', html):
            return f"nothing is described by {described}-error"
    again = next((form for form in forms_in(html) if set(one.form.controls) <= set(form.controls)), None)
    if again is None:
        return "422 without the form"
    for name, control in one.form.controls.items():
        typed = [value.decode("utf-8", "replace") for sent, value in fields if sent == name]
        if any("\ufffd" in value for value in typed):
            continue  # no text that a browser could send
        if (
            control.kind in KEPT
            and len(typed) == 1
            and tidy(typed[0]) != tidy((again.controls[name].values or [""])[0])
        ):
            return f"{name}: {typed[0]!r} is not kept, but {again.controls[name].values!r}"
    return ""


@pytest.fixture
def rows_kept_clean(whole: Whole) -> Iterator[list[str]]:
    """Whatever is stored meanwhile holds no control characters and no direction overrides."""
    faults: list[str] = []

    def look(session: db.ModeSession, _context: object, _instances: object) -> None:
        for row in (*session.new, *session.dirty):
            for attribute in db.Base.metadata.tables[row.__tablename__].columns:
                value = getattr(row, attribute.key, None)
                if isinstance(value, str) and any(_is_harmful(c) for c in value):
                    faults.append(f"{row.__tablename__}.{attribute.key} stored {value!r}"[:300])

    event.listen(db.ModeSession, "before_flush", look)
    yield faults
    event.remove(db.ModeSession, "before_flush", look)


def _is_harmful(character: str) -> bool:
    if character in "\n\t":
        return False
    return ord(character) in richtext.BIDI_CONTROLS or unicodedata.category(character) in ("Cc", "Cs")


def posted(whole: Whole) -> list[FormOf]:
    return [one for (method, _, _), one in whole.found.forms.items() if method == "post"]


def tried(app, whole: Whole, attempts) -> tuple[list[str], int]:
    """The faults of every attempt on every form, and how many requests it took."""
    faults, senders = [], dict[str, Sender]()
    with errors_logged() as errors:
        for one in posted(whole):
            sender = (
                senders.setdefault(one.role, Sender(app, one.role)) if one.role not in senders else senders[one.role]
            )

            def judged(fields: Fields, answer: Answer, one: FormOf = one) -> None:
                problem = fault(one, fields, answer, errors.lines)
                errors.lines.clear()
                if problem:
                    faults.append(f"{one.role}: POST {one.action} {fields!r}"[:400] + f": {problem}"[:2200])

            attempts(sender, one, judged)
    return faults, sum(sender.sent for sender in senders.values())


def report(faults: list[str], requests: int) -> str:
    seen: dict[str, str] = {}
    for one in faults:
        seen.setdefault(re.sub(r"\d+|(?<=: )'.*", "", one.partition(" [")[0] + one[-60:]), one)
    return f"{len(faults)} of {requests}, {len(seen)} kinds:\n" + "\n\n".join(list(seen.values())[:20])


def judge(faults: list[str], requests: int, whole: Whole) -> None:
    assert len(posted(whole)) >= 40
    assert not faults, report(faults, requests)


def probe(app, whole: Whole, count: int) -> tuple[list[str], int]:
    """So many draws for every form."""

    def attempts(sender: Sender, one: FormOf, judged) -> None:
        @settings(
            max_examples=count, derandomize=True, database=None, deadline=None, phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(filled(one.form))
        def draw(fields: Fields) -> None:
            judged(fields, send(sender, one, fields))

        draw()

    return tried(app, whole, attempts)


@pytest.mark.slow
def test_no_form_breaks_whatever_is_typed(the_app, whole, rows_kept_clean):
    faults, requests = probe(the_app, whole, 40 if whole.is_sqlite else 20)
    judge(faults + rows_kept_clean, requests, whole)


@pytest.mark.audit
def test_no_form_breaks_whatever_is_typed_in_full(the_app, whole, rows_kept_clean):
    faults, requests = probe(the_app, whole, 200)
    judge(faults + rows_kept_clean, requests, whole)


def usual(form: FoundForm) -> Fields:
    """What a browser sends if nobody touches anything."""
    return [
        (name, value.encode())
        for name, one in form.controls.items()
        for value in one.values
        if name != "csrf_token"
    ]  # fmt: skip


@pytest.mark.slow
def test_no_form_breaks_when_fields_are_missing_twice_or_too_many(the_app, whole, rows_kept_clean):
    columns = sorted({column.name for table in db.Base.metadata.tables.values() for column in table.columns})

    def attempts(sender: Sender, one: FormOf, judged) -> None:
        whole_form = usual(one.form)
        judged([], send(sender, one, []))
        for name, control in one.form.controls.items():
            without = [field for field in whole_form if field[0] != name]
            judged(without, send(sender, one, without))
            twice = [*whole_form, *(field for field in whole_form if field[0] == name)]
            judged(twice, send(sender, one, twice))
            with_nul = (
                [*without, (name, f"{(control.values or [''])[0]}a\x00b".encode())] if name != "csrf_token" else without
            )
            judged(with_nul, send(sender, one, with_nul))
        more = [*whole_form, *((name, b"1") for name in columns if name not in one.form.controls)]
        judged(more, send(sender, one, more))

    faults, requests = tried(the_app, whole, attempts)
    judge(faults + rows_kept_clean, requests, whole)


@pytest.mark.slow
def test_no_form_breaks_on_another_kind_of_body(the_app, whole):
    """The token comes in a header, so that the view is reached."""
    kinds = (
        "application/json",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "x/y; charset=z",
        "",
    )

    def attempts(sender: Sender, one: FormOf, judged) -> None:
        for kind in kinds:
            for body in (b'{"csrf_token": 1}', b"\xff\x00", b"[" * 5000):
                answer = sender.post(one.action, body, kind, HTTP_X_CSRFTOKEN=sender.token)
                judged([(kind, body[:20])], answer)

    judge(*tried(the_app, whole, attempts), whole)


@pytest.mark.slow
def test_what_is_too_large_is_413(the_app, whole):
    def attempts(sender: Sender, one: FormOf, judged) -> None:
        over = send(sender, one, [("text", b"x" * (the_app.config["MAX_FORM_MEMORY_SIZE"] + 1))])
        claimed = sender.post(one.action, b"x", CONTENT_LENGTH=str(the_app.config["MAX_CONTENT_LENGTH"] + 1))
        parts = sender.post(*(one.action, *multipart([("a", b"1")] * (the_app.config["MAX_FORM_PARTS"] + 1), one.form)))
        for what, answer in (("too long", over), ("too large", claimed), ("too many", parts)):
            judged([(what, b"")], answer)
            assert answer.status == 413, f"{one.action} {what}: {answer.status}"

    judge(*tried(the_app, whole, attempts), whole)


@pytest.mark.slow
def test_a_megabyte_in_a_field_is_refused_in_words(the_app, whole):
    """Just under what a request may hold: the form itself says that it is too long."""
    seen = set[str]()
    most = 99 if whole.is_sqlite else 3  # nothing of it reaches the database

    def attempts(sender: Sender, one: FormOf, judged) -> None:
        name = next((name for name, control in one.form.controls.items() if control.kind in ("text", "textarea")), None)
        if name is None or len(seen) == most or f"{one.form.action.count('/')}{name}" in seen:
            return
        seen.add(f"{one.form.action.count('/')}{name}")
        fields = [*(field for field in usual(one.form) if field[0] != name), (name, b"x" * MEGABYTE)]
        answer = send(sender, one, fields)
        judged(fields, answer)
        assert answer.status not in TAKEN, f"{one.action} takes a megabyte in {name}"

    judge(*tried(the_app, whole, attempts), whole)
