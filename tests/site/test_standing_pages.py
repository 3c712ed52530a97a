"""Standing pages: whole, in every language, without a cookie and with few questions to the database."""

import pytest

PAGES = [
    "/sa-fungerar-det",
    "/regler",
    "/personuppgifter",
    "/kakor",
    "/tillganglighet",
    "/hjalp",
    "/webbkarta",
    "/ordlista",
    "/delar",
]


@pytest.mark.parametrize("prefix", ["", "/en", "/ar", "/lattlast"])
@pytest.mark.parametrize("path", PAGES)
def test_a_standing_page_is_whole_and_sets_no_cookie(visitor, prefix, path):
    page = visitor.get(prefix + path)
    assert page.status == 200
    assert "Set-Cookie" not in page.headers
    assert len(page.find_all("h1")) == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_standing_page_asks_the_database_nothing(visitor, count_statements, path):
    visitor.get(path)
    assert count_statements == []


def test_the_language_row_keeps_the_page_and_drops_the_query(visitor):
    page = visitor.get("/en/hjalp?page=/x")
    assert {"/hjalp", "/en/hjalp", "/ar/hjalp", "/lattlast/hjalp"} <= set(page.links())


def test_every_language_and_a_default_are_named_for_search_engines(visitor):
    links = [link for link in visitor.get("/ar/hjalp").find_all("link") if link.get("rel") == "alternate"]
    named = {link.get("hreflang"): link.get("href") for link in links}
    assert named["x-default"] == named["sv"] == "http://localhost/hjalp"
    assert named["ar"] == "http://localhost/ar/hjalp"


@pytest.mark.parametrize("path", ["/finns-inte", "//evil.example/x"])
def test_a_page_that_does_not_exist_leads_to_the_front_page_in_other_languages(visitor, path):
    page = visitor.get("http://localhost" + path)
    assert page.status == 404
    row = [a.get("href") for a in page.find_all("a") if a.get("hreflang")]
    assert row == ["/", "/en/", "/ar/", "/lattlast/"]


def test_the_menu_says_where_one_is(visitor):
    current = [a for a in visitor.get("/en/hjalp").find_all("a") if a.get("aria-current") == "page"]
    assert [a.get("href") for a in current] == ["/en/hjalp"]


def test_the_accessibility_statement_says_what_the_law_asks(visitor):
    page = visitor.get("/en/tillganglighet")
    for words in ("partly compliant", "Requirement 3.1.2", "kontaktcenter@vara.example", "Digg", "last assessed on"):
        assert words in page.words
    assert "https://www.digg.se/tdosanmalan" in page.links()


def test_help_takes_up_the_page_one_came_from_without_trusting_it(visitor):
    page = visitor.get("/en/hjalp", query_string={"page": '"><script>alert(1)</script>'})
    assert page.status == 200
    assert "<script>alert" not in page.text


def test_the_cookie_page_names_the_cookie(visitor):
    assert "session" in visitor.get("/kakor").words


def test_security_txt_says_whom_to_tell_and_until_when(visitor):
    page = visitor.get("/.well-known/security.txt")
    assert "Contact: mailto:kontaktcenter@vara.example" in page.text
    assert "Expires: 20" in page.text
    assert "Canonical: http://localhost/.well-known/security.txt" in page.text


def test_robots_stay_out_of_where_people_work(visitor):
    assert "Disallow: /arbetsyta" in visitor.get("/robots.txt").text


def test_the_colours_are_cached_and_asked_about_by_version(visitor):
    page = visitor.get("/brand.css")
    assert page.headers["Content-Type"].startswith("text/css")
    assert "max-age=3600" in page.headers["Cache-Control"]
    again = visitor.get("/brand.css", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status == 304


def test_there_is_no_logo_until_a_file_is_named(visitor):
    assert visitor.get("/logo.svg").status == 404
