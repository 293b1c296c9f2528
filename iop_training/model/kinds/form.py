"""form: several questions that belong together, each a field of another kind.

A response is {field id: value as that field's kind takes it}; what is blank is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    Field,
    FieldSerializationInfo,
    SerializeAsAny,
    ValidationError,
    ValidationInfo,
    field_serializer,
    model_validator,
)
from pydantic_core import InitErrorDetails

from iop_training.errors import ResponseError
from iop_training.model.base import Path
from iop_training.model.item import PART_PATTERN, Item, PartId, is_part_id
from iop_training.model.kinds import KINDS

SHARED = (
    "use",
    "optional",
    "stance",
    "competency",
    "source",
    "review",
    "review_by",
    "domain",
    "form",
    "local",
)
"""What fields have from their form, and nobody writes in them."""
# In the place of what is wrong in the form itself, so that its fields don't repeat that fault.
_STAND_IN = {"id": "m00-a00", "use": "graded", "competency": ["IOP-00"], "source": ["none"]}


def field_kinds() -> dict[str, type[Item]]:
    """The kinds a field may be of: all that no person grades, but forms and sessions."""
    return {
        k: model for k, model in KINDS.items() if not model.manual and k not in ("form", "case")
    }


def _field(value: Any, info: ValidationInfo) -> Item:
    """A field as an author wrote it, as an item with all that it has from the form."""
    if not isinstance(value, dict):
        raise ValueError("a block of 'name: value' lines is expected")
    faults = list(_field_faults(value))
    if faults:
        raise ValidationError.from_exception_data("field", faults)
    form = _STAND_IN | {k: v for k, v in info.data.items() if k in (*SHARED, "id")}
    whole = value | {**form, "id": f"{form['id']}.{value['id']}"}
    return field_kinds()[value["kind"]].model_validate(whole)


def _field_faults(value: dict[str, Any]) -> Iterator[InitErrorDetails]:
    allowed = ", ".join(map(repr, field_kinds()))
    for name in SHARED:
        if name in value:
            yield InitErrorDetails(type="extra_forbidden", loc=(name,), input=value[name])
    for name in ("id", "kind"):
        if name not in value:
            yield InitErrorDetails(type="missing", loc=(name,), input=value)
    if "id" in value and not is_part_id(value["id"]):
        context = {"pattern": PART_PATTERN}
        yield InitErrorDetails(
            type="string_pattern_mismatch", loc=("id",), input=value["id"], ctx=context
        )
    if "kind" in value and value["kind"] not in field_kinds():
        yield InitErrorDetails(
            type="literal_error", loc=("kind",), input=value["kind"], ctx={"expected": allowed}
        )


class Form(Item):
    """``required`` names the fields without which the form is not complete. Points are those
    of the fields together."""

    kind: Literal["form"]
    required: list[PartId] = []
    fields: Annotated[
        list[Annotated[SerializeAsAny[Item], BeforeValidator(_field)]],
        Field(min_length=2, max_length=8),
    ]

    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "required")

    @model_validator(mode="before")
    @classmethod
    def _sum_of_its_fields(cls, data: Any) -> Any:
        """Points that nobody wrote; a field that has none is worth one."""
        if not isinstance(data, dict) or "points" in data:
            return data
        try:
            points = sum([float(field.get("points", 1)) for field in data["fields"]])
        except (KeyError, TypeError, ValueError, AttributeError):
            return data  # told where it is wrong
        return {**data, "points": points}

    @field_serializer("fields")
    def _as_written(self, fields: list[Item], info: FieldSerializationInfo) -> list[dict[str, Any]]:
        return [
            {
                **field.model_dump(
                    mode=info.mode,
                    exclude=set(SHARED),
                    exclude_none=info.exclude_none,
                    exclude_defaults=info.exclude_defaults,
                ),
                "id": self.name_of(field),
            }
            for field in fields
        ]

    def name_of(self, field: Item) -> str:
        """The id a field has within the form."""
        return field.id.removeprefix(f"{self.id}.")

    def by_name(self) -> dict[str, Item]:
        """Name to field, in the author's order."""
        return {self.name_of(field): field for field in self.fields}

    def inner(self) -> list[tuple[Path, Item]]:
        return [(("fields", n), field) for n, field in enumerate(self.fields)]

    def owner(self, part_id: str) -> Item:
        return self.by_name()[part_id.partition(".")[0]]

    def shuffled(self) -> list[str]:
        return self._joined({name: f.shuffled() for name, f in self.by_name().items()})

    def display_order(self, seed: str) -> list[str]:
        return self._joined({name: f.display_order(seed) for name, f in self.by_name().items()})

    @staticmethod
    def _joined(ids: dict[str, list[str]]) -> list[str]:
        return [f"{name}.{i}" for name, inner in ids.items() for i in inner]

    def order_within(self, name: str, order: Sequence[str]) -> list[str]:
        """The part of a display order that is about one field."""
        return [i.partition(".")[2] for i in order if i.partition(".")[0] == name]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {
            "fields": [
                {
                    "id": name,
                    "kind": field.kind,
                    "stem": field.stem,
                    "required": name in self.required,
                    **field.asked(self.order_within(name, order)),
                }
                for name, field in self.by_name().items()
            ]
        }

    def secrets(self) -> list[str]:
        return [secret for field in self.fields for secret in field.secrets()]

    def public(self) -> dict[str, Any]:
        data = super().public()
        if self.use == "graded":
            given = {name: field.public() for name, field in self.by_name().items()}
            data["fields"] = [
                {**{k: v for k, v in one.items() if k not in SHARED}, "id": name}
                for name, one in given.items()
            ]
        return data

    @classmethod
    def from_public(cls, data: dict[str, Any]) -> Item:
        if data["use"] == "formative":
            return super().from_public(data)
        shared = {name: data[name] for name in SHARED if name in data}
        fields = [
            field_kinds()[f["kind"]].from_public({**f, **shared, "id": f"{data['id']}.{f['id']}"})
            for f in data["fields"]
        ]
        return super().from_public({**data, "fields": fields})

    def validate_response(self, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise ResponseError(f"{self.id} takes answers by field, not {type(value).__name__}.")
        fields = self.by_name()
        for name in value:
            if name not in fields:
                known = ", ".join(fields)
                raise ResponseError(f"{self.id} has no field {name[:40]!r}; it has {known}.")
        answers = {name: fields[name].validate_response(value[name]) for name in sorted(value)}
        return {name: v for name, v in answers.items() if not fields[name].is_blank(v)}

    def is_blank(self, value: Any) -> bool:
        return not value

    def lacks(self, value: Any) -> list[str]:
        return [
            field.stem.splitlines()[-1]
            for name, field in self.by_name().items()
            if name in self.required and name not in (value or {})
        ]

    def check(self) -> list[tuple[str | Path, str]]:
        faults: list[tuple[str | Path, str]] = []
        names = [self.name_of(field) for field in self.fields]
        for n, (name, field) in enumerate(zip(names, self.fields, strict=True)):
            if name in names[:n]:
                faults.append(
                    (("fields", n, "id"), f"field id {name!r} is used twice; give each its own")
                )
            for place, sentence in field.check():
                inside = (place,) if isinstance(place, str) else place
                faults.append((("fields", n, *inside), sentence))
        for missing in sorted(set(self.required) - set(names)):
            faults.append(
                ("required", f"{missing!r} is no field id; fields are {', '.join(names)}")
            )
        together = sum(field.points for field in self.fields)
        if self.points != together:
            faults.append(
                (
                    "points",
                    f"points is {self.points:g}; its fields have {together:g} together: leave "
                    "points out here",
                )
            )
        return faults


ITEM = Form
