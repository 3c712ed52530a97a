"""Made files on disk, by their key. Half a file has another name, so that nobody fetches it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from shutil import rmtree


class _Place:
    folder: Path | None = None


def keep_in(folder: Path) -> None:
    """Set the folder in which this process keeps made files."""
    _Place.folder = folder


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
