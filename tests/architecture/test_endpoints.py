"""Every endpoint says who may reach it and takes typed parameters; one that says nothing stops the start."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from app import UndeclaredAccess, create_app, web
from app.web import PUBLIC, Access
from tests.conftest import settings

ROOT = Path(__file__).parent.parent.parent
UNTYPED_BY_NATURE = {"static"}


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_endpoint_declares_its_access(the_app):
    assert web.undeclared(the_app) == []
    for rule in rules(the_app):
        assert isinstance(the_app.view_functions[rule.endpoint].access, Access)


def test_an_undeclared_endpoint_stops_the_start(tmp_path, monkeypatch):
    import app.site.package as site  # noqa: PLC0415

    usual = site.install

    def install(app):
        usual(app)
        app.add_url_rule("/glomd", "site.forgotten", lambda: "")

    monkeypatch.setattr(site, "install", install)
    with pytest.raises(UndeclaredAccess, match="forgotten"):
        create_app(settings(tmp_path))


def test_url_parameters_have_types(the_app):
    for rule in rules(the_app):
        for name, converter in rule._converters.items():
            if name.endswith("id"):
                assert type(converter).__name__ == "SmallInteger", f"{rule.rule}: {name} is no small integer"


def test_addresses_are_swedish_ascii(the_app):
    for rule in rules(the_app):
        assert re.fullmatch(r"[a-z0-9/<>:_.\-]+", re.sub(r"<[^>]+>", "", rule.rule) or "/"), rule.rule


def test_a_guest_is_told_what_is_needed_wherever_one_must_sign_in(the_app, visitor):
    for rule in rules(the_app):
        view = the_app.view_functions[rule.endpoint]
        if view.access is PUBLIC or "GET" not in (rule.methods or ()):
            continue
        with the_app.test_request_context():
            path = the_app.url_map.bind("localhost").build(
                rule.endpoint, {name: 1 if name.endswith(("id", "number")) else "x" for name in rule.arguments}
            )
        page = visitor.get(path)
        assert page.status == 403, f"{path}: {page.status}"
        assert any("/logga-in" in link for link in page.links()), f"{path}: no way to sign in"


def endpoints_in(source: str) -> set[str]:
    return set(re.findall(r"url_for\(\s*['\"]([a-z_.]+)['\"]", source))


def test_templates_compile_and_link_only_to_endpoints_that_exist(the_app):
    known = set(the_app.view_functions)
    for file in sorted((ROOT / "app/templates").rglob("*.*")):
        name = str(file.relative_to(ROOT / "app/templates"))
        if file.suffix in (".html", ".txt", ".xml"):
            the_app.jinja_env.get_template(name)
            unknown = endpoints_in(file.read_text(encoding="utf-8")) - known
            assert not unknown, f"{name} links to {sorted(unknown)}"


def test_code_links_only_to_endpoints_that_exist(the_app):
    known = set(the_app.view_functions)
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("url_for", "go") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    assert first.value in known, f"{file.relative_to(ROOT)}:{node.lineno}: {first.value}"


def test_every_template_is_used(the_app):
    """A template that nothing renders, extends, includes or imports is left over."""
    folder = ROOT / "app/templates"
    code = "\n".join(f.read_text(encoding="utf-8") for f in (ROOT / "app").rglob("*.py"))
    templates = "\n".join(f.read_text(encoding="utf-8") for f in folder.rglob("*.*"))
    for file in sorted(folder.rglob("*.html")):
        name = str(file.relative_to(folder))
        if name.startswith("errors/"):
            continue  # rendered by status code
        assert f'"{name}"' in code or f'"{name}"' in templates or f"'{name}'" in templates, f"{name} is not used"
