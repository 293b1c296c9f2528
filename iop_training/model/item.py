"""Item: one question. Each kind is a subclass in :mod:`iop_training.model.kinds`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from iop_training.model.base import ITEM, Competency, Key, Model, Path, ProseText
from iop_training.model.order import display_order

# A field of a form has the form's id and its own: m01-q20.level
ItemId = Annotated[str, StringConstraints(pattern=rf"^{ITEM}(\.[a-z][a-z0-9_]{{0,23}})?$")]
PART_PATTERN = r"^[a-z][a-z0-9_]{0,23}$"
PartId = Annotated[str, StringConstraints(pattern=PART_PATTERN)]
"""Names an option, a step, a prompt ... within its item. Answers are made of these."""
Use = Literal["formative", "graded"]
Harm = Literal["none", "minor", "serious"]
GateDomain = Literal[
    "suicide",
    "overdose",
    "withdrawal",
    "intoxication_driving",
    "child_safety",
    "confidentiality",
    "scope",
]
_REASONS = {"rationale", "harm_reason", "model_answer"}
GATE_DOMAINS: tuple[str, ...] = GateDomain.__args__  # type: ignore[attr-defined]


Status = Literal["draft", "source-checked", "signed"]
Evidence = Literal["chosen", "arranged", "typed", "built", "session", "written"]
EVIDENCE: dict[Evidence, str] = {
    "chosen": "chosen answer",
    "arranged": "put in order or place",
    "typed": "typed number or word",
    "built": "built plan, form or board",
    "session": "session with a client",
    "written": "written, graded by rubric",
}
"""What somebody does in an item, in words: what it is evidence of."""


def module_of(item_id: str) -> str:
    """Id of the module an item belongs to: m01 for m01-q01."""
    return item_id.partition("-")[0]


def is_part_id(text: object) -> bool:
    """Whether this can be a :data:`PartId`."""
    return isinstance(text, str) and re.fullmatch(PART_PATTERN, text) is not None


class Review(Model):
    """How far an item has been checked, by whom and when.

    ``draft``: written. ``source-checked``: compared with the sources it names.
    ``signed``: a licensed clinician put their name under it. ``content`` says for which text
    (12 hex digits, written by ``iop-training review``): for another text it stands for nothing.
    """

    status: Status = "draft"
    by: str | None = None
    credential: str | None = None
    date: dt.date | None = None
    content: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")] | None = None

    @model_validator(mode="after")
    def _says_who_and_when(self) -> Review:
        if self.status != "draft" and self.date is None:
            raise ValueError(f"{self.status} needs a date (date: 2026-11-22)")
        if self.status == "signed" and not (self.by and self.credential):
            raise ValueError("signed needs by: and credential: of the licensed clinician")
        return self


class Item(Model):
    """What every kind has. Subclasses add what is asked and the key.

    ``points`` are what a full answer earns (> 0); those of an ``optional`` item, which only a
    kind that people grade can be, may be added to the total and are not part of it. With
    ``stance`` the trainee is also asked, unscored, whether to act on the answer alone.
    ``source`` names keys of ``data/references.yaml``. ``domain`` makes the item an observation
    of a safety gate. ``local`` names facts of the program (:class:`ProgramFacts`) to show with
    the reasons.
    """

    id: ItemId
    kind: str
    use: Use
    points: Annotated[float, Field(gt=0, le=100)] = 1
    optional: bool = False
    stance: bool = False
    competency: Annotated[list[Competency], Field(min_length=1)]
    source: Annotated[list[Key], Field(min_length=1)]
    review: Review = Review()
    review_by: dt.date | None = None
    domain: GateDomain | None = None
    form: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")] = "A"
    local: Annotated[list[Key], Field(min_length=1)] | None = None
    stem: ProseText

    manual: ClassVar[bool] = False
    """Whether a person grades the answer."""
    at_once: ClassVar[bool] = False
    """Whether practice answers as soon as something is chosen, without a press."""
    evidence: ClassVar[Evidence] = "built"
    """What somebody does in it."""
    keeps_checks: ClassVar[bool] = False
    """Whether practice keeps each answer that was checked, to show how they came along."""
    PUBLIC: ClassVar[tuple[str, ...]] = (
        "id",
        "kind",
        "use",
        "points",
        "optional",
        "stance",
        "source",
        "domain",
        "local",
        "stem",
    )
    """Fields of a graded item that a learner may have, ``options.text`` for one of each entry
    of a list. A list of what may go out, so that a new field is secret until somebody adds it
    here."""

    @model_validator(mode="after")
    def _only_people_add_points(self) -> Self:
        if self.optional and not self.manual:
            raise ValueError("only an item that people grade (kind: written) can be optional")
        return self

    @property
    def counted(self) -> float:
        """Points that are part of the assignment's total."""
        return 0.0 if self.optional else self.points

    @abstractmethod
    def validate_response(self, value: Any) -> Any:
        """The value in its stored form, or :class:`~iop_training.errors.ResponseError`."""

    @abstractmethod
    def is_blank(self, value: Any) -> bool:
        """Whether the (valid) value counts as no answer."""

    def lacks(self, value: Any) -> list[str]:
        """What a (valid) value that isn't blank still lacks to count as answered, in words."""
        return []

    def is_answered(self, value: Any) -> bool:
        """Whether the (valid) value counts as an answer, whole enough to hand in."""
        return not self.is_blank(value) and not self.lacks(value)

    def inner(self) -> list[tuple[Path, Item]]:
        """Items that this one is made of, with the paths where they stand."""
        return []

    def owner(self, part_id: str) -> Item:
        """The item that a judged part belongs to: this one, or one of :meth:`inner`."""
        return self

    def check(self) -> Sequence[tuple[str | Path, str]]:
        """Faults that one field can't show: pairs of (field, sentence), the field by its name or,
        within other fields, by its path."""
        return []

    def shuffled(self) -> list[str]:
        """Ids of what each trainee sees in an order of their own."""
        return []

    def display_order(self, seed: str) -> list[str]:
        """The ids of :meth:`shuffled` as a trainee sees them; ``seed`` is their journal's."""
        return display_order(seed, self.id, self.shuffled())

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        """What the view needs beyond the stem, never a key; ``order`` has the ids of
        :meth:`shuffled` as this trainee sees them."""
        return {}

    def secrets(self) -> list[str]:
        """Texts of a graded item that must be nowhere a learner gets."""
        return [text for path, text in self.prose() if path[-1] in _REASONS]

    def public(self) -> dict[str, Any]:
        """The item as JSON for a learner: everything when formative, else ``PUBLIC`` only."""
        whole = self.model_dump(mode="json", exclude_defaults=True)
        if self.use == "formative":
            return whole
        return {
            name: [{f: entry[f] for f in fields if f in entry} for entry in whole[name]]
            if fields
            else whole[name]
            for name, fields in self._public_fields().items()
            if name in whole
        }

    @classmethod
    def _public_fields(cls) -> dict[str, list[str]]:
        """Public names, with the public fields of their entries where these are chosen."""
        fields: dict[str, list[str]] = {}
        for dotted in cls.PUBLIC:
            name, _, inner = dotted.partition(".")
            fields.setdefault(name, []).extend([inner] if inner else [])
        return fields

    @classmethod
    def from_public(cls, data: dict[str, Any]) -> Item:
        """The item as a learner's kernel has it, from what :meth:`public` gave.

        A graded item comes without key and reasons, so it can take and check a response but
        not be scored. ``data`` must come from a bundle whose digest was verified.
        """
        if data["use"] == "formative":
            return cls.model_validate(data)
        entries = {
            name: [
                get_args(cls.model_fields[name].annotation)[0].model_construct(**e)
                for e in data[name]
            ]
            for name, fields in cls._public_fields().items()
            if fields and name in data
        }
        return cls.model_construct(**{**data, **entries})

    def content_hash(self) -> str:
        """SHA-256 (hex) of everything but the review, which is about the content. What has its
        default is left out, so that a new field changes no item that doesn't use it."""
        whole = self.model_dump(mode="json", exclude={"review"}, exclude_defaults=True)
        text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
