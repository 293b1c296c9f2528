"""Lines of journals, taken apart."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iop_training.responses.lines import NO_LINE, decode, encode, line_hash

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def _line(value: Any, **layout: Any) -> bytes:
    data = {"v": 1, "seq": 0, "prev": NO_LINE, "at": "", "type": "answer", "value": value}
    return json.dumps(data, **layout).encode("utf-8", "surrogatepass")


@given(value=VALUES, ascii_only=st.booleans(), short=st.booleans())
@example(value=2**64, ascii_only=True, short=True)
@example(value=-0.0, ascii_only=True, short=True)
@example(value=1e16, ascii_only=True, short=True)
@example(value="\ud800", ascii_only=True, short=True)
def test_is_a_line_read_as_json_reads_it(value: Any, ascii_only: bool, short: bool) -> None:
    line = _line(value, ensure_ascii=ascii_only, separators=(",", ":") if short else None)
    try:
        json.loads(line.decode(), parse_constant=lambda name: 1 / 0)
    except (UnicodeDecodeError, ZeroDivisionError):  # half a character, or NaN, which is no JSON
        assert decode(line) == "is torn or not JSON"
        return
    found = decode(line)
    assert isinstance(found, dict)
    assert repr(found["value"]) == repr(json.loads(line)["value"])


@pytest.mark.parametrize(
    "line",
    [
        b'{"v":1,"seq":0,"prev":"","at":"","type":"answer","value":1,"value":2}',
        b'{"v":1,"seq":0,"prev":"","at":"","type":"answer","value":{"a":1,"a":1}}',
        b'{"v":1,"seq":0,"prev":"","at":"","type":"answer","value":NaN}',
        b'{"v":1,"seq":0,"prev":"","at":"","type":"answer","value":1}{}',
        b'{"v":1,"seq":0,"type":"answer","value":"\xff"}',
        b'{"v":1,"seq":0,"type":"answer","value":' + b"[" * 100_000,
    ],
)
def test_is_what_two_could_read_differently_left_out(line: bytes) -> None:
    assert decode(line) == "is torn or not JSON"


@given(value=VALUES.filter(lambda v: "nan" not in repr(v) and "inf" not in repr(v)))
def test_is_what_was_written_read_again(value: Any) -> None:
    try:
        line = encode(7, line_hash(b""), "2026-11-22T14:02:11.123Z", {"type": "check", "x": value})
    except UnicodeEncodeError:  # half a character, which no browser sends
        return
    found = decode(line[:-1])
    assert isinstance(found, dict)
    assert repr(found["x"]) == repr(value)
