"""JSON Schemas of the content files, so that an editor completes and underlines while typing.

The models are the truth; the schemas are made from them, and a test keeps the two equal.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from iop_training.model import (
    KINDS,
    DiaryHead,
    GlossaryEntry,
    Item,
    Module,
    ProgramFacts,
    Reference,
    Rubric,
    Standard,
    Table,
    Term,
)
from iop_training.model.base import Model
from iop_training.model.case import Case
from iop_training.model.item import PART_PATTERN
from iop_training.model.kinds.form import SHARED, Form, field_kinds

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEMPLATE = "#/$defs/{model}"


def schemas() -> dict[str, dict[str, Any]]:
    """File name to schema, for each kind of content file."""
    return {
        "items.schema.json": _items(),
        "case.schema.json": _whole(Case),
        "rubric.schema.json": _whole(Rubric),
        "table.schema.json": _whole(Table),
        "diary.schema.json": _whole(DiaryHead),
        "program.schema.json": _whole(ProgramFacts),
        "references.schema.json": _entries("references", Reference, "object"),
        "glossary.schema.json": _entries("glossary", GlossaryEntry, "object"),
        "standards.schema.json": _entries("standards", Standard, "object"),
        "language.schema.json": _entries("terms", Term, "array"),
    }


def schema_text(schema: dict[str, Any]) -> str:
    """The bytes of a schema file."""
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> list[Path]:
    """Write all schemas into ``root/data/schema``; the paths written."""
    folder = root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_text(schema_text(schema), encoding="utf-8")
        written.append(path)
    return written


def _items() -> dict[str, Any]:
    models: list[type[Model]] = [Module, *KINDS.values()]
    refs, definitions = models_json_schema(
        [(m, "validation") for m in models], ref_template=_TEMPLATE
    )
    kinds = [refs[k, "validation"] for k in models[1:]]
    module = definitions["$defs"].pop(Module.__name__)
    _describe_fields(definitions["$defs"], {k: refs[KINDS[k], "validation"] for k in field_kinds()})
    module["properties"]["items"] = {"type": "array", "items": {"oneOf": kinds}}
    module["required"] = sorted({*module["required"], "items"})
    return {"$schema": DIALECT, **module, "$defs": definitions["$defs"]}


def _describe_fields(definitions: dict[str, Any], refs: dict[str, Any]) -> None:
    """Say what a form's fields may be: as the item of that kind, without what the form gives."""
    del definitions[Item.__name__]
    kinds = []
    for ref in refs.values():
        name = ref["$ref"].rpartition("/")[2]
        whole = definitions[name]
        own = {k: v for k, v in whole["properties"].items() if k not in SHARED}
        definitions[f"{name}Field"] = {
            **whole,
            "title": f"{name}Field",
            "properties": own | {"id": {"type": "string", "pattern": PART_PATTERN}},
            "required": [k for k in whole["required"] if k in own],
        }
        kinds.append({"$ref": _TEMPLATE.format(model=f"{name}Field")})
    definitions[Form.__name__]["properties"]["fields"]["items"] = {"oneOf": kinds}


def _whole(model: Any) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(ref_template=_TEMPLATE)}


def _entries(name: str, model: Any, kind: str) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template=_TEMPLATE)
    definitions = schema.pop("$defs", {})
    child = {"additionalProperties": schema} if kind == "object" else {"items": schema}
    return {
        "$schema": DIALECT,
        "type": "object",
        "additionalProperties": False,
        "required": [name],
        "properties": {name: {"type": kind, **child}},
        "$defs": definitions,
    }
