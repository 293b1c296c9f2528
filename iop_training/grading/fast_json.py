"""JSON for what is read and written ten thousand times, by orjson.

What orjson refuses, json reads and writes as ever: half characters, deep nesting, NaN. Two things
differ, so that this is for data of our own and for comparing: of whole numbers beyond 64 bits it
reads the nearest float, and NaN, which no JSON has, is written as null.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def loads(raw: bytes) -> Any:
    """The value; ValueError or RecursionError where json raises it."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return json.loads(raw)


def dumps(data: Any) -> bytes:
    """As short as can be, in UTF-8, names in the order of their characters."""
    try:
        return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
