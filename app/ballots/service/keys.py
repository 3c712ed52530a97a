"""The key of a box: its public half comes here, and every pair of holders shows that it can open."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import delete

from app import db
from app.ballots import queries
from app.ballots.core import opening
from app.ballots.models import BallotBox, KeyTrial, Secrecy
from app.ballots.problems import NotTaken
from app.i18n import lazy as _l

NOT_A_KEY = _l("This is not the file public.json that the opening tool writes.")

NOT_HOLDERS = _l("These are not the files of two holders of this vote's key, with their passphrases.")
UNLIKE = _l("The key needs three different people, each with a passphrase of their own of at least 12 characters.")


def register_key(box: BallotBox, file: bytes) -> None:
    """Take in public.json, and make a trial for each pair. An earlier key and its trials are forgotten.

    Raises NotTaken for a file that is no key.
    """
    public, holders = _read(file)
    box.public_key, box.holders = public.hex(), holders
    session = db.session()
    session.execute(delete(KeyTrial).where(KeyTrial.box_id == box.id))
    for one, other in opening.pairs():
        pair, word = f"{one}-{other}", secrets.token_hex(4)
        sealed = opening.trial_of(public, pair, word)
        row = KeyTrial(box_id=box.id, pair=pair, ciphertext=sealed.hex(), answer_hash=_hash(box, word))
        session.add(row)
    session.flush()


def make_key_here(box: BallotBox, names: Sequence[str], passphrases: Sequence[str]) -> list[dict[str, Any]]:
    """On level B: make the key on the server and register it. Returns the holders' files, which are not kept.

    Raises NotTaken on level A, and for names or passphrases that will not do.
    """
    _only_here(box)
    try:
        public, files = opening.make_keys(names, passphrases)
    except opening.Unusable as problem:
        raise NotTaken(UNLIKE, "passphrases") from problem
    register_key(box, opening.written(public).encode())
    return files


def try_here(box: BallotBox, files: Sequence[bytes], passphrases: Sequence[str]) -> str:
    """On level B: open the trial of the two holders whose files these are. Returns the pair. Raises NotTaken."""
    key, pair = joined_here(box, files, passphrases)
    trial = next(one for one in queries.trials(box) if one.pair == pair)
    answer_trial(box, pair, opening.tried(key, pair, bytes.fromhex(trial.ciphertext)))
    return pair


def joined_here(box: BallotBox, files: Sequence[bytes], passphrases: Sequence[str]) -> tuple[X25519PrivateKey, str]:
    """The key of this box from two holders' files, in memory only, and which pair they are. Raises NotTaken."""
    _only_here(box)
    try:
        held = [json.loads(one) for one in files]
        key = opening.joined(held, passphrases)
        pair = "-".join(str(number) for number in sorted(int(one["holder"]) for one in held))
    except (opening.Unusable, InvalidTag, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NotTaken(NOT_HOLDERS, "first_file") from problem
    if key.public_key().public_bytes_raw().hex() != box.public_key:
        raise NotTaken(NOT_HOLDERS, "first_file")
    return key, pair


def _only_here(box: BallotBox) -> None:
    if box.level != Secrecy.HERE:
        raise NotTaken(_l("This vote is opened on a computer without a network, never on the server."), "first_file")


def answer_trial(box: BallotBox, pair: str, word: str) -> None:
    """Note that a pair has opened its trial. Raises NotTaken where the word is not the one."""
    trial = next((one for one in queries.trials(box) if one.pair == pair), None)
    if trial is None or not secrets.compare_digest(trial.answer_hash, _hash(box, word)):
        raise NotTaken(_l("This is not the word that this pair's trial holds. Read it again from the tool."), "word")
    trial.passed = True
    db.session().flush()


def _hash(box: BallotBox, word: str) -> str:
    return hashlib.sha256(f"{box.uid}|{word.strip().lower()}".encode()).hexdigest()


def _read(file: bytes) -> tuple[bytes, list[str]]:
    try:
        found: Any = json.loads(file)
        public, names = bytes.fromhex(found["public_key"]), found["holders"]
        holders = [str(name).strip()[:80] for name in names]
        opening.trial_of(public, "1-2", "")  # is it a key at all?
    except (ValueError, KeyError, TypeError) as problem:
        raise NotTaken(NOT_A_KEY, "file") from problem
    if found.get("format") != "ballot-key/1" or len(holders) != opening.HOLDERS or not all(holders):
        raise NotTaken(NOT_A_KEY, "file")
    return public, holders
