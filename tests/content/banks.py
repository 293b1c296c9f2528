"""Made-up banks of choice items on disk, a few words an option, for the writing checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from iop_training.content.catalog import Catalog

HEAD = """\
module: m01
title: |
  A bank
minutes: {lesson: 10, assignment: 10}
objectives:
  - text: |
      Tell one thing from another
    competency: [TAP21-074]
items:
"""


@dataclass
class Question:
    """One item: ``key`` has the ids (a, b, ...) of the right options."""

    options: Sequence[str]
    key: str
    stem: str = "What comes first?"
    use: str = "graded"

    def yaml(self, number: int) -> str:
        """The item as an author would write it; several right options make it multiple_choice."""
        kind = "single_choice" if len(self.key) == 1 else "multiple_choice"
        key = self.key if len(self.key) == 1 else f"[{', '.join(self.key)}]"
        options = "".join(
            f"      - id: {i}\n        text: |\n          {text}\n"
            "        rationale: |\n          Because.\n"
            for i, text in zip("abcdef", self.options, strict=False)
        )
        return (
            f"  - id: m01-q{number:02}\n    kind: {kind}\n    use: {self.use}\n"
            "    competency: [TAP21-074]\n    source: [guide]\n"
            f"    stem: |\n      {self.stem}\n    options:\n{options}    key: {key}\n"
        )


def write_bank(root: Path, questions: Sequence[Question]) -> Catalog:
    """The bank as module m01 under ``root``, read."""
    path = root / "data" / "items" / "m01.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(q.yaml(n) for n, q in enumerate(questions)), encoding="utf-8")
    catalog = Catalog.read(root)
    assert [f for f in catalog.faults if f.file == "data/items/m01.yaml"] == []
    return catalog


PLAIN = ("Wait for the nurse", "Call for the nurse", "Look for the nurse", "Send for the nurse")


def sound() -> list[Question]:
    """Options alike in all that the checks look at; keys go round."""
    return [Question(PLAIN, "abcd"[n % 4]) for n in range(16)]


def longest_is_right() -> list[Question]:
    """Sixteen items in which the key, and only it, says more."""
    questions = []
    for n in range(16):
        place = n % 4
        options = [text + " now" * (i == place) for i, text in enumerate(PLAIN)]
        questions.append(Question(options, "abcd"[place]))
    return questions
