"""Items, small and valid; a test names only what it is about."""

from __future__ import annotations

from typing import Any

from iop_training.model import Item, item_class

COMMON: dict[str, Any] = {
    "id": "m01-q01",
    "use": "graded",
    "points": 2,
    "competency": ["TAP21-074"],
    "source": ["guide"],
    "stem": "What comes first?",
}


def option(option_id: str, **more: Any) -> dict[str, Any]:
    """One option."""
    return {
        "id": option_id,
        "text": f"Option {option_id}",
        "rationale": f"Because of {option_id}",
        **more,
    }


def single(**more: Any) -> Item:
    """A single_choice item with options a, b, c and key b."""
    data = {
        **COMMON,
        "kind": "single_choice",
        "key": "b",
        "options": [option(i) for i in "abc"],
        **more,
    }
    return item_class("single_choice").model_validate(data)


def multiple(**more: Any) -> Item:
    """A multiple_choice item with options a to e and key a, c."""
    data = {
        **COMMON,
        "kind": "multiple_choice",
        "key": ["a", "c"],
        "options": [option(i) for i in "abcde"],
        **more,
    }
    return item_class("multiple_choice").model_validate(data)


def written(**more: Any) -> Item:
    """A written item of 12 points."""
    data = {**COMMON, "kind": "written", "points": 12, "rubric": "m01-w01", **more}
    return item_class("written").model_validate(data)


def numeric(**more: Any) -> Item:
    """A numeric item with key 10 and the known wrong answer 11.5."""
    data = {
        **COMMON,
        "kind": "numeric",
        "key": 10,
        "unit": "clinical hours a week",
        "plausible": {"low": 0, "high": 30, "step": 1},
        "rationale": "Because three groups and an hour make 10",
        "misses": [{"value": 11.5, "rationale": "Because lunch is no clinical hour"}],
        **more,
    }
    return item_class("numeric").model_validate(data)


def short_text(**more: Any) -> Item:
    """A short_text item that takes naloxone and Narcan; flumazenil is a known wrong answer."""
    data = {
        **COMMON,
        "kind": "short_text",
        "accepted": ["naloxone", "Narcan"],
        "rationale": "Because it reverses an opioid overdose",
        "misses": [{"text": ["flumazenil"], "rationale": "Because that is for benzodiazepines"}],
        **more,
    }
    return item_class("short_text").model_validate(data)


EVERY_KIND = {
    "single_choice": single,
    "multiple_choice": multiple,
    "written": written,
    "numeric": numeric,
    "short_text": short_text,
}
