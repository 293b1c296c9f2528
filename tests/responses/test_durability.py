"""What was acknowledged is on the disk, whatever happens to the process."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iop_training.responses import Journal, journal_path, read_journal
from iop_training.responses.lines import decode

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need POSIX processes")


def answer_until_killed(folder: Path, start: int, pipe: int) -> None:
    """Answer in a loop; write each answer's number to ``pipe`` once it counts as saved."""
    try:
        journal = Journal.open(folder, "m01", "m01", "ann", "r" * 64)
        for n in range(start, start + 1_000_000):
            journal.answer("m01-w01", f"answer {n}")
            os.write(pipe, b"%d\n" % n)
    finally:
        os._exit(1)


def kill_repeatedly(folder: Path, kills: int) -> int:
    """Kill an answering process ``kills`` times at any moment; returns how many answers it
    acknowledged. After every kill each of them is in the journal, in order."""
    chance = random.Random(1)
    known: list[int] = []
    for _ in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            answer_until_killed(folder, known[-1] + 1 if known else 0, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as acknowledged:
            printed = [int(acknowledged.readline())]
            time.sleep(chance.random() * 0.01)
            os.kill(child, signal.SIGKILL)
            printed += [int(n) for n in acknowledged.read().split()]
        os.waitpid(child, 0)
        known += printed
        values = values_in(folder)
        assert values == sorted(values)
        assert set(printed) <= set(values)
        known = [n for n in known if n != values[-1]] + [values[-1]]
    assert set(known) <= set(values_in(folder))
    return len(known)


def values_in(folder: Path) -> list[int]:
    """Numbers of the answers in the file, in order."""
    lines = journal_path(folder, "m01").read_bytes().split(b"\n")
    data = [d for line in lines if isinstance(d := decode(line), dict)]
    return [int(d["value"].split()[1]) for d in data if d["type"] == "answer"]


@pytest.mark.parametrize("kills", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_is_no_acknowledged_answer_lost_when_the_process_is_killed(
    tmp_path: Path, kills: int
) -> None:
    assert kill_repeatedly(tmp_path, kills) > kills
    record = read_journal(journal_path(tmp_path, "m01"))
    assert record.trainee == "ann"
    assert not [r for r in record.repairs if "chain" in r]


def test_do_two_writers_continue_one_chain(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom iop_training.responses import Journal\n"
        f"j = Journal.open(Path({str(tmp_path)!r}), 'm01', 'm01', 'ann', 'r')\n"
        "for n in range(300): j.answer('m01-q01', sys.argv[1])\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "ab"]
    assert [w.wait() for w in writers] == [0, 0]
    record = read_journal(journal_path(tmp_path, "m01"))
    assert record.repairs == []
    assert record.answers["m01-q01"].attempts == 600


def test_is_a_removed_file_begun_again_with_the_same_order(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, "m01", "m01", "ann", "r")
    journal.path.unlink()
    journal.answer("m01-q01", "a")
    record = journal.read()
    assert record.seed == journal.seed
    assert record.trainee == "ann"
    assert record.answers["m01-q01"].value == "a"
