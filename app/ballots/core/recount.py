"""Omräkning: checks the public package of a vote. Needs nothing but Python, and no network.

    python recount.py package.json [RECEIPT]

With a receipt it also says whether that envelope was among those that were opened. What it says is in Swedish.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def written(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def short(receipt: str) -> str:
    letters = base64.b32encode(bytes.fromhex(receipt)[:10]).decode()
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))


def faults(package: dict[str, Any]) -> list[str]:
    """Everything that does not add up; nothing, where all does."""
    receipts, sealed, found = package["receipts"], package["opened"], []
    root = hashlib.sha256("\n".join(sorted(receipts)).encode()).hexdigest()
    if len(receipts) != len(set(receipts)) or len(receipts) != package["count"]:
        found.append(f"Kvittolistan har {len(receipts)} rader, men {package['count']} kuvert förseglades.")
    if root != package["root"]:
        found.append("Kvittolistans kontrollsumma är en annan än den som protokollfördes när röstningen stängde.")
    if hashlib.sha256(written(package["paper"])).hexdigest() != package["paper_hash"]:
        found.append("Röstsedeln är inte den som frystes.")
    if sealed is not None:
        found += _faults_of_counts(package, sealed)
    if package["roll"]["web"] != package["count"]:
        found.append("Antalet som prickats av på webben är inte antalet kuvert.")
    if sum(row["count"] for row in package["paper_counts"]) > package["roll"]["paper"]:
        found.append("Det finns fler pappersröster än avprickade väljare.")
    return found + _faults_of_protocol(package)


def _faults_of_counts(package: dict[str, Any], sealed: dict[str, Any]) -> list[str]:
    found = []
    if sealed["valid"] + sealed["blank"] + sealed["invalid"] != package["count"]:
        found.append("Giltiga, blanka och ogiltiga röster blir inte lika många som kuverten.")
    chosen = sum(sealed["options"].values())
    if chosen < sealed["valid"] or (package["paper"]["kind"] != "approval" and chosen != sealed["valid"]):
        found.append("Rösterna på alternativen blir inte lika många som de giltiga röstsedlarna.")
    for key, _ in package["paper"]["options"]:
        paper = sum(row["count"] for row in package["paper_counts"] if row["choice"] == key)
        if package["result"][key] != sealed["options"][key] + paper:
            found.append(f"Resultatet för alternativ {key} är inte summan av webb och papper.")
    return found


def _faults_of_protocol(package: dict[str, Any]) -> list[str]:
    """Each step holds the hash of the one before, and the figures of the package are those of the protocol."""
    found, before = [], ""
    for step in package["protocol"]:
        told = {name: value for name, value in step.items() if name != "hash"}
        if step["previous"] != before or hashlib.sha256(written(told)).hexdigest() != step["hash"]:
            found.append(f"Protokollets steg {step['number']} är ändrat eller saknar steget före.")
        before = step["hash"]
    facts = {step["step"]: step["facts"] for step in package["protocol"]}
    for step, names in {"frozen": ("paper_hash",), "sealed": ("count", "root", "roll")}.items():
        for name in names:
            if facts.get(step, {}).get(name) != package[name]:
                found.append(f"{name} är inte det som protokollet säger.")
    if "certified" in facts and facts["certified"]["opened"] != package["opened"]:
        found.append("De öppnade rösterna är inte de som protokollet säger.")
    if "certified" in facts and facts["certified"]["paper_counts"] != package["paper_counts"]:
        found.append("Pappersrösterna är inte de som protokollet säger.")
    return found


def remarks(package: dict[str, Any]) -> list[str]:
    """What is no fault, and should be known."""
    counts = {step["step"]: step["facts"].get("count") for step in package["protocol"]}
    gone = (counts.get("closed") or 0) - (counts.get("sealed") or 0)
    return [f"{gone} kuvert togs bort mellan stängning och blandning (raderade konton)."] if gone else []


def main(arguments: list[str]) -> int:
    package = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    found = faults(package)
    for line in [*(found or ["Allt stämmer: kvitton, avprickning, röster och protokoll."]), *remarks(package)]:
        sys.stdout.write(line + "\n")
    if len(arguments) > 1:
        wanted = arguments[1].upper().replace("-", "").replace(" ", "")
        there = any(short(one).replace("-", "") == wanted for one in package["receipts"])
        sys.stdout.write("Kvittot finns i listan.\n" if there else "Kvittot finns INTE i listan.\n")
        return 0 if there and not found else 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
