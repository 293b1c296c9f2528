"""Strict YAML: text in, text out, and the line of everything.

Plain YAML guesses: ``no`` becomes False, ``18:30`` becomes 1110, ``0012`` becomes 10, the
second of two equal keys wins in silence. Here every scalar is text and the *model* decides
types; repeated keys, anchors, aliases and tags are faults.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from iop_training.content.faults import Fault, shown_path

Loc = tuple[str | int, ...]
MAX_BYTES = 4_000_000


class _Loader(yaml.SafeLoader):
    """SafeLoader that takes every plain scalar for text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same by libyaml where PyYAML has it: eight times as fast, and other words for faults."""

    yaml_implicit_resolvers: dict[str, Any] = {}


@dataclass
class Document:
    """A parsed file: ``data`` of dicts, lists and str; ``lines`` from a path of keys and
    indices to a 1-based line; ``spans`` from there to where the value stands in ``text``
    (offsets in characters, end exclusive); ``blocks`` the paths of block scalars (``|``, ``>``)."""

    file: str
    data: Any = None
    text: str = ""
    lines: dict[Loc, int] = field(default_factory=dict)
    spans: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    blocks: set[Loc] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def line(self, loc: Loc) -> int:
        """Line of the nearest thing to ``loc`` that the file has."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def fault(self, loc: Loc, message: str) -> None:
        """Record an error at ``loc``."""
        self.faults.append(Fault(self.file, self.line(loc), message))


def read(path: Path, root: Path) -> Document:
    """Parse ``path``; what is wrong is in ``faults``, and then ``data`` may be None."""
    document = Document(shown_path(path, root))
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_BYTES:
            raise ValueError(f"has {len(raw):,} bytes; a content file may have {MAX_BYTES:,}")
        document.text = raw.decode("utf-8")
        node = _composed(document)
    except OSError as error:
        document.fault((), f"can't be read ({error.strerror}); check that the file exists")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        document.faults.append(Fault(document.file, line, "is not UTF-8 text; save it as UTF-8"))
    except yaml.MarkedYAMLError as error:
        document.faults.append(_syntax_fault(document.file, error))
    except ValueError as error:
        document.fault((), str(error))
    else:
        if node is None:
            document.fault((), "is empty")
        elif not document.faults:
            document.data = _build(node, (), document)
    return document


def _composed(document: Document) -> yaml.Node | None:
    """The document's root; what is wrong in it raises as the plain loader words it."""
    try:
        _refuse_shortcuts(document, _FastLoader)
        return yaml.compose(document.text, Loader=_FastLoader)
    except yaml.MarkedYAMLError:
        document.faults.clear()
        _refuse_shortcuts(document, _Loader)
        return yaml.compose(document.text, Loader=_Loader)


def _refuse_shortcuts(document: Document, loader: Any) -> None:
    """Anchors and aliases would be expanded without a trace; tags change meaning."""
    for event in yaml.parse(document.text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            document.faults.append(
                Fault(
                    document.file,
                    line,
                    "uses & or * (an anchor); write the text out, or quote a text that starts so",
                )
            )
        elif getattr(event, "tag", None):
            document.faults.append(
                Fault(
                    document.file, line, "uses ! (a tag); remove it, or quote a text that starts so"
                )
            )


def _syntax_fault(file: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = (error.problem or str(error)).strip()
    hint = "check the indentation; a sentence with ': ' or '#' in it goes into a | block"
    return Fault(file, line, f"isn't readable here ({problem}); {hint}")


def _build(node: yaml.Node, loc: Loc, document: Document) -> Any:
    document.lines.setdefault(loc, node.start_mark.line + 1)
    document.spans[loc] = (node.start_mark.index, node.end_mark.index)
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, loc, document)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*loc, i), document) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        document.blocks.add(loc)
    return node.value


def _build_mapping(node: yaml.MappingNode, loc: Loc, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in result:
            first = document.lines[(*loc, key)]
            document.faults.append(
                Fault(
                    document.file,
                    line,
                    f"key {key!r} is here a second time (first in line {first}); keep one",
                )
            )
            continue
        document.lines[(*loc, key)] = line
        result[key] = _build(value_node, (*loc, key), document)
    return result
