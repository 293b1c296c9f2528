"""Handing in: a frozen copy of notebook and journal, a receipt, and a zip where there is no
exchange."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from iop_training.responses.journal import Journal, journal_path
from iop_training.responses.lesson import LESSON, Said, said_text
from iop_training.responses.lines import now

RECEIPT = "receipt.json"
_NOTHING = Said()


@dataclass(frozen=True)
class Receipt:
    """What a trainee gets for handing in. ``journal`` is the SHA-256 of the journal file that
    was handed in, so both sides can check that it is the same; ``at`` is UTC."""

    trainee: str
    assignment: str
    journal: str
    answered: int
    total: int
    at: str
    way: str


def freeze(
    journal: Journal,
    notebook: Path,
    target: Path,
    answered: int,
    total: int,
    way: str,
    said: Said = _NOTHING,
) -> Receipt:
    """Copy notebook and journal as they are now into ``target`` and write the receipt there,
    with what was ``said`` about the lesson if there is anything.

    ``way`` is "exchange" or "zip". The notebook may be unsaved or missing: the journal is
    what counts.
    """
    content = journal.bytes()
    receipt = Receipt(
        journal.trainee,
        journal.assignment or journal.notebook,
        hashlib.sha256(content).hexdigest(),
        answered,
        total,
        now(),
        way,
    )
    copy = journal_path(target, journal.notebook)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(content)
    if notebook.is_file():
        (target / f"{journal.notebook}.ipynb").write_bytes(notebook.read_bytes())
    if said:
        (target / LESSON).write_text(said_text(said), encoding="utf-8")
    text = json.dumps(asdict(receipt), indent=1) + "\n"
    (target / RECEIPT).write_text(text, encoding="utf-8")
    return receipt


def zip_name(receipt: Receipt) -> str:
    """Name of the file to send, such as ``ann_m01_20261122-140211.zip``."""
    stamp = receipt.at[:19].replace("-", "").replace(":", "").replace("T", "-")
    return f"{receipt.trainee}_{receipt.assignment}_{stamp}.zip"


def make_zip(folder: Path, target: Path) -> Path:
    """Zip a frozen folder; appears under its name only when whole."""
    temporary = target.with_suffix(".part")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    temporary.replace(target)
    return target
