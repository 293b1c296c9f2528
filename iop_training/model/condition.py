"""Conditions of a case: ``alliance >= 3 and not told_off``, over state variables and flags.

A closed language: names (``alliance``, ``dana.trust``), whole numbers, ``and``, ``or``, ``not``,
the comparisons ``<  <=  ==  !=  >=  >`` and brackets. Python's parser reads it; what is not on
this list is refused, and nothing is ever evaluated as Python.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

Values = tuple[int, ...]
"""The state of a session: numbers in a fixed order; a flag is 1 when it is set, else 0."""
Test = Callable[[Values], bool]

NAME_PATTERN = r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$"
"""A variable of the case (``cohesion``), or of a person in it (``dana.trust``)."""

_COMPARE: dict[type[ast.cmpop], Callable[[int, int], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
}
_ALLOWED = "names, whole numbers, and, or, not, < <= == != >= >, and brackets"


def parse_condition(text: str) -> ast.expr:
    """The condition as a checked syntax tree; ValueError with a sentence otherwise."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(
            f"{text!r} can't be read; write it like: alliance >= 3 and not told_off"
        ) from None
    _refuse_other(tree, text)
    return tree


def names_in(text: str) -> tuple[set[str], set[str]]:
    """Names that the condition compares with something, and names that it takes for yes or no."""
    numbers, truths = set[str](), set[str]()
    _collect(parse_condition(text), numbers, truths)
    return numbers, truths


def numbers_in(text: str) -> list[tuple[str, int]]:
    """Pairs of a name and a whole number that the condition compares it with."""
    pairs = []
    for node in ast.walk(parse_condition(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for one, two in pairwise(sides):
                for name, number in ((one, two), (two, one)):
                    if isinstance(number, ast.Constant) and not isinstance(name, ast.Constant):
                        pairs.append((_name(name), int(str(number.value))))
    return pairs


def compile_condition(text: str, index: Mapping[str, int]) -> Test:
    """A function from a state to whether the condition holds; ``index`` says where in the state
    each name stands. KeyError for a name that isn't in it."""
    return _test(parse_condition(text), index)


def _check_syntax(text: str) -> str:
    parse_condition(text)
    return " ".join(text.split())


Condition = Annotated[
    str, StringConstraints(min_length=1, max_length=300), AfterValidator(_check_syntax)
]


def _refuse_other(node: ast.expr, text: str) -> None:
    """Only what the language has; a number alone, or a comparison of truths, means nothing."""
    if isinstance(node, ast.BoolOp):
        for value in node.values:
            _refuse_other(value, text)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        _refuse_other(node.operand, text)
    elif isinstance(node, ast.Compare):
        for side in (node.left, *node.comparators):
            if not _is_number(side) and not _is_name(side):
                raise ValueError(f"{text!r} compares something else than names and numbers")
        if any(type(op) not in _COMPARE for op in node.ops):
            raise ValueError(f"{text!r} has something else than {_ALLOWED}")
    elif not _is_name(node):
        raise ValueError(f"{text!r} has something else than {_ALLOWED}")


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    )


def _name(node: ast.expr) -> str:
    return ast.unparse(node)


def _collect(node: ast.expr, numbers: set[str], truths: set[str]) -> None:
    if isinstance(node, ast.BoolOp):
        for value in node.values:
            _collect(value, numbers, truths)
    elif isinstance(node, ast.UnaryOp):
        _collect(node.operand, numbers, truths)
    elif isinstance(node, ast.Compare):
        numbers |= {_name(s) for s in (node.left, *node.comparators) if _is_name(s)}
    else:
        truths.add(_name(node))


def _test(node: ast.expr, index: Mapping[str, int]) -> Test:
    if isinstance(node, ast.BoolOp):
        tests = tuple(_test(value, index) for value in node.values)
        if isinstance(node.op, ast.And):
            return lambda values: all(test(values) for test in tests)
        return lambda values: any(test(values) for test in tests)
    if isinstance(node, ast.UnaryOp):
        inner = _test(node.operand, index)
        return lambda values: not inner(values)
    if isinstance(node, ast.Compare):
        return _comparison(node, index)
    where = index[_name(node)]
    return lambda values: values[where] != 0


def _comparison(node: ast.Compare, index: Mapping[str, int]) -> Test:
    """A comparison, chained ones (``1 <= risk <= 3``) included."""
    sides = [node.left, *node.comparators]
    tests = tuple(
        _pair(one, _COMPARE[type(op)], two, index)
        for (one, two), op in zip(pairwise(sides), node.ops, strict=True)
    )
    if len(tests) == 1:
        return tests[0]
    return lambda values: all(test(values) for test in tests)


def _pair(
    one: ast.expr, compare: Callable[[int, int], bool], two: ast.expr, index: Mapping[str, int]
) -> Test:
    if isinstance(two, ast.Constant) and not isinstance(one, ast.Constant):
        where, number = index[_name(one)], int(str(two.value))
        return lambda values: compare(values[where], number)
    left, right = _side(one, index), _side(two, index)
    return lambda values: compare(left(values), right(values))


def _side(node: ast.expr, index: Mapping[str, int]) -> Callable[[Values], int]:
    if isinstance(node, ast.Constant):
        number = int(str(node.value))
        return lambda values: number
    where = index[_name(node)]
    return lambda values: values[where]
