"""Writing checks on choice items: give-aways in one item, and habits of a whole bank.

They look at texts and keys and need no scores; what blind strategies would earn is in
``scoring.blind``. All findings are warnings: an author may have a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from iop_training.content import chance, words
from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault
from iop_training.model import Item, Use
from iop_training.model.options import ChoiceItem, Option

LONGER_KEY = 1.4
"""How many times the mean wrong option a key may be long."""
SUPERVISOR_SHARE = 1 / 3
"""In how many of the items that offer the supervisor that may be right."""
SURE = 0.95
"""How much of what luck does counts as luck."""

_USES: tuple[Use, ...] = ("formative", "graded")


@dataclass(frozen=True)
class Bank:
    """The choice items of one module and use, in the order of the file; at least one."""

    module: str
    use: Use
    items: list[ChoiceItem]


@dataclass(frozen=True)
class Extremes:
    """How often the one longest (or shortest) option of an item is right.

    ``items`` are those in which it is; ``of`` counts the items that have such an option.
    ``expected`` is what luck gives, ``most`` what luck stays within 95% of the time.
    """

    items: list[ChoiceItem]
    of: int
    expected: float
    most: int


def choice_items(catalog: Catalog, module: str) -> list[ChoiceItem]:
    """The items of a module in which options are chosen, fields of forms included."""
    return [
        item
        for whole in catalog.module_items(module)
        for item in (whole, *(inner for _, inner in whole.inner()))
        if isinstance(item, ChoiceItem)
    ]


def banks(catalog: Catalog) -> list[Bank]:
    """Every bank of the course that has choice items."""
    return [
        Bank(module, use, items)
        for module in catalog.modules
        for use in _USES
        if (items := [i for i in choice_items(catalog, module) if i.use == use])
    ]


def reading_grade(item: Item) -> float:
    """Flesch-Kincaid grade of all that a trainee reads before answering, together."""
    return words.reading_grade([item.stem, *_read(item.asked(item.shuffled()))])


def _read(asked: Any) -> Iterator[str]:
    for name, inner in asked.items() if isinstance(asked, dict) else enumerate(asked):
        if isinstance(inner, dict | list):
            yield from _read(inner)
        elif name in ("text", "stem"):
            yield inner


def key_extremes(items: Iterable[ChoiceItem], extreme: Callable[..., int] = max) -> Extremes:
    """Where the longest (``max``) or shortest (``min``) option is right.

    Where several options share that length nobody can go by it, so such items are left out.
    """
    found, luck = [], []
    for item in items:
        lengths = [len(option.text) for option in item.options]
        if lengths.count(extreme(lengths)) > 1:
            continue
        luck.append(chance.happens(_right_share(item)))
        if item.options[lengths.index(extreme(lengths))].id in item.right_ids():
            found.append(item)
    distribution = chance.total(luck)
    return Extremes(
        found, len(luck), chance.mean(distribution), chance.quantile(distribution, SURE)
    )


def check_writing(catalog: Catalog) -> Iterator[Fault]:
    """Every warning about how choice items are written."""
    for bank in banks(catalog):
        for check in (_positions, _lengths, _supervisor):
            for item, message in check(bank):
                yield catalog.place("items", item.id).fault(
                    "key", f"{bank.use} items: {message}", "warning"
                )
        for item in bank.items:
            yield from _item_faults(catalog, item)


def _item_faults(catalog: Catalog, item: ChoiceItem) -> Iterator[Fault]:
    place = catalog.place("items", item.id)
    for check in (_of_the_above, _absolutes, _echo, _articles, _long_key):
        for option, message in check(item):
            inside = ("options", item.options.index(option), "text") if option else ("stem",)
            line = place.document.line((*place.loc, *inside))
            yield Fault(place.document.file, line, f"{item.id}: {message}", "warning")


def _right_share(item: ChoiceItem) -> float:
    return len(item.right_ids()) / len(item.options)


def _sides(item: ChoiceItem) -> tuple[list[Option], list[Option]]:
    """The right options and the wrong ones."""
    right = item.right_ids()
    return (
        [option for option in item.options if option.id in right],
        [option for option in item.options if option.id not in right],
    )


def _names(things: Iterable[ChoiceItem | Option]) -> str:
    return ", ".join(thing.id for thing in things)


# ---------------------------------------------------------------- banks

BankFinding = tuple[ChoiceItem, str]
"""The item to point at, and a sentence about the bank."""


def _positions(bank: Bank) -> Iterator[BankFinding]:
    """Each place in the author's order is right as often as the others. Trainees see another
    order, so this is about the author's habit. The 5% are shared among the places, or one
    sound bank in five would be warned about."""
    places = max(len(item.options) for item in bank.items)
    for place in range(places):
        offered = [item for item in bank.items if place < len(item.options)]
        right = [item for item in offered if item.options[place].id in item.right_ids()]
        luck = chance.total(chance.happens(_right_share(item)) for item in offered)
        low, high = chance.interval(luck, (1 - SURE) / places)
        if not low <= len(right) <= high:
            yield (
                (right or offered)[0],
                f"option {place + 1} is right in {len(right)} of {len(offered)}; "
                f"{chance.mean(luck):.1f} is what luck gives ({low} to {high}): spread the keys",
            )


def _lengths(bank: Bank) -> Iterator[BankFinding]:
    """The key is the longest, or the shortest, no more often than luck has it."""
    for name, extreme in (("longest", max), ("shortest", min)):
        key = key_extremes(bank.items, extreme)
        if len(key.items) > key.most:
            yield (
                key.items[0],
                f"the {name} option is right in {len(key.items)} of {key.of} "
                f"({_names(key.items)}); luck gives {key.expected:.1f}, at most {key.most}: "
                "make wrong options of like length",
            )


def _supervisor(bank: Bank) -> Iterator[BankFinding]:
    """Passing it on to the supervisor is no way through the course."""
    offered, right = [], []
    for item in bank.items:
        passing = [o for o in item.options if words.SUPERVISOR.search(o.text)]
        if passing:
            offered.append(item)
        if any(option.id in item.right_ids() for option in passing):
            right.append(item)
    if len(right) > SUPERVISOR_SHARE * len(offered):
        yield (
            right[0],
            f"going to the supervisor is right in {len(right)} of the {len(offered)} that offer "
            f"it ({_names(right)}); at most a third should be: offer it as a wrong option "
            "elsewhere",
        )


# ---------------------------------------------------------------- single items

ItemFinding = tuple[Option | None, str]
"""The option to point at (None: the stem), and a sentence about the item."""


def _of_the_above(item: ChoiceItem) -> Iterator[ItemFinding]:
    for option in item.options:
        if found := words.OF_THE_ABOVE.search(option.text):
            yield (
                option,
                f"option {option.id} says {found[0]!r}, and each trainee sees another order; "
                "say what is meant, or make it multiple_choice",
            )


def _absolutes(item: ChoiceItem) -> Iterator[ItemFinding]:
    """Words that leave no exception, on one side only."""
    right, wrong = (_absolute_words(side) for side in _sides(item))
    for here, there, name in ((right, wrong, "the key"), (wrong, right, "wrong options")):
        if here and not there:
            listed = ", ".join(f"{word!r} in option {option.id}" for option, word in here)
            yield (
                here[0][0],
                f"absolute words stand in {name} only ({listed}); take them out, or have them "
                "on both sides",
            )


def _absolute_words(options: list[Option]) -> list[tuple[Option, str]]:
    return [(o, match[0]) for o in options for match in words.ABSOLUTE.finditer(o.text)]


def _echo(item: ChoiceItem) -> Iterator[ItemFinding]:
    """A word of the stem that only the key takes up."""
    right, wrong = _sides(item)
    elsewhere = words.clue_words(" ".join(option.text for option in wrong))
    for option in right:
        echoed = words.clue_words(item.stem) & words.clue_words(option.text) - elsewhere
        if echoed:
            said = dict.fromkeys(
                w for w in words.words(option.text) if words.clue_words(w) & echoed
            )
            yield (
                option,
                f"of the stem only the key (option {option.id}) takes up "
                f"{', '.join(map(repr, said))}; use it in a wrong option too, or say it in other "
                "words here",
            )


def _articles(item: ChoiceItem) -> Iterator[ItemFinding]:
    """A stem that ends in "a" or "an" rules options out."""
    ending = re.search(r"\b(an?)[\s:_.…]*$", item.stem)
    if not ending:
        return
    fitting = [o for o in item.options if words.article(o.text) == ending[1]]
    if 0 < len(fitting) < len(item.options):
        yield (
            None,
            f"the stem ends in {ending[1]!r}, which fits {_names(fitting)} only; put the "
            "article into the options",
        )


def _long_key(item: ChoiceItem) -> Iterator[ItemFinding]:
    right, wrong = _sides(item)
    if not wrong:
        return
    key, others = (fmean(len(option.text) for option in side) for side in (right, wrong))
    if key > LONGER_KEY * others:
        yield (
            right[0],
            f"the key has {key:.0f} characters, wrong options {others:.0f} on average; at most "
            f"{LONGER_KEY:g} times as many: shorten the key or say more in the others",
        )
