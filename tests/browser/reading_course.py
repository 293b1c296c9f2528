"""The course of this checkout with everything in it that stands beside questions and text."""

from __future__ import annotations

import json
from pathlib import Path

from content.course import code
from content.diary import write_diary

from iop_training.grading.cohort import copy_course
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.release import release

WORDS = "In an [IOP](#glossary:test-iop) people may [step down](#glossary:test-step-down)."
GLOSSARY = """\
  test-iop:
    term: intensive outpatient program
    also: [IOP]
    definition: |
      Planned treatment, nine or more hours a week for adults, while the person lives at home.
    source: [adv47]
  test-step-down:
    term: step down
    definition: |
      To move to a lighter level of care because goals are met and that level can hold the gains.
      The team looks at all dimensions again with the client, at set times and whenever
      something changes, before it decides.
    source: [adv47]
"""
REFLECTION = """\
  - id: m00-r09
    prompt: |
      What do you bring to this work from your own life? What of it do you want to keep to yourself?
"""


def make_course(root: Path, folder: Path) -> Path:
    """Copy the course at ``root`` to ``folder``; module 0 gets stances, a private box, words and
    a client's diary cards."""
    copy_course(root, folder)
    bank = folder / "data" / "items" / "m00.yaml"
    text = bank.read_text(encoding="utf-8")
    for item in ("m00-f01", "m00-f03", "m00-q01"):
        assert f"- id: {item}\n" in text
        text = text.replace(f"- id: {item}\n", f"- id: {item}\n    stance: true\n")
    bank.write_text(_with(text, "reflections", REFLECTION), encoding="utf-8")
    glossary = folder / "data" / "glossary.yaml"
    words = glossary.read_text(encoding="utf-8") if glossary.exists() else ""
    glossary.write_text(_with(words, "glossary", GLOSSARY), encoding="utf-8")
    lesson = folder / "notebooks" / "m00.ipynb"
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    notebook["cells"][1]["source"] = f"# Start here\n\n{WORDS}"
    write_diary(folder, source="adv47")
    notebook["cells"].insert(2, code("m00-r09", 'reflect("m00-r09")'))
    notebook["cells"].insert(3, code("reni", 'show_diary("reni")'))
    first = notebook["cells"][0]
    first["source"] = "".join(first["source"]).replace("ask,", "ask, reflect, show_diary,")
    lesson.write_text(json.dumps(notebook), encoding="utf-8")
    release(folder, "m00")
    ensure_exchange(folder)
    return folder


def _with(text: str, name: str, entries: str) -> str:
    """``text`` with the entries in its block of that name, which may be there already."""
    head, found, rest = f"\n{text}".partition(f"\n{name}:\n")
    return f"{head}\n{name}:\n{entries}{rest}" if found else f"{name}:\n{entries}{text}"
