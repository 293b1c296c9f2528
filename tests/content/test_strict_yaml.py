"""Text stays text, and every fault has a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_training.content.strict_yaml import read


def parsed(tmp_path: Path, text: str | bytes):  # type: ignore[no-untyped-def]
    path = tmp_path / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, tmp_path)


@pytest.mark.parametrize("text", ["no", "off", "yes", "18:30", "0012345", "1.10", "~", "null"])
def test_does_a_plain_value_stay_the_text_that_was_typed(tmp_path: Path, text: str) -> None:
    assert parsed(tmp_path, f"a: {text}\n").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "second time (first in line 1)"),
        ("a: &x 1\nb: *x\n", 1, "anchor"),
        ("a: 1\nb: !!python/object 2\n", 2, "tag"),
        ("a: 1\nb: I quit: for good\n", 2, "isn't readable"),
        ("a:\n  - 1\n b: 2\n", 3, "isn't readable"),
        ("", 1, "empty"),
        (b"a: 1\nb: \xff\n", 2, "UTF-8"),
    ],
)
def test_is_each_fault_named_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, says: str
) -> None:
    document = parsed(tmp_path, text)
    assert document.data is None or document.faults
    assert (document.faults[0].file, document.faults[0].line) == ("x.yaml", line)
    assert says in document.faults[0].message


def test_is_a_missing_file_a_fault_and_no_exception(tmp_path: Path) -> None:
    assert "can't be read" in read(tmp_path / "none.yaml", tmp_path).faults[0].message
