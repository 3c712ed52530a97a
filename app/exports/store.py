"""Made files on disk, by their key. Half a file has another name, so that nobody fetches it.

What the archive keeps lies in a folder of its own, which is never swept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path
from shutil import copyfile, rmtree


class _Place:
    folder: Path | None = None
    archive: Path | None = None


def keep_in(folder: Path) -> None:
    """Set the folder in which this process keeps made files; what the archive keeps lies beside it."""
    _Place.folder, _Place.archive = folder, folder.parent / "archive"


def path(key: str) -> Path:
    """Where the file of this key is, whether it is there or not."""
    return _folder() / key


def half(key: str, lease: str) -> Path:
    """Where the file is while it is being made by the holder of this lease."""
    return _folder() / f"{key}.{lease[:12]}.half"


def finish(key: str, lease: str) -> None:
    """Put the made file in its place, in one step; what a worker that died on the way left of it goes."""
    half(key, lease).replace(path(key))
    for left in _folder().glob(f"{key}.*"):
        _remove(left)


def archived(key: str) -> Path:
    """Where the archive's copy of this key is, whether it is there or not."""
    if _Place.archive is None:
        raise RuntimeError("store.keep_in() has not been called")
    _Place.archive.mkdir(parents=True, exist_ok=True)
    return _Place.archive / key


def archive(key: str) -> str:
    """Keep a copy of a made file for the archive, put in its place in one step. Returns its checksum."""
    there = archived(key)
    half_way = there.with_name(f"{key}.half")
    copyfile(path(key), half_way)
    half_way.replace(there)
    return checksum(there)


def checksum(file: Path) -> str:
    """SHA-256 of a file, in hex; empty where there is none."""
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def remove_all_but(kept: Collection[str]) -> int:
    """Remove files whose key is not among `kept`, and whatever is left of their making. Returns how many."""
    gone = 0
    for entry in _folder().iterdir():
        if entry.name.partition(".")[0] in kept:
            continue
        _remove(entry)
        gone += 1
    return gone


def _remove(entry: Path) -> None:
    if entry.is_dir():
        rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)


def _folder() -> Path:
    if _Place.folder is None:
        raise RuntimeError("store.keep_in() has not been called")
    _Place.folder.mkdir(parents=True, exist_ok=True)
    return _Place.folder
