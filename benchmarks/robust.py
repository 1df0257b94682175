"""`python -m benchmarks.robust`: bad files among good ones in shuffled orders, and kills at random instants.

Prints figures; ends with status 1 where a status was wrong, a good result changed, or a resumed audit came
to other bytes than one that was never stopped. `--seed` repeats a run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.audit.hostile import KINDS, write_places

ROOT = Path(__file__).resolve().parent.parent
INBOX = ROOT / "samples" / "inbox"
GOOD = ("muong-nhe-2024-04.pdf", "tua-chua-2024-06.pdf", "tuan-giao-2022.pdf")
OUTPUTS = ("audit.json", "discrepancies.xlsx", "report.html")
LIMITS = ("--seconds", "5", "--megabytes", "700")

RUNS, BAD = 50, 12
"""Shuffled runs, and kinds of bad files in each: every kind comes some nine times."""

KILLS, IN_A_ROW = 100, 5
"""Kills in all, and how often one audit is killed before it may end."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        wrong = shuffled(arguments.runs, rng, Path(folder) / "shuffled")
        wrong += killed(arguments.kills, rng, Path(folder) / "killed")
    for sentence in wrong:
        print(f"  WRONG {sentence}")
    return 1 if wrong else 0


def shuffled(runs: int, rng: random.Random, scratch: Path) -> list[str]:
    """Audits of the good files among bad ones whose names put them before, between and after."""
    scratch.mkdir()
    bad = scratch / "bad"
    bad.mkdir()
    for name, make, _ in KINDS:
        (bad / name).write_bytes(make())
    alone = _results(_inbox(scratch / "alone"), scratch, rng)
    wrong: list[str] = []
    told: Counter[str] = Counter()
    for run in range(runs):
        inbox = _inbox(scratch / f"run{run}")
        expected = _mix(inbox, bad, rng)
        result = _results(inbox, scratch, rng)
        for document in result["documents"]:
            if document["path"] in expected:
                code = (document["error"] or {"code": "ok"})["code"]
                told[code] += 1
                if code not in expected[document["path"]]:
                    wrong.append(f"run {run}: {document['path']} is told to be {code}")
        missing = {*expected, *GOOD} ^ {d["path"] for d in result["documents"]}
        wrong += [f"run {run}: {name} is lost or strange" for name in sorted(missing)]
        if _good(result) != _good(alone):
            wrong.append(f"run {run}: a good result changed")
        shutil.rmtree(inbox)
    print(f"{runs} runs with {len(KINDS)} kinds of bad files and 8 that are no files, shuffled:")
    print(f"  {sum(told.values())} bad files told, {len(wrong)} of them or of the good ones wrong")
    print("  " + ", ".join(f"{count} {code}" for code, count in told.most_common()))
    return wrong


def _inbox(folder: Path) -> Path:
    folder.mkdir()
    for name in GOOD:
        shutil.copy(INBOX / name, folder)
    return folder


def _mix(inbox: Path, bad: Path, rng: random.Random) -> dict[str, Sequence[str]]:
    """Put some kinds of bad files into the inbox, and what is no file; returns what may be told of each."""
    expected = write_places(inbox)
    for name, _, codes in rng.sample(KINDS, min(BAD, len(KINDS))):
        mixed = f"{rng.choice('antz')}-{name}"
        shutil.copy(bad / name, inbox / mixed)
        expected[mixed] = codes
    return expected


def _results(inbox: Path, scratch: Path, rng: random.Random) -> Any:
    """The machine-readable result of an audit without kept results, of files given in any order."""
    out = scratch / "out"
    named = sorted(p for p in inbox.iterdir() if not p.is_symlink())  # a link named is followed
    rng.shuffle(named)
    given = [inbox, *named] if rng.random() < 0.5 else [inbox]
    jobs = ("--jobs", rng.choice("123"))
    command = _command(*given, "--out", out, "--no-cache", "--format", "json", *jobs, *LIMITS)
    subprocess.run(command, env=_environment(scratch), capture_output=True, check=False)
    result = json.loads((out / "audit.json").read_text("utf-8"))
    shutil.rmtree(out)
    return result


def _good(result: Any) -> Any:
    documents = [d for d in result["documents"] if d["path"] in GOOD]
    return documents, [f for f in result["findings"] if f["document"] in GOOD]


def killed(kills: int, rng: random.Random, scratch: Path) -> list[str]:
    """Audits killed some times at random instants, then left to end."""
    scratch.mkdir()
    inbox = _inbox(scratch / "in")
    whole = scratch / "whole"
    start = time.monotonic()
    subprocess.run(_command(inbox, "--out", whole), env=_environment(scratch / "home"), check=False)
    lasts = time.monotonic() - start
    wrong: list[str] = []
    done = audits = 0
    while done < kills:
        home, out = scratch / f"home{audits}", scratch / f"out{audits}"
        for _ in range(min(IN_A_ROW, kills - done)):
            if not _kill(_command(inbox, "--out", out), home, rng.uniform(0.0, lasts), rng):
                break
            done += 1
        subprocess.run(_command(inbox, "--out", out), env=_environment(home), check=False)
        if any((out / name).read_bytes() != (whole / name).read_bytes() for name in OUTPUTS):
            wrong.append(f"audit {audits}: other bytes than without kills")
        paths = [d["path"] for d in json.loads((out / "audit.json").read_text())["documents"]]
        if sorted(paths) != sorted(GOOD):
            wrong.append(f"audit {audits}: documents {paths}")
        shutil.rmtree(home)
        audits += 1
    print(f"{done} kills in {audits} audits: {audits - len(wrong)} ended with the same bytes")
    return wrong


def _kill(command: Sequence[str], home: Path, after: float, rng: random.Random) -> bool:
    """Start an audit and kill it, alone or with all it started; False when it ended before."""
    run = subprocess.Popen(command, env=_environment(home), start_new_session=True)
    try:
        run.wait(after)
    except subprocess.TimeoutExpired:
        if rng.random() < 0.5:
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()
        run.wait()
        return True
    return False


def _command(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), "audit", "-q", *map(str, arguments)]


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"XDG_CACHE_HOME": str(home)}


if __name__ == "__main__":
    sys.exit(main())
