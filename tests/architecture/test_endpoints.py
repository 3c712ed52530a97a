"""Every endpoint says who may reach it and takes typed parameters; one that says nothing stops the start."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from werkzeug.routing import AnyConverter

from app import UndeclaredAccess, create_app, site, web
from app.web import FILE, PUBLIC, Access, SmallInteger
from tests.conftest import settings

ROOT = Path(__file__).parent.parent.parent


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_endpoint_declares_its_access(the_app):
    assert web.undeclared(the_app) == []
    for rule in rules(the_app):
        assert isinstance(the_app.view_functions[rule.endpoint].access, Access)


def test_an_undeclared_endpoint_stops_the_start(tmp_path, monkeypatch):
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
                assert isinstance(converter, SmallInteger), f"{rule.rule}: {name} is no small integer"


def test_addresses_are_swedish_ascii(the_app):
    for rule in rules(the_app):
        assert re.fullmatch(r"[a-z0-9/<>:_.\-]+", re.sub(r"<[^>]+>", "", rule.rule) or "/"), rule.rule


def example(kind):
    """A value that this kind of parameter takes."""
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return 1 if isinstance(kind, SmallInteger) else "x"


def test_a_guest_is_told_what_is_needed_wherever_one_must_sign_in(the_app, visitor):
    for rule in rules(the_app):
        view = the_app.view_functions[rule.endpoint]
        if view.access in (FILE, PUBLIC) or "GET" not in (rule.methods or ()):
            continue
        with the_app.test_request_context():
            path = the_app.url_map.bind("localhost").build(
                rule.endpoint, {name: example(kind) for name, kind in rule._converters.items()}
            )
        page = visitor.get(path)
        assert page.status == 403, f"{path}: {page.status}"
        assert any("/logga-in" in link for link in page.links()), f"{path}: no way to sign in"


def endpoints_in(source: str) -> set[str]:
    return set(re.findall(r"url_for\(\s*['\"]([a-z_.]+)['\"]", source))


def is_known(endpoint: str, known: set[str]) -> bool:
    """`.show` is the show of whichever package says so."""
    return endpoint in known or (endpoint.startswith(".") and any(one.endswith(endpoint) for one in known))


def test_templates_compile_and_link_only_to_endpoints_that_exist(the_app):
    known = set(the_app.view_functions)
    for file in sorted((ROOT / "app/templates").rglob("*.*")):
        name = str(file.relative_to(ROOT / "app/templates"))
        if file.suffix in (".html", ".txt", ".xml"):
            the_app.jinja_env.get_template(name)
            unknown = {one for one in endpoints_in(file.read_text(encoding="utf-8")) if not is_known(one, known)}
            assert not unknown, f"{name} links to {sorted(unknown)}"


def test_code_links_only_to_endpoints_that_exist(the_app):
    known = set(the_app.view_functions)
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("url_for", "go") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    assert is_known(first.value, known), f"{file.relative_to(ROOT)}:{node.lineno}: {first.value}"


def test_every_template_is_used(the_app):
    """A template that nothing renders, extends, includes or imports is left over."""
    folder = ROOT / "app/templates"
    code = "\n".join(f.read_text(encoding="utf-8") for f in (ROOT / "app").rglob("*.py"))
    templates = "\n".join(f.read_text(encoding="utf-8") for f in folder.rglob("*.*"))
    for file in sorted(folder.rglob("*.html")):
        name = str(file.relative_to(folder))
        if name.startswith("errors/"):
            continue  # rendered by status code
        put_together = f'"{file.parent.name}/{{' in code and f'"{file.stem}"' in code
        named = any(f"{quote}{name}{quote}" in text for quote in "\"'" for text in (code, templates))
        assert named or put_together, f"{name} is not used"
