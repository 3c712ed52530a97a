"""The recount needs nothing but Python: it runs with no other package in reach."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from app.ballots.core import recount


def test_it_runs_without_any_package(tmp_path):
    copy = tmp_path / "recount.py"
    copy.write_bytes(Path(recount.__file__).read_bytes())
    package = {
        "receipts": [], "count": 1, "root": "", "paper": {}, "paper_hash": "", "opened": None, "result": None,
        "roll": {"web": 1, "paper": 0}, "paper_counts": [], "protocol": [],
    }  # fmt: skip
    (tmp_path / "package.json").write_text(json.dumps(package))
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(copy), "package.json"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "Kvittolistan har 0 rader" in ran.stdout
    assert ran.stderr == ""
