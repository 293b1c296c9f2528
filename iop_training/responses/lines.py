"""Lines of a journal: what they hold, how they are written and taken apart.

One JSON object a line, UTF-8, ended by a newline:

    {"v":1,"seq":0,"prev":"000...","at":"2026-11-22T14:02:11.123Z","type":"open",
     "trainee":"ann","assignment":"m01","notebook":"m01","release":"<sha256>","seed":"<hex>"}
    {"v":1,"seq":1,"prev":"<sha256>","at":"...","type":"answer","item":"m01-q01","value":"b"}
    {"v":1,"seq":2,"prev":"<sha256>","at":"...","type":"handin","journal":"<sha256>",
     "answered":14,"total":15,"way":"zip","frozen":"<time the copy was made>"}
    {"v":1,"seq":3,"prev":"<sha256>","at":"...","type":"remark","item":"m01-q01",
     "name":"objection","value":"Two of these fit."}
    {"v":1,"seq":4,"prev":"<sha256>","at":"...","type":"remark","item":"m06","name":"pace",
     "value":"right"}
    {"v":1,"seq":5,"prev":"<sha256>","at":"...","type":"check","item":"m06-f01"}

A remark whose item is the lesson itself answers one of the questions about it. A check says that
the answer before it was compared with the key, in practice.
``prev`` is the SHA-256 of the physical line before (without its newline; 64 zeros in the
first line). The chain shows accidents and forks. It is no proof against a careful rewrite.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson

VERSION = 1
NO_LINE = "0" * 64
MAX_LINE = 300_000
"""Bytes of the longest line taken seriously; the longest answer needs a third of it."""
TYPES = ("open", "answer", "remark", "check", "handin")


def now() -> str:
    """The time in UTC, to the millisecond: ``2026-11-22T14:02:11.123Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_time(text: Any) -> datetime | None:
    """The time a line names, or None when it names none."""
    written = str(text)
    # A submission's times are asked for again and again; no longer text may fill the memory.
    return _parsed(written) if len(written) <= 40 else _parsed.__wrapped__(written)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def line_hash(line: bytes) -> str:
    """SHA-256 (hex) of a physical line without its newline."""
    return hashlib.sha256(line).hexdigest()


def encode(seq: int, prev: str, at: str, body: dict[str, Any]) -> bytes:
    """One line with its newline."""
    line = {"v": VERSION, "seq": seq, "prev": prev, "at": at, **body}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> dict[str, Any] | str:
    """The line's object, or a phrase that says why it is none of ours."""
    if len(line) > MAX_LINE:
        return f"is {len(line):,} bytes long"
    try:
        data = _object(line)
    except (ValueError, RecursionError):
        return "is torn or not JSON"
    if not isinstance(data, dict) or data.get("v") != VERSION:
        return "is not a line of this format"
    seq = data.get("seq")
    if type(seq) is not int or not 0 <= seq < 2**53:
        return "has no usable sequence number"
    if data.get("type") not in TYPES:
        return "is of an unknown type"
    return data


def _object(line: bytes) -> Any:
    """The line's value; ValueError when it is no JSON, or has a name twice in one object."""
    try:
        data = orjson.loads(line)
        if orjson.dumps(data) == line:
            return data  # nothing was lost in reading it, as nearly always
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        pass  # json may take it still
    return json.loads(line.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a name is used twice")
    return result


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
