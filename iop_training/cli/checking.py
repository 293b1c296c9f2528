"""What ``check`` looks at, and what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from rich.progress import track

from iop_training.cli.common import console, count, table, waiting
from iop_training.cli.outlooks import show_outlooks
from iop_training.cli.proofs import prove_all, show_proofs
from iop_training.content.checks import Course, check_course
from iop_training.content.faults import Fault
from iop_training.content.reviews import status_of
from iop_training.content.writing import Bank, banks, key_extremes, reading_grade
from iop_training.model import Item
from iop_training.model.kinds.case import CaseItem
from iop_training.scoring.blind import STRATEGIES, Blind, check_blind, play, pooled
from iop_training.scoring.guessing import guessing
from iop_training.simulation.check import proof_faults


def check_and_show(course: Path, quick: bool, items: bool) -> bool:
    """Whether there is no error in the course; ``quick`` and ``items`` as for the command."""
    checked, in_content = check_course(course)
    played = [(bank, play(bank)) for bank in banks(checked.catalog)]
    faults = sorted({*in_content, *check_blind(checked.catalog, played)})
    proofs = [] if quick else prove_all(checked.catalog)
    faults = sorted({*faults, *proof_faults(checked.catalog, [proof for proof, _ in proofs])})
    if not quick:
        faults = sorted({*faults, *_releases(course, in_content), *_leaks(course, checked)})
    styles = {"error": "red", "warning": "yellow", "note": "dim"}
    for fault in faults:
        console.print(str(fault), style=styles[fault.level], markup=False, soft_wrap=True)
    _show_counts(checked)
    _show_writing(played)
    show_outlooks(checked.catalog)
    if proofs:
        show_proofs(checked.catalog, proofs)
    if items:
        _show_strategies(played)
        _show_items(checked.catalog.items.values())
    levels = Counter(fault.level for fault in faults)
    console.print(f"{count(levels['error'], 'error')}, {count(levels['warning'], 'warning')}.")
    return not levels["error"]


def _releases(root: Path, in_content: Sequence[Fault]) -> list[Fault]:
    from iop_training.grading.release import assignments, release_in_sync

    with waiting("Comparing releases with their sources ..."):
        return [
            Fault(f"release/{a}", 0, sentence)
            for a in assignments(root)
            for sentence in release_in_sync(root, a, in_content)
        ]


def _leaks(root: Path, checked: Course) -> list[Fault]:
    """Keys and reasons of graded items and cases anywhere learners get files from."""
    from iop_training.lab.kit import find_leaks, secret_texts

    secrets = secret_texts(checked.catalog)
    places = [root / name for name in ("release", "workspace", "kit")]
    places += [*root.glob("dist/*.whl"), *root.glob("dist/*.tar.gz")]
    with waiting("Looking for keys where learners get files ..."):
        return [
            Fault(
                str(place),
                0,
                f"{leak}: a key or reason of graded content is in here; "
                "remove it and find out how it got in",
            )
            for place in places
            if place.exists()
            for leak in find_leaks(place, secrets)
        ]


def _show_counts(checked: Course) -> None:
    shown = table(
        "", "Module", ">Formative", ">Graded", ">Points", ">Draft", ">Source-checked", ">Signed"
    )
    for module in checked.catalog.modules:
        items = checked.catalog.module_items(module)
        graded = [i for i in items if i.use == "graded"]
        status = Counter(status_of(checked.catalog, i) for i in items)
        shown.add_row(
            module,
            str(len(items) - len(graded)),
            str(len(graded)),
            f"{sum(i.counted for i in graded):g}",
            *(str(status[s]) for s in ("draft", "source-checked", "signed")),
        )
    console.print(shown)


def _show_writing(played: list[tuple[Bank, Blind]]) -> None:
    """How the choice items of each bank are written; luck's share stands in parentheses."""
    shown = table(
        "",
        "Module",
        "Use",
        ">Items",
        "Reading grade (worst)",
        ">Guessing",
        "Key longest (luck)",
        "Best blind strategy",
    )
    for bank, blind in played:
        grades = {item.id: reading_grade(item) for item in bank.items}
        worst = max(grades, key=grades.__getitem__)
        longest = key_extremes(bank.items)
        name, share = blind.best
        shown.add_row(
            bank.module,
            bank.use,
            str(len(bank.items)),
            f"{median(grades.values()):.1f} ({grades[worst]:.1f} {worst})",
            f"{blind.guessing:.0%}",
            f"{len(longest.items)} of {longest.of} ({longest.expected:.1f})",
            f"{name}, {share:.0%}",
        )
    console.print(shown)


def _show_strategies(played: list[tuple[Bank, Blind]]) -> None:
    """What each blind strategy earns on the choice items of each bank, and of all together."""
    columns = {f"{bank.module} {bank.use}": blind for bank, blind in played}
    columns["all"] = pooled(columns.values())
    shown = table("", "Strategy", *(f">{name}" for name in columns))
    for name in STRATEGIES:
        shown.add_row(name, *(f"{blind.shares[name]:.0%}" for blind in columns.values()))
    shown.add_section()
    shown.add_row("guessing", *(f"{blind.guessing:.0%}" for blind in columns.values()))
    intervals = (blind.interval for blind in columns.values())
    shown.add_row("95 of 100 guessers", *(f"{low:.0%} to {high:.0%}" for low, high in intervals))
    console.print(shown)


def _show_items(items: Iterable[Item]) -> None:
    """What random guessing earns on each item that no person grades, and how often it is all
    right. Of sessions with clients the table of cases tells what dull ways to play them earn."""
    shown = table(
        "", "Item", "Kind", ">Points", ">By guessing", ">Share", ">All right", ">Reading grade"
    )
    scored = [item for item in items if not item.manual and not isinstance(item, CaseItem)]
    for item in track(scored, "Guessing", console=console, transient=True):
        luck = guessing(item)
        shown.add_row(
            item.id,
            item.kind,
            f"{item.points:g}",
            f"{luck.share * item.points:.2f}",
            f"{luck.share:.0%}",
            f"{luck.right:.1%}",
            f"{reading_grade(item):.1f}",
        )
    console.print(shown)
