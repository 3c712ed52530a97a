"""Words that must not stand in the code: each is a way around a rule of the house."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

IN_TEMPLATES = {
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.I),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)|javascript:", re.I),
}
BANNED_IMPORTS = {
    "pickle": "runs what it reads",
    "marshal": "runs what it reads",
    "shelve": "runs what it reads",
    "random": "can be foretold; use secrets",
}
BANNED_CALLS = {
    "render_template_string": "a template belongs in app/templates",
    "eval": "runs what it reads",
    "exec": "runs what it reads",
}
MAY_COMMIT = {"app/db.py"}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
WRITTEN_BY_US = {".py", ".html", ".txt", ".js", ".css", ".toml", ".mako"}
LOCKS = ["requirements/runtime.txt", "requirements/dev.txt", "package-lock.json"]


def complaints_of_template(text: str) -> list[str]:
    return [name for name, pattern in IN_TEMPLATES.items() if pattern.search(text)]


def complaints_of_python(source: str, path: str) -> list[str]:
    return [c for node in ast.walk(ast.parse(source)) for c in _complaints_of_node(node, path)]


def _complaints_of_node(node: ast.AST, path: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _banned_import(alias.name, path)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield from _banned_import(node.module or "", path)
    elif isinstance(node, ast.Call):
        yield from _complaints_of_call(node, path)


def _banned_import(module: str, path: str) -> Iterator[str]:
    name = module.partition(".")[0]
    if name == "random" and Path(path).name == "demo.py":
        return  # the demo municipality is drawn with a seed, to be the same every time
    if name in BANNED_IMPORTS:
        yield f"{name} {BANNED_IMPORTS[name]}"


def _complaints_of_call(node: ast.Call, path: str) -> Iterator[str]:
    function = node.func
    name = getattr(function, "attr", getattr(function, "id", ""))
    if name in BANNED_CALLS and (isinstance(function, ast.Name) or name == "render_template_string"):
        yield f"{name}: {BANNED_CALLS[name]}"
    if name == "commit" and isinstance(function, ast.Attribute) and path not in MAY_COMMIT:
        yield "commit: app/db.py alone decides when a transaction ends"
    if name in {"load", "unsafe_load", "full_load"} and _owner(function) == "yaml":
        yield "yaml.load: runs what it reads; use yaml.safe_load"
    if name == "Random" and _owner(function) == "random" and not (node.args or node.keywords):
        yield "random.Random without a seed"
    if name == "text" and _is_sql_text(function) and node.args and not _is_fixed(node.args[0]):
        yield "text(): SQL is written out, values are bound"


def _owner(function: ast.expr) -> str:
    value = getattr(function, "value", None)
    return value.id if isinstance(value, ast.Name) else ""


def _is_sql_text(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) or _owner(function) in {"sa", "sqlalchemy", "sql"}


def _is_fixed(argument: ast.expr) -> bool:
    """A literal, or a name that stands for one (checked where it is made, by ruff's S608)."""
    return not isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call)


def test_templates_hold_nothing_inline_and_nothing_unescaped():
    templates = [path for path in (ROOT / "app" / "templates").rglob("*") if path.is_file()]
    found = {str(path.relative_to(ROOT)): complaints_of_template(path.read_text()) for path in templates}
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


def test_code_takes_no_way_around_the_rules():
    paths = [path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py")]
    found = {path: complaints_of_python((ROOT / path).read_text(), path) for path in paths}
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


def test_nothing_is_marked_as_unfinished():
    places = [path for top in ("app", "migrations") for path in (ROOT / top).rglob("*") if path.is_file()]
    ours = [path for path in places if path.suffix in WRITTEN_BY_US and "vendor" not in path.parts]
    assert len(ours) > 100
    assert [str(path.relative_to(ROOT)) for path in ours if UNFINISHED.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_versions_and_hashes_but_no_address(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "sha256:" in text or "sha512-" in text


@pytest.mark.parametrize(
    "template",
    [
        "{{ body|safe }}",
        "{{ body | safe }}",
        "{% autoescape false %}",
        '<p style="color: red">',
        "<style>p { color: red }</style>",
        '<button onclick="go()">',
        "<body\n  onload = go()>",
        "<script>go()</script>",
        '<a href="javascript:go()">',
    ],
)
def test_a_template_that_breaks_the_rules_is_seen(template):
    assert complaints_of_template(template)


@pytest.mark.parametrize(
    "template",
    [
        '<script type="module" src="/static/app.js"></script>',
        '<link rel="stylesheet" href="/static/app.css">',
        "<p>One is safe on = even footing</p>",
        '<p class="lifestyle">{{ safe }}</p>',
    ],
)
def test_an_innocent_template_is_left_alone(template):
    assert complaints_of_template(template) == []


@pytest.mark.parametrize(
    "source",
    [
        "session.commit()",
        "import pickle",
        "from random import choice",
        "def f():\n    import random",
        "flask.render_template_string(source)",
        "yaml.load(stream)",
        "eval(source)",
        'text(f"select {column}")',
        'text("select " + column)',
        'sa.text("select {}".format(column))',
        'text("select %s" % column)',
    ],
)
def test_code_that_breaks_the_rules_is_seen(source):
    assert complaints_of_python(source, "app/dialogues/service.py")


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("connection.commit()", "app/db.py"),
        ("import random\nrandom.Random(7)", "app/levels/consultation/surveys/demo.py"),
        ('text("select :answer")', "app/search/queries.py"),
        ("yaml.safe_load(stream)", "app/search/queries.py"),
    ],
)
def test_innocent_code_is_left_alone(source, path):
    assert complaints_of_python(source, path) == []
