"""Fast JSON is what Python's own is: what is read, what is refused, what was written."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_training.grading.fast_json import dumps, loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
ODD = [
    b"",
    b"{",
    b"[1,]",
    b"01",
    b"-0",
    b"-0.0",
    b"NaN",
    b"-Infinity",
    b"1e400",
    b"5e-324",
    b'{"a": 1, "a": 2}',
    b'"\\ud800"',
    b'"\xed\xa0\x80"',
    b'"\xff"',
    b'"\x00"',
    b'"\\u0000"',
    b"\xef\xbb\xbf[1]",
    '"é"'.encode("utf-16"),
    b"[" * 100_000,
]


def told(read: Any, raw: bytes) -> str:
    """The value with its types, or that it was refused."""
    try:
        return repr(read(raw))
    except (ValueError, RecursionError):
        return "refused"


@pytest.mark.parametrize("raw", ODD, ids=lambda raw: repr(raw[:20]))
def test_is_what_is_odd_read_as_python_does(raw: bytes) -> None:
    assert told(loads, raw) == told(json.loads, raw)


@given(VALUES, st.booleans())
def test_is_every_value_read_as_python_does(value: Any, ascii_only: bool) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert told(loads, raw) == told(json.loads, raw)


def test_are_numbers_beyond_64_bits_floats() -> None:
    """As the docstring says; who reads answers would want them whole."""
    number = loads(str(2**64).encode())
    assert isinstance(number, float) and math.isclose(number, 2**64)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, 2**70, [[[2**64]], "é"]], ids=repr)
def test_is_what_is_seldom_written_all_the_same(value: Any) -> None:
    assert json.loads(dumps(value)) == value


@given(VALUES.filter(lambda value: "nan" not in repr(value) and "inf" not in repr(value)))
def test_is_what_was_written_read_again(value: Any) -> None:
    assert repr(json.loads(dumps({"b": value, "a": 1}))) == repr({"a": 1, "b": _sorted(value)})


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value
