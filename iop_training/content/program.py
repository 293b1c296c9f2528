"""The program's own facts: read from ``data/local``, carried beside a learner's pages, read there
again each time a card is shown. They are no content: no release, hash or snapshot knows them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from iop_training.content import strict_yaml
from iop_training.content.hashing import canonical_json
from iop_training.content.parse import parse
from iop_training.content.strict_yaml import Document
from iop_training.model import ProgramFacts

SOURCE = Path("data", "local", "program.yaml")
EXAMPLE = SOURCE.with_name("program.example.yaml")
CARRIED = "program.json"
"""The facts as a learner's folder and the exchange have them."""
_FORMAT = 1


def read_program(root: Path) -> tuple[ProgramFacts, Document | None]:
    """The facts of the course in ``root``, and the document they stand in with its faults.

    No facts and no document where the program has written none down; no facts either where the
    document has faults.
    """
    path = root / SOURCE
    if not path.exists():
        return ProgramFacts(), None
    document = strict_yaml.read(path, root)
    facts = None
    if document.data is not None:
        facts = parse(document, (), document.data, ProgramFacts)
    return facts or ProgramFacts(), document


def carried_text(facts: ProgramFacts) -> str:
    """The bytes of :data:`CARRIED`."""
    known = facts.model_dump(mode="json", exclude_defaults=True)
    return canonical_json({"format": _FORMAT, "facts": known}, indent=1) + "\n"


def carry(root: Path, folder: Path) -> None:
    """Write the facts of the course in ``root`` into ``folder``, unless they stand there already:
    the file's time says since when they hold. Facts with faults leave what is there as it is.
    OSError when it can't be written."""
    facts, document = read_program(root)
    path, text = folder / CARRIED, carried_text(facts)
    same = path.is_file() and path.read_bytes() == text.encode()
    if same or (document and document.faults):
        return
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.chmod(0o644)
    fresh.replace(path)


def load_carried(folders: Iterable[Path]) -> ProgramFacts:
    """The facts as they are carried in one of ``folders``, the newest that can be read; none at
    all where there is no such file. Nothing is raised at a trainee."""
    for path in sorted((f / CARRIED for f in folders), key=_changed, reverse=True):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["format"] == _FORMAT:
                return ProgramFacts.model_validate(data["facts"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return ProgramFacts()


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
