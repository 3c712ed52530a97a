"""Cell by cell the same in every format, streamed, and without anything that a spreadsheet runs."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from app import db
from app.exports import making, tables
from app.exports.formats import Format
from app.exports.making import Order
from app.exports.writers import workbook
from app.ladder import Column
from tests.factories.dialogues import make_dialogue
from tests.factories.exports import FORMULAS, TRICKY, plant, planted

SEPARATORS = {Format.CSV: ",", Format.CSV_SV: ";"}


@pytest.fixture
def dialogue_id(app):
    with db.unit():
        return make_dialogue().id


def made(dialogue_id, format_, tmp_path, *, personal=False, table=None):
    path = tmp_path / f"out.{format_}"
    return path, making.make(Order(dialogue_id, format_, personal, table), path)


def of_csv(data: bytes, format_):
    text = data.decode("utf-8-sig" if format_ is Format.CSV_SV else "utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS[format_]))


def of_xlsx(path, sheet=0):
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [
        [unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row]
        for row in book.worksheets[sheet].iter_rows()
    ]
    book.close()
    return rows


def of_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_tricky_texts_are_the_same_in_every_format(dialogue_id, tmp_path, monkeypatch):
    plant(monkeypatch, planted("texts", ["nr", "text"], [(n, text) for n, text in enumerate(TRICKY)]))
    wanted = [["nr", "text"], *([str(n), text] for n, text in enumerate(TRICKY))]
    for format_ in SEPARATORS:
        path, done = made(dialogue_id, format_, tmp_path, table="texts")
        assert (done.suffix, done.rows) == (".csv", {"texts": len(TRICKY)})
        assert of_csv(path.read_bytes(), format_) == wanted
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    assert [[str(cell) for cell in row] for row in of_xlsx(path)] == wanted
    path, _ = made(dialogue_id, Format.JSON, tmp_path)
    (table,) = of_json(path)["tables"]
    assert [table["columns"], *([str(n), text] for n, text in table["rows"])] == wanted


def test_formulas_are_harmless_in_csv_text_in_excel_and_untouched_in_json(dialogue_id, tmp_path, monkeypatch):
    texts = [text for text in FORMULAS if "\r" not in text]  # Excel knows no carriage return
    plant(monkeypatch, planted("t", ["=rubrik", *("b" * 3)], [(text, "", None, 1) for text in texts]))
    for format_ in SEPARATORS:
        path, _ = made(dialogue_id, format_, tmp_path, table="t")
        rows = of_csv(path.read_bytes(), format_)
        assert [row[0] for row in rows] == ["'=rubrik", *(f"'{text}" for text in texts)]
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    assert [row[0] for row in of_xlsx(path)] == ["=rubrik", *texts]
    path, _ = made(dialogue_id, Format.JSON, tmp_path)
    assert [row[0] for row in of_json(path)["tables"][0]["rows"]] == texts


def test_excel_holds_no_formula_and_no_link(dialogue_id, tmp_path, monkeypatch):
    plant(monkeypatch, planted("t", ["text"], [(text,) for text in (*FORMULAS, *TRICKY)]))
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    with zipfile.ZipFile(path) as archive:
        everything = {name: archive.read(name).decode() for name in archive.namelist()}
    sheets = [text for name, text in everything.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 1
    assert not [text for text in sheets if "<f>" in text or "<f " in text or "<hyperlink" in text]
    assert not [name for name in everything if "worksheets/_rels" in name]


def test_numbers_and_moments_are_numbers_and_moments(dialogue_id, tmp_path, monkeypatch):
    moment = datetime(2027, 7, 1, 10, 30, tzinfo=UTC)
    row = (Decimal("-3.5000"), 7, moment, date(2027, 7, 1), True, Decimal("12345678901234.5678"), 10**17, None)
    plant(monkeypatch, planted("t", list("abcdefgh"), [row]))
    path, _ = made(dialogue_id, Format.CSV_SV, tmp_path, table="t")
    swedish = of_csv(path.read_bytes(), Format.CSV_SV)[1]
    wanted = ["-3,5", "7", "2027-07-01 12:30:00", "2027-07-01", "true", "12345678901234,5678", "1" + "0" * 17, ""]
    assert swedish == wanted
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    excel = of_xlsx(path)[1]
    assert excel[:5] == [-3.5, 7, datetime(2027, 7, 1, 12, 30), datetime(2027, 7, 1), True]  # noqa: DTZ001
    assert excel[5:7] == ["12345678901234.5678", "1" + "0" * 17]
    path, _ = made(dialogue_id, Format.JSON, tmp_path)
    assert of_json(path)["tables"][0]["rows"][0][:2] == [-3.5, 7]


def test_several_tables_as_csv_are_a_zip_with_one_file_each(dialogue_id, tmp_path, monkeypatch):
    two = (planted("one", ["a"], [("1",)]), planted("two:b", ["b"], [("å",)]), planted("empty", ["c"], []))
    plant(monkeypatch, *two)
    path, done = made(dialogue_id, Format.CSV_SV, tmp_path)
    assert done.suffix == ".zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["one.csv", "two-b.csv"]
        assert of_csv(archive.read("two-b.csv"), Format.CSV_SV) == [["b"], ["å"]]
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    book = openpyxl.load_workbook(path, read_only=True)
    assert len(book.sheetnames) == 2
    book.close()


def test_one_table_alone_is_plain_csv_even_when_it_is_empty(dialogue_id, tmp_path, monkeypatch):
    plant(monkeypatch, planted("one", ["a"], [("1",)]), planted("empty", ["c"], []))
    path, done = made(dialogue_id, Format.CSV, tmp_path, table="empty")
    assert (done.suffix, path.read_bytes()) == (".csv", b"c\r\n")
    with pytest.raises(tables.NoSuchTable):
        made(dialogue_id, Format.CSV, tmp_path, table="three")


def test_an_excel_file_without_tables_still_opens(dialogue_id, tmp_path, monkeypatch):
    plant(monkeypatch)
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    assert of_xlsx(path) in ([], [[None]])
    path, _ = made(dialogue_id, Format.CSV, tmp_path)
    path, _ = made(dialogue_id, Format.JSON, tmp_path)
    assert of_json(path)["tables"] == []


@pytest.mark.parametrize("format_", list(Format))
def test_personal_columns_leave_only_with_the_right(dialogue_id, tmp_path, monkeypatch, format_):
    columns = [Column("svar"), Column("namn", personal=True), Column("nr")]
    plant(monkeypatch, planted("t", columns, [("Ja", "Kim Lund", 1)]))

    def words(*, personal):
        path, _ = made(dialogue_id, format_, tmp_path, personal=personal, table="t")
        if format_ is Format.XLSX:
            return of_xlsx(path)
        return of_json(path)["tables"] if format_ is Format.JSON else of_csv(path.read_bytes(), format_)

    assert "Kim" not in str(words(personal=False))
    assert "namn" not in str(words(personal=False))
    assert "Kim" in str(words(personal=True))


@pytest.mark.parametrize("format_", list(Format))
def test_a_row_of_another_width_stops_the_export(dialogue_id, tmp_path, monkeypatch, format_):
    plant(monkeypatch, planted("t", ["a", "b"], [("1", "2"), ("1", "2", "3")]))
    with pytest.raises(tables.WrongWidth):
        made(dialogue_id, format_, tmp_path)


def test_the_dialogues_own_tables_leave(dialogue_id, tmp_path):
    path, done = made(dialogue_id, Format.JSON, tmp_path)
    whole = of_json(path)
    assert whole["dialogue"]["question"] == "Hur ska Drottninggatan se ut?"
    assert whole["tables"][0]["key"] == "dialogue"
    assert done.rows["dialogue"] == 1
    assert "anna.ek@vara.example" not in path.read_text()
    path, _ = made(dialogue_id, Format.JSON, tmp_path, personal=True)
    assert "anna.ek@vara.example" in path.read_text()


def test_two_exports_of_one_key_are_refused(monkeypatch):
    plant(monkeypatch, planted("t", ["a"], []), planted("t", ["b"], []))
    with pytest.raises(ValueError, match="same key"):
        tables.sources()


def test_a_dialogue_that_is_not_there(app, tmp_path):
    with pytest.raises(making.NoSuchDialogue):
        made(987654, Format.JSON, tmp_path)


@pytest.mark.parametrize(
    ("wanted", "given_"),
    [
        ("a" * 40, "a" * 31),
        ("Vad/är [viktigt]?", "Vad är  viktigt"),
        ("'citat'", "citat"),
        ("", "Tabell"),
        ("??", "Tabell"),
        ("History", "History 1"),
        ("x" * 30 + "' mer", "x" * 30),
    ],
)
def test_sheets_have_names_that_excel_accepts(wanted, given_):
    assert workbook._sheet_name(wanted, set()) == given_


def test_no_two_sheets_have_the_same_name():
    taken = set()
    names = [workbook._sheet_name(name, taken) for name in ("A" * 40, "a" * 40, "A" * 31)]
    assert names == ["A" * 31, "a" * 27 + " (2)", "A" * 27 + " (3)"]


def test_a_text_that_no_cell_holds_is_cut_and_says_so(dialogue_id, tmp_path, monkeypatch):
    plant(monkeypatch, planted("t", ["a"], [("å" * 40000,), ("👍" * 16384,), ("b" * 32767,)]))
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    cells = [row[0] for row in of_xlsx(path)][1:]
    assert [cell.endswith(" […]") for cell in cells] == [True, True, False]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) == 32767


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(dialogue_id, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    plant(monkeypatch, planted("t", ["a"], [(n,) for n in range(7)]))
    path, _ = made(dialogue_id, Format.XLSX, tmp_path)
    sheets = [of_xlsx(path, number) for number in range(3)]
    assert sheets == [[["a"], [0], [1], [2]], [["a"], [3], [4], [5]], [["a"], [6]]]


@pytest.mark.slow
@pytest.mark.parametrize("format_", list(Format))
def test_two_hundred_thousand_rows_are_never_in_memory_at_once(dialogue_id, tmp_path, monkeypatch, format_):
    many = 200_000

    def rows():
        return ((n, f"Svar {n}: mer träd, =tack", Decimal("2.5")) for n in range(many))

    plant(monkeypatch, planted("t", ["nr", "svar", "tal"], rows, count=many), planted("u", ["a"], [(1,)]))
    tracemalloc.start()
    try:
        path, done = made(dialogue_id, format_, tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert done.rows["t"] == many
    assert path.stat().st_size > 500_000
    assert peak < 30 * 1024 * 1024
