"""The whole service, started as one starts it: real processes, a real port, and a clean stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import ROOT

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    return {**kept, "VAR_PATH": str(folder), "DEMO_PASSWORD": "just-for-show-1", **more}


@contextmanager
def served(folder: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
    env = environment(folder, PORT=str(port), **more)
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(240)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def answer(port: int, path: str, patience: float = 240) -> tuple[int, str]:
    """The answer, as soon as there is one."""
    end = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as got:
                return got.status, got.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def ready(port: int, patience: float = 60) -> bool:
    """Whether requests may be sent here, once the worker has done what loading left to it."""
    end = time.monotonic() + patience
    while answer(port, "/health/ready") != (200, '{"status":"ok"}\n'):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_from_an_empty_folder_to_a_page_and_a_clean_stop(tmp_path, how):
    port = free_port()
    with served(tmp_path, port) as process:
        status, page = answer(port, "/")
        assert status == 200
        assert "Drottninggatan" in page
        assert ready(port)
        process.send_signal(how)
        out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    assert f"http://127.0.0.1:{port}" in out
    assert "handlaggare@demo.example" in out
    assert "just-for-show-1" in out
    assert "Traceback" not in err
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_a_second_start_keeps_what_is_there(tmp_path):
    for expected in (True, False):
        port = free_port()
        with served(tmp_path, port) as process:
            answer(port, "/health/live")
            process.terminate()
            out, _ = process.communicate(timeout=240)
        assert ("Demo accounts" in out) == expected


def test_a_port_that_is_taken_is_said_in_words(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with served(tmp_path, port) as process:
            _, err = process.communicate(timeout=240)
    assert process.returncode == 1
    assert f"Port {port} cannot be used" in err
    assert "Traceback" not in err


def test_postgresql_is_not_migrated_unasked(tmp_path):
    with served(tmp_path, free_port(), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none") as process:
        _, err = process.communicate(timeout=240)
    assert process.returncode == 1
    assert "--migrate" in err


def test_colours_that_cannot_be_read_stop_the_start_with_a_sentence(tmp_path):
    vara = (ROOT / "deploy/municipalities/vara.toml").read_text()
    pale = tmp_path / "pale.toml"
    pale.write_text(vara.replace('deep = "#0a4a73"', 'deep = "#a0c0d0"', 1))
    with served(tmp_path, free_port(), MUNICIPALITY=str(pale)) as process:
        _, err = process.communicate(timeout=240)
    assert process.returncode == 1
    assert "Cannot start: [colours] deep #a0c0d0 against paper" in err
    assert "Traceback" not in err
