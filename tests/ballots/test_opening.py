"""Sealing, opening and the key of three holders: the tool that stands alone."""

from __future__ import annotations

import base64
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.ballots.core import opening
from app.ballots.core.outcome import leading, together
from tests.factories.votes import HOLDERS, PASSPHRASES, the_key

OPTIONS = [["1", "Klätterborg"], ["2", "Vattenlek"], ["3", "Gungor"]]
SINGLE = {"box": "a" * 32, "kind": "single", "question": "Vilken?", "most": 1, "options": OPTIONS}
APPROVAL = {**SINGLE, "kind": "approval", "most": 2}
KEY = X25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw()


def sealed_file(paper, ballots):
    envelopes = [opening.seal(PUBLIC, paper, one) for one in ballots]
    receipts = [opening.receipt_of(one) for one in envelopes]
    return {
        "paper": paper, "paper_hash": opening.hash_of(paper), "public_key": PUBLIC.hex(), "count": len(envelopes),
        "root": opening.root_of(receipts), "ballots": [base64.b64encode(one).decode() for one in envelopes],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "chosen", "kept"),
    [
        (SINGLE, ["2"], ("2",)),
        (SINGLE, [], ()),
        (SINGLE, ["1", "2"], None),
        (SINGLE, ["4"], None),
        (SINGLE, [""], None),
        (APPROVAL, ["3", "1"], ("1", "3")),
        (APPROVAL, ["1", "2", "3"], None),
        (APPROVAL, ["1", "1"], None),
    ],
)
def test_a_paper_allows_what_it_says(paper, chosen, kept):
    assert opening.canonical(paper, chosen) == kept


def test_an_envelope_is_as_long_whatever_it_says():
    lengths = {len(opening.seal(PUBLIC, APPROVAL, one)) for one in [(), ("1",), ("2", "3")]}
    assert lengths == {opening.SEALED}
    twenty = {**APPROVAL, "most": 20, "options": [[str(n), "x"] for n in range(1, 21)]}
    everything = tuple(key for key, _ in twenty["options"])
    envelope = opening.seal(PUBLIC, twenty, everything)
    assert len(envelope) == opening.SEALED
    assert opening.opened(KEY, twenty, envelope) == everything


def test_the_same_vote_twice_is_two_different_envelopes():
    assert opening.seal(PUBLIC, SINGLE, ("1",)) != opening.seal(PUBLIC, SINGLE, ("1",))


def test_what_is_no_ballot_of_this_vote_is_invalid_and_never_a_crash():
    good = opening.seal(PUBLIC, SINGLE, ("1",))
    other_vote = opening.seal(PUBLIC, {**SINGLE, "box": "b" * 32}, ("1",))
    old_paper = opening.seal(PUBLIC, {**SINGLE, "question": "Vilken då?"}, ("1",))
    altered = good[:100] + bytes([good[100] ^ 1]) + good[101:]
    other_key = opening.seal(X25519PrivateKey.generate().public_key().public_bytes_raw(), SINGLE, ("1",))
    rubbish = [b"", b"\0" * opening.SEALED, good[:-1], good + b"x"]
    assert opening.opened(KEY, SINGLE, good) == ("1",)
    for envelope in [other_vote, old_paper, altered, other_key, *rubbish]:
        assert opening.opened(KEY, SINGLE, envelope) is None


@pytest.mark.parametrize("plain", ["[1,2]", "null", "{}", '[1,"x","y",5]', '["1"]', "x"])
def test_a_sealed_text_that_is_no_ballot_is_invalid(plain):
    envelope = opening.SUITE.encrypt(plain.encode().ljust(256), KEY.public_key(), info=opening._bound_to(SINGLE))
    assert opening.opened(KEY, SINGLE, envelope) is None


def test_counting_sees_valid_blank_and_invalid():
    counted = opening.count(APPROVAL, [("1",), ("1", "3"), (), None])
    assert counted == {"valid": 2, "blank": 1, "invalid": 1, "options": {"1": 2, "2": 0, "3": 1}}


def test_the_result_does_not_depend_on_the_order_of_the_envelopes():
    file = sealed_file(APPROVAL, [("1",), ("1", "2"), (), ("3",), ("2",)] * 4)
    results = []
    for seed in range(20):
        random.Random(seed).shuffle(file["ballots"])
        results.append(opening.open_all(KEY, file))
    assert all(one == results[0] for one in results)
    assert results[0]["options"] == {"1": 8, "2": 8, "3": 4}


def test_nothing_that_comes_out_ties_a_receipt_to_a_choice():
    file = sealed_file(SINGLE, [("1",), ("2",), ()])
    said = json.dumps(opening.open_all(KEY, file))
    assert not any(one in said for one in file["ballots"])
    assert set(json.loads(said)) == {
        "format", "box", "paper_hash", "count", "root", "valid", "blank", "invalid", "options"
    }  # fmt: skip


@pytest.mark.parametrize("how", ["removed", "copied", "altered", "paper", "key"])
def test_a_box_that_is_not_the_one_that_was_sealed_is_refused(how):
    file = sealed_file(SINGLE, [("1",), ("2",), ()])
    key = KEY
    if how == "removed":
        file["ballots"].pop()
    elif how == "copied":
        file["ballots"][0] = file["ballots"][1]
    elif how == "altered":
        file["ballots"][0] = sealed_file(SINGLE, [("3",)])["ballots"][0]
    elif how == "paper":
        file["paper"] = {**SINGLE, "question": "En annan?"}
    else:
        key = X25519PrivateKey.generate()
    with pytest.raises(opening.Unusable):
        opening.open_all(key, file)


def test_each_pair_of_holders_opens_and_no_single_one_does():
    public, files = the_key()
    for one, other in opening.pairs():
        held = [files[one - 1], files[other - 1]]
        key = opening.joined(held, [PASSPHRASES[one - 1], PASSPHRASES[other - 1]])
        assert key.public_key().public_bytes_raw().hex() == public["public_key"]
    for number in range(3):
        with pytest.raises(opening.Unusable):
            opening.joined([files[number], files[number]], [PASSPHRASES[number]] * 2)
        with pytest.raises(opening.Unusable):
            opening.joined([files[number]], [PASSPHRASES[number]])
    with pytest.raises(opening.Unusable):
        opening.joined([files[0], files[1]], [PASSPHRASES[0], PASSPHRASES[2]])


def test_a_holders_file_says_nothing_without_the_passphrase():
    public, files = the_key()
    private = opening.joined(files[:2], PASSPHRASES[:2]).private_bytes_raw().hex()
    assert private not in json.dumps(files)
    assert private not in json.dumps(public)


@pytest.mark.parametrize(
    ("names", "passphrases"),
    [
        (HOLDERS[:2], PASSPHRASES[:2]),
        (("A", "a", "B"), PASSPHRASES),
        (HOLDERS, ("kort", "lång nog är den", "lång nog är den 2")),
        (HOLDERS, (PASSPHRASES[0],) * 3),
    ],
)
def test_a_key_takes_three_people_with_a_passphrase_each(names, passphrases):
    with pytest.raises(opening.Unusable):
        opening.make_keys(names, passphrases)


def typed(monkeypatch, *passphrases):
    waiting = list(passphrases)
    monkeypatch.setattr(opening.getpass, "getpass", lambda _prompt: waiting.pop(0))


def test_at_the_prompt_keys_trial_and_opening_follow_each_other(tmp_path, monkeypatch, capsys):
    typed(monkeypatch, *PASSPHRASES)
    assert opening.main(["keys", str(tmp_path), *HOLDERS]) == 0
    public = bytes.fromhex(json.loads((tmp_path / "public.json").read_text())["public_key"])
    assert opening.fingerprint(public) in capsys.readouterr().out
    trial = {"pairs": {"1-3": opening.trial_of(public, "1-3", "ordet").hex()}}
    (tmp_path / "trial.json").write_text(json.dumps(trial))
    holders = [str(tmp_path / "holder-3.json"), str(tmp_path / "holder-1.json")]
    typed(monkeypatch, PASSPHRASES[0], PASSPHRASES[2])
    assert opening.main(["try", str(tmp_path / "trial.json"), *holders]) == 0
    assert "ordet" in capsys.readouterr().out
    file = sealed_file(SINGLE, [])
    envelopes = [opening.seal(public, SINGLE, one) for one in [("1",), ()]]
    file |= {"public_key": public.hex(), "count": 2, "root": opening.root_of(map(opening.receipt_of, envelopes))}
    file["ballots"] = [base64.b64encode(one).decode() for one in envelopes]
    (tmp_path / "sealed.json").write_text(json.dumps(file))
    typed(monkeypatch, PASSPHRASES[0], PASSPHRASES[2])
    assert opening.main(["open", str(tmp_path / "sealed.json"), *holders, str(tmp_path / "result.json")]) == 0
    result = json.loads((tmp_path / "result.json").read_text())
    assert (result["valid"], result["blank"], result["opened_by"]) == (1, 1, [HOLDERS[0], HOLDERS[2]])
    typed(monkeypatch, PASSPHRASES[0], "fel lösenfras helt")
    assert opening.main(["open", str(tmp_path / "sealed.json"), *holders, str(tmp_path / "again.json")]) == 1
    assert "passar inte" in capsys.readouterr().err


def test_the_tool_stands_alone(tmp_path):
    """Copied to an empty folder it runs, whatever else is installed beside cryptography."""
    copy = tmp_path / "opening.py"
    copy.write_bytes(Path(opening.__file__).read_bytes())
    ran = subprocess.run(
        [sys.executable, "-I", str(copy), "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "open" in ran.stdout
    assert "from app" not in copy.read_text()
    assert "import app" not in copy.read_text()


def test_a_receipt_is_sixteen_letters_and_digits_of_the_envelope():
    receipt = opening.receipt_of(opening.seal(PUBLIC, SINGLE, ("1",)))
    assert len(receipt) == 64
    said = opening.short(receipt)
    assert len(said.replace("-", "")) == 16
    assert said == opening.short(receipt)


def opens_in_time(number, seconds):
    file = sealed_file(SINGLE, [(str(1 + at % 3),) for at in range(number)])
    began = time.perf_counter()
    assert opening.open_all(KEY, file)["valid"] == number
    assert time.perf_counter() - began < seconds


def test_many_envelopes_are_opened_in_time():
    opens_in_time(500, 20)


@pytest.mark.audit
@pytest.mark.slow
def test_ten_thousand_envelopes_are_opened_in_ten_seconds():
    opens_in_time(10_000, 10)


def test_who_leads_and_who_ties():
    assert leading({"1": 3, "2": 5, "3": 5}) == ("2", "3")
    assert leading({"1": 3, "2": 1}) == ("1",)
    assert leading({"1": 0, "2": 0}) == ()
    assert together(["1", "2"], {"1": 3}, {"1": 1, "2": 2}) == {"1": 4, "2": 2}
