"""The table of docs/hostile.md: what each of the set is, what it gets, what nbgrader gave it."""

from __future__ import annotations

import re

from grading.hostile.declare import Earns, Hostile
from grading.hostile.everybody import GROUPS
from grading.hostile.sessions import SESSIONS

HEAD = "| name | what it is | what it gets | stock nbgrader |\n|---|---|---|---|\n"
_ROW = re.compile(r"^\| `(?P<name>[^`]+)` \|.*\| (?P<stock>[^|]*) \|$", re.M)


def tables(stock: dict[str, str]) -> str:
    """One table a group; ``stock`` has the last column by name."""
    return "\n".join(
        f"## {group.title}\n\n{HEAD}" + "".join(_row(one, stock) for one in group.members)
        for group in (*GROUPS, SESSIONS)
    )


def stock_column(page: str) -> dict[str, str]:
    """The last column of the tables in ``page``, by name."""
    return {row["name"]: row["stock"] for row in _ROW.finditer(page)}


def _row(one: Hostile, stock: dict[str, str]) -> str:
    return f"| `{one.name}` | {one.what} | {gets(one)} | {stock.get(one.name, one.stock)} |\n"


def gets(one: Hostile) -> str:
    """What it is declared to get, in words."""
    told = " … ".join(f"“{words}”" for words in one.says)
    return "; ".join(filter(None, [_points(one.earns), told and f"told: {told}"]))


def _points(earns: tuple[object, ...]) -> str:
    if not earns:
        return "not graded"
    return " or ".join(_amount(each) for each in earns)


def _amount(earned: object) -> str:
    if isinstance(earned, Earns):
        return f"{earned.points:g} of 5" + ("" if earned.waits else ", nothing written")
    points, _ = earned  # type: ignore[misc]
    return "no points, a person is asked" if points is None else f"{points:g} of 26"
