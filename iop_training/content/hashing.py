"""The one form of JSON that hashes are taken of."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(value: Any, indent: int | None = None) -> str:
    """JSON with sorted keys, the form that hashes are taken of."""
    separators = (",", ": ") if indent else (",", ":")
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, indent=indent, separators=separators
    )


def sha256(text: str) -> str:
    """SHA-256 of a text, hex."""
    return hashlib.sha256(text.encode()).hexdigest()
