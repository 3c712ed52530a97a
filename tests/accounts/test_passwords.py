"""Passwords: what is refused, what is allowed, and how they rest."""

from __future__ import annotations

import threading

import pytest

from app.accounts.core import passwords
from app.accounts.core.passwords import Weakness, weakness

NAMES = ("Vara kommun", "Var med och påverka")


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("niotecken", Weakness.SHORT),
        ("å" * 9, Weakness.SHORT),
        ("tre gula hästar " * 40, Weakness.LARGE),
        ("password123", Weakness.COMMON),
        ("P4$$w0rd!!!", Weakness.COMMON),
        ("Lösenord2027", Weakness.COMMON),
        ("1234567890", Weakness.COMMON),
        ("aaaaaaaaaaaaaa", Weakness.COMMON),
        ("qwertyuiopå", Weakness.COMMON),
        ("hejhejhejhej", Weakness.COMMON),
        ("Varakommun2027", Weakness.COMMON),
        ("vara kommun!", Weakness.COMMON),
        ("medborgardialog", Weakness.COMMON),
        ("kim.lund@example.se", Weakness.OWN),
        ("KimLund2027", Weakness.OWN),
        ("tre gula hästar", None),
        ("bra kaffe i Vara", None),
        ("ثلاثة أحصنة صفراء", None),
        ("xK9#mQ2$vL", None),
        ("Drottninggatan", None),
        ("tre gula hästar " * 30, None),
    ],
)
def test_length_counts_and_what_is_easy_to_guess_is_refused(password, expected):
    assert weakness(password, address="kim.lund@example.se", names=NAMES) is expected


def test_nothing_is_cut_off():
    long = "tre gula hästar " * 30
    kept = passwords.hashed(long + "1")
    assert passwords.matches(kept, long + "1")
    assert not passwords.matches(kept, long + "2")


def test_a_password_past_the_limit_never_matches_its_beginning():
    kept = passwords.hashed("a" * passwords.LARGEST)
    assert passwords.matches(kept, "a" * passwords.LARGEST)
    assert not passwords.matches(kept, "a" * passwords.LARGEST + "b")


def test_the_same_letters_written_in_two_ways_are_the_same_password():
    assert passwords.matches(passwords.hashed("på en ö i ån"), "pa\u030a en o\u0308 i a\u030an")


@pytest.mark.parametrize("odd", ["\ud800" * 12, "\0" * 12, ""])
def test_odd_input_is_a_wrong_password_and_no_error(odd):
    assert not passwords.matches(passwords.hashed("tre gula hästar"), odd)
    assert not passwords.matches(None, odd)
    assert not passwords.matches("not a hash", odd)


def test_the_costs_are_those_that_were_decided():
    assert passwords.hashed("tre gula hästar").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.is_outdated(passwords.NOBODYS)


def test_at_most_four_are_hashed_at_once(monkeypatch):
    working, most, lock = 0, 0, threading.Lock()
    gate = threading.Event()

    class Slow:
        def hash(self, _password: bytes) -> str:
            nonlocal working, most
            with lock:
                working += 1
                most = max(most, working)
            gate.wait(0.05)
            with lock:
                working -= 1
            return ""

    monkeypatch.setattr(passwords, "HASHER", Slow())
    threads = [threading.Thread(target=passwords.hashed, args=("x",)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 4
