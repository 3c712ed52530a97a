"""Display names, addresses, codes and browsers, as they are understood."""

from __future__ import annotations

import pytest

from app.accounts.core.addresses import key_of
from app.accounts.core.browsers import browser_name
from app.accounts.core.names import has_letter, looks_official
from app.accounts.core.secrets_by_mail import CODE_LENGTH, TOKEN_LENGTH, new_code, new_token, spaced, tidy_code
from app.richtext import one_line


@pytest.mark.parametrize(
    "name",
    [
        "Vara kommun", "VARA KOMMUN", "V@ra K0mmun", "Kоmmunen (Cyrillic о)", "Adm1n", "Admin Adminsson", "Moderator",
        "Mo derator", "k o m m u n", "Μοderator", "Vara", "Varakommun", "Din kommun", "Handläggare Ek",
        "M\u0307oderator",
    ],
)  # fmt: skip
def test_a_name_that_could_be_taken_for_the_municipality_is_seen(name):
    assert looks_official(name, "Vara kommun")


@pytest.mark.parametrize(
    "name", ["Kim Lund", "Badminton Bengt", "Åsa Öberg", "حسن", "Barbara", "Сергей", "Kom Munther"]
)
def test_a_name_of_ones_own_is_left_alone(name):
    assert not looks_official(name, "Vara kommun")


@pytest.mark.parametrize(
    ("name", "visible"),
    [
        ("Kim", True),
        ("حسن", True),
        ("李", True),
        ("…", False),
        ("123", False),
        ("\u200d\u200c", False),
        ("\u3164", False),
    ],
)
def test_something_of_a_name_can_be_read(name, visible):
    assert has_letter(one_line(name)) is visible


def test_direction_overrides_and_line_breaks_leave_a_name():
    assert one_line("Kim\u202e dnuL\r\nBcc: a@b.se") == "Kim dnuL Bcc: a@b.se"


def test_addresses_are_compared_without_case_but_look_alikes_differ():
    assert key_of(" Kim@Example.SE ") == key_of("kim@example.se")
    assert key_of("mıke@example.se") != key_of("mike@example.se")
    assert key_of("pa\u030a@example.se") == key_of("på@example.se")


def test_a_code_is_read_however_it_was_typed():
    code = new_code()
    assert len(code) == CODE_LENGTH
    for typed in (code.lower(), spaced(code), f"  {code[:4]}-{code[4:]}\t", code.translate({ord("2"): "٢"})):
        assert tidy_code(typed) == code


def test_tokens_are_long_and_differ():
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) == TOKEN_LENGTH


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0", "Firefox, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/129.0 Safari/537.36 Edg/129.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605 Version/17.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8", ""),
    ],
)
def test_a_browser_has_a_name_that_its_owner_knows(sent, name):
    assert browser_name(sent) == name
