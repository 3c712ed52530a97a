"""Öppningsverktyget: makes the key of a vote, tries it, and opens the sealed ballots, on a computer without a network.

This one file stands alone: Python 3.11 or newer and the package `cryptography`, nothing else of this project. The
platform serves it for download with its hash, and seals and counts with these very functions. What it says is in
Swedish, for those who hold the keys, because no catalogue comes with a single file.

    python opening.py keys FOLDER "First holder" "Second holder" "Third holder"
    python opening.py try trial.json holder-1.json holder-2.json
    python opening.py open sealed.json holder-1.json holder-2.json result.json
"""

from __future__ import annotations

import argparse
import base64
import getpass
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
PADDED = 256  # bytes of every ballot before it is sealed
SEALED = 304  # and after: 32 of the key that was made for it, 16 of the seal
HOLDERS = 3
SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}
SHORTEST_PASSPHRASE = 12
KINDS = ("yes_no", "single", "approval")

Paper = Mapping[str, Any]  # {"box", "kind", "question", "most", "options": [[key, text], …]}
Choices = tuple[str, ...]  # keys of options, in the order of the paper; none is a blank ballot


class Unusable(Exception):
    """A file or a passphrase that does not fit. The sentence is for the people at the table."""


# ---------------------------------------------------------------- the paper and the ballots


def written(paper: Any) -> str:
    """The one way to write something down, so that it has one hash."""
    return json.dumps(paper, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(paper: Any) -> str:
    return hashlib.sha256(written(paper).encode()).hexdigest()


def canonical(paper: Paper, chosen: Iterable[str]) -> Choices | None:
    """The choices in the order of the paper; None where the paper does not allow them."""
    wanted = list(chosen)
    keys = [key for key, _ in paper["options"]]
    most = paper["most"] if paper["kind"] == "approval" else 1
    if len(set(wanted)) != len(wanted) or not set(wanted) <= set(keys) or len(wanted) > most:
        return None
    return tuple(key for key in keys if key in wanted)


def count(paper: Paper, ballots: Iterable[Choices | None]) -> dict[str, Any]:
    """How many ballots are valid, blank and invalid (None), and how many chose each option. Their order is nothing."""
    counts = {"valid": 0, "blank": 0, "invalid": 0}
    options = {key: 0 for key, _ in paper["options"]}
    for ballot in ballots:
        counts["invalid" if ballot is None else "valid" if ballot else "blank"] += 1
        for key in ballot or ():
            options[key] += 1
    return {**counts, "options": options}


def _bound_to(paper: Paper) -> bytes:
    """What a ballot is sealed to: this vote and this paper, so that it opens in no other."""
    return f"ballot/1|{paper['box']}|{hash_of(paper)}".encode()


def seal(public_key: bytes, paper: Paper, choices: Choices) -> bytes:
    """One ballot as an envelope of SEALED bytes, whatever it says. Raises ValueError for what the paper forbids."""
    if canonical(paper, choices) != choices:
        raise ValueError("the paper does not allow these choices")
    plain = written([1, paper["box"], hash_of(paper), ",".join(choices)]).encode()
    if len(plain) > PADDED:
        raise ValueError("too many options for one ballot")
    key = X25519PublicKey.from_public_bytes(public_key)
    return bytes(SUITE.encrypt(plain.ljust(PADDED), key, info=_bound_to(paper)))


def opened(key: X25519PrivateKey, paper: Paper, envelope: bytes) -> Choices | None:
    """What an envelope says; None for one of another vote or paper, or one that was altered or never was a ballot."""
    try:
        plain = SUITE.decrypt(envelope, key, info=_bound_to(paper))
        version, box, paper_hash, said = json.loads(plain)
        choices = tuple(said.split(",")) if said else ()
    except (InvalidTag, ValueError, TypeError, AttributeError):
        return None
    fits = (version, box, paper_hash) == (1, paper["box"], hash_of(paper))
    return choices if fits and canonical(paper, choices) == choices else None


def receipt_of(envelope: bytes) -> str:
    """The full receipt: SHA-256 in hex. People see its short form."""
    return hashlib.sha256(envelope).hexdigest()


def short(receipt: str) -> str:
    """Sixteen letters and digits that can be read aloud."""
    letters = base64.b32encode(bytes.fromhex(receipt)[:10]).decode()
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))


def root_of(receipts: Iterable[str]) -> str:
    """One hash over all receipts in their order: it changes with any of them."""
    return hashlib.sha256("\n".join(sorted(receipts)).encode()).hexdigest()


# ---------------------------------------------------------------- the key and its three holders


def pairs() -> list[tuple[int, int]]:
    return list(combinations(range(1, HOLDERS + 1), 2))


def fingerprint(public_key: bytes) -> str:
    """What the holders read aloud to each other: 32 hex digits in fours."""
    digits = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))


def _raw(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _key_from(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, **SCRYPT)


def make_keys(names: Sequence[str], passphrases: Sequence[str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A new key: what the platform is given, and one file for each holder.

    The key itself is kept only inside boxes that take two holders to open, each under their own passphrase.
    """
    if not (len(names) == len(passphrases) == HOLDERS) or len({name.casefold() for name in names}) < HOLDERS:
        raise Unusable("Nyckeln ska ha tre olika innehavare.")
    if any(len(one) < SHORTEST_PASSPHRASE for one in passphrases) or len(set(passphrases)) < HOLDERS:
        raise Unusable(f"Var och en behöver en egen lösenfras på minst {SHORTEST_PASSPHRASE} tecken.")
    vote, holders = X25519PrivateKey.generate(), [X25519PrivateKey.generate() for _ in range(HOLDERS)]
    public = _raw(vote)
    boxes = {}
    for one, other in pairs():
        inner = SUITE.encrypt(vote.private_bytes_raw(), holders[other - 1].public_key(), info=public)
        boxes[f"{one}-{other}"] = SUITE.encrypt(inner, holders[one - 1].public_key(), info=public).hex()
    files = []
    for number, (name, passphrase, key) in enumerate(zip(names, passphrases, holders, strict=True), start=1):
        salt, nonce = os.urandom(16), os.urandom(12)
        locked = ChaCha20Poly1305(_key_from(passphrase, salt)).encrypt(nonce, key.private_bytes_raw(), public)
        mine = {"format": "ballot-holder/1", "holder": number, "name": name, "public_key": public.hex()}
        files.append({**mine, "salt": salt.hex(), "nonce": nonce.hex(), "locked": locked.hex(), "boxes": boxes})
    return {"format": "ballot-key/1", "public_key": public.hex(), "holders": list(names)}, files


def _unlocked(file: Mapping[str, Any], passphrase: str) -> X25519PrivateKey:
    salt, nonce, locked = (bytes.fromhex(file[name]) for name in ("salt", "nonce", "locked"))
    try:
        raw = ChaCha20Poly1305(_key_from(passphrase, salt)).decrypt(nonce, locked, bytes.fromhex(file["public_key"]))
    except InvalidTag as problem:
        raise Unusable(f"Lösenfrasen passar inte för {file['name']}.") from problem
    return X25519PrivateKey.from_private_bytes(raw)


def joined(files: Sequence[Mapping[str, Any]], passphrases: Sequence[str]) -> X25519PrivateKey:
    """The key of the vote, from two different holders. Raises Unusable."""
    held = sorted(zip(files, passphrases, strict=True), key=lambda one: int(one[0]["holder"]))
    numbers = tuple(int(file["holder"]) for file, _ in held)
    if numbers not in pairs() or len({file["public_key"] for file, _ in held}) != 1:
        raise Unusable("Det behövs två olika innehavares filer till samma nyckel.")
    public = bytes.fromhex(held[0][0]["public_key"])
    box = bytes.fromhex(held[0][0]["boxes"]["{}-{}".format(*numbers)])
    for file, passphrase in held:
        box = SUITE.decrypt(box, _unlocked(file, passphrase), info=public)
    return X25519PrivateKey.from_private_bytes(box)


def trial_of(public_key: bytes, pair: str, word: str) -> bytes:
    """A word that only the key can read, for one pair's trial opening."""
    key = X25519PublicKey.from_public_bytes(public_key)
    return bytes(SUITE.encrypt(word.encode(), key, info=f"trial/1|{pair}".encode()))


def tried(key: X25519PrivateKey, pair: str, envelope: bytes) -> str:
    return bytes(SUITE.decrypt(envelope, key, info=f"trial/1|{pair}".encode())).decode()


def open_all(key: X25519PrivateKey, sealed: Mapping[str, Any]) -> dict[str, Any]:
    """Open a sealed file and count it. Raises Unusable where the file is not the box that was sealed.

    Nothing that comes out says which ballot held which choice.
    """
    paper, envelopes = sealed["paper"], [base64.b64decode(one) for one in sealed["ballots"]]
    receipts = [receipt_of(one) for one in envelopes]
    if _raw(key).hex() != sealed["public_key"]:
        raise Unusable("Nyckeln hör till en annan omröstning.")
    if hash_of(paper) != sealed["paper_hash"]:
        raise Unusable("Röstsedeln är inte den som frystes.")
    if len(set(receipts)) != sealed["count"] or len(receipts) != sealed["count"] or root_of(receipts) != sealed["root"]:
        raise Unusable("Kuverten är inte de som förseglades: antal eller kontrollsumma stämmer inte.")
    counted = count(paper, (opened(key, paper, one) for one in envelopes))
    kept = {name: sealed[name] for name in ("paper_hash", "count", "root")}
    return {"format": "ballot-opening/1", "box": paper["box"], **kept, **counted}


# ---------------------------------------------------------------- at the table


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _read(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def _write(path: Path, content: Mapping[str, Any]) -> None:
    if path.exists():
        raise Unusable(f"{path} finns redan.")
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _say(f"Skrev {path}")


def _keys(folder: str, names: Sequence[str]) -> None:
    passphrases = [getpass.getpass(f"Lösenfras för {name}: ") for name in names]
    public, files = make_keys(names, passphrases)
    Path(folder).mkdir(parents=True, exist_ok=True)
    _write(Path(folder) / "public.json", public)
    for file in files:
        _write(Path(folder) / f"holder-{file['holder']}.json", file)
    _say("Fingeravtryck: " + fingerprint(bytes.fromhex(public["public_key"])))
    _say("Lägg public.json i plattformen. Varje innehavare tar sin egen fil och tar bort den härifrån.")


def _pair(paths: Sequence[str]) -> tuple[X25519PrivateKey, str, list[str]]:
    files = sorted((_read(path) for path in paths), key=lambda file: int(file["holder"]))
    passphrases = [getpass.getpass(f"Lösenfras för {file['name']}: ") for file in files]
    key = joined(files, passphrases)
    return key, "-".join(str(file["holder"]) for file in files), [file["name"] for file in files]


def _try(trial: str, paths: Sequence[str]) -> None:
    key, pair, names = _pair(paths)
    word = tried(key, pair, bytes.fromhex(_read(trial)["pairs"][pair]))
    _say(f"Provöppningen lyckades för {' och '.join(names)}. Skriv in ordet i plattformen för paret {pair}: {word}")


def _open(sealed: str, paths: Sequence[str], out: str) -> None:
    key, _, names = _pair(paths)
    result = {**open_all(key, _read(sealed)), "opened_by": names}
    _write(Path(out), result)
    _say(
        f"{result['count']} kuvert: {result['valid']} giltiga, {result['blank']} blanka, {result['invalid']} ogiltiga."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """What is typed at the prompt. Returns 0, or 1 with a sentence."""
    parser = argparse.ArgumentParser(description="Nyckel och öppning för en omröstning. Kör på en dator utan nätverk.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    keys = verbs.add_parser("keys", help="gör en nyckel med tre innehavare")
    keys.add_argument("folder")
    keys.add_argument("names", nargs=HOLDERS)
    trying = verbs.add_parser("try", help="provöppna med två innehavare")
    trying.add_argument("trial")
    trying.add_argument("holders", nargs=2)
    opening = verbs.add_parser("open", help="öppna de förseglade kuverten med två innehavare")
    opening.add_argument("sealed")
    opening.add_argument("holders", nargs=2)
    opening.add_argument("result")
    asked = parser.parse_args(arguments)
    try:
        if asked.verb == "keys":
            _keys(asked.folder, asked.names)
        elif asked.verb == "try":
            _try(asked.trial, asked.holders)
        else:
            _open(asked.sealed, asked.holders, asked.result)
    except (Unusable, OSError, KeyError, ValueError, InvalidTag) as problem:
        sys.stderr.write(f"Det gick inte: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
