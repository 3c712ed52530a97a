"""A municipality's own drawing is shown, and can do nothing else."""

from dataclasses import replace

import pytest

from tests.visitor import Visitor


@pytest.fixture
def with_logo(the_app, isolated, tmp_path):
    file = tmp_path / "logo.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    before = the_app.extensions["municipality"]
    after = replace(before, logo_file=file, logo="/logo.svg")
    the_app.extensions["municipality"] = the_app.jinja_env.globals["site"] = after
    yield Visitor(the_app)
    the_app.extensions["municipality"] = the_app.jinja_env.globals["site"] = before


def test_the_logo_may_neither_run_nor_fetch_anything(with_logo):
    page = with_logo.get("/logo.svg")
    assert page.status == 200
    assert page.headers["Content-Type"].startswith("image/svg+xml")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "sandbox" in page.headers["Content-Security-Policy"]


def test_every_page_shows_it(with_logo):
    images = with_logo.get("/hjalp").find_all("img")
    assert [image.get("src") for image in images] == ["/logo.svg"]
