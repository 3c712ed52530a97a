"""Files on disk: one folder, names of chance, written whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path


class _Place:
    folder: Path | None = None


def keep_in(folder: Path) -> None:
    """Set the folder in which this process keeps files (the setting FILES_PATH)."""
    _Place.folder = folder


def new_key() -> str:
    return secrets.token_hex(16)


def write(key: str, sizes: Mapping[str, bytes]) -> None:
    """Write each size beside its final name and put it there in one step, so that nobody reads half a file."""
    for size, data in sizes.items():
        path = _path(key, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{secrets.token_hex(4)}.half")
        half.write_bytes(data)
        half.replace(path)


def read(key: str, size: str) -> bytes | None:
    """The bytes of one size; None where there is no such file."""
    try:
        return _path(key, size).read_bytes()
    except OSError:
        return None


def remove(key: str) -> None:
    """Remove every size of this key; it may be gone already."""
    for path in _path(key, "").parent.glob(f"{key}-*"):
        path.unlink(missing_ok=True)


def keys() -> Iterator[tuple[str, datetime]]:
    """Each key on disk with the moment in which its oldest file was written."""
    oldest: dict[str, float] = {}
    for path in _folder().glob("??/*-*"):
        key = path.name.partition("-")[0]
        try:
            written = path.stat().st_mtime
        except OSError:
            continue  # another sweep was here first
        oldest[key] = min(written, oldest.get(key, written))
    yield from ((key, datetime.fromtimestamp(moment, UTC)) for key, moment in oldest.items())


def _folder() -> Path:
    if _Place.folder is None:
        raise RuntimeError("files.store.keep_in() has not been called")
    return _Place.folder


def _path(key: str, size: str) -> Path:
    if not key.isalnum() or not (size.isalpha() or size == ""):
        raise ValueError("a key is letters and digits")
    return _folder() / key[:2] / f"{key}-{size}"
