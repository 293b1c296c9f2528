"""A cohort with every kind of answer and oddity, and crowds that are made of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from grading.people import RIGHT, journal_of, release_hash, submitted
from nbgrader.api import Gradebook

from iop_training.grading.registry import register_release
from iop_training.responses import Journal

WRITTEN = {**RIGHT, "m01-w01": "I would ask, then <b>listen</b>."}
LATER = "2026-11-30 08:00:00.000000 UTC"
Spoil = Callable[[Path, Path], None]


def _write(name: str, content: bytes) -> Spoil:
    return lambda course, folder: (folder / name).write_bytes(content) and None


def _remove(name: str) -> Spoil:
    return lambda course, folder: (folder / name).unlink()


def _append(line: bytes) -> Spoil:
    def spoil(course: Path, folder: Path) -> None:
        path = journal_of(folder)
        path.write_bytes(path.read_bytes() + line)

    return spoil


def _again(course: Path, folder: Path) -> None:
    """A second answer after handing in."""
    Journal.open(folder, "m01", "m01", folder.parent.name, release_hash(course)).answer(
        "m01-q01", "a"
    )
    (folder / "answers" / ".m01.lock").unlink()


ODD: dict[str, tuple[dict[str, Any], Spoil | None]] = {
    "right": (WRITTEN, None),
    "wrong": ({"m01-q01": "a", "m01-q02": ["b"]}, None),
    "part": ({"m01-q01": "b", "m01-q02": ["a"], "m01-w01": "x"}, None),
    "blank": ({}, None),
    "spaces": ({"m01-w01": " \n"}, None),
    "torn": (WRITTEN, _append(b'{"v":1,"seq":99,"pr')),
    "foreign": (RIGHT, _append(b'{"v":1,"seq":50,"prev":"","at":"","type":"answer"}\n')),
    "unknown": (
        RIGHT,
        _append(
            b'{"v":1,"seq":9,"prev":"","at":"","type":"answer","item":"m09-q01","value":"a"}\n'
        ),
    ),
    "wrongtype": (
        RIGHT,
        _append(
            b'{"v":1,"seq":9,"prev":"","at":"","type":"answer","item":"m01-q01","value":[7]}\n'
        ),
    ),
    "changed": (WRITTEN, _again),
    "nojournal": ({}, _remove("answers/m01.jsonl")),
    "noreceipt": (RIGHT, _remove("receipt.json")),
    "otherpage": (RIGHT, _write("m01.ipynb", b'{"cells": [], "metadata": {}, "nbformat": 4}')),
    "late": (WRITTEN, _write("timestamp.txt", LATER.encode())),
    "notime": (RIGHT, _remove("timestamp.txt")),
    "says": (
        RIGHT,
        _write("lesson.json", b'{"objections":[{"item":"m01-f01","at":"","text":"No <i>"}]}'),
    ),
}
"""Everybody's answers, and what is done to the submission then."""


def hand_in_oddly(course: Path, tmp: Path) -> None:
    """Everybody's submission, a due date, and one person who is late."""
    for student, (answers, spoil) in ODD.items():
        folder = submitted(course, student, answers, tmp)
        if spoil:
            spoil(course, folder)
    register_release(course, "m01")
    with open_book(course) as book:
        book.update_or_create_assignment("m01", duedate=datetime(2026, 11, 25))


def crowd(course: Path, odd: Path, number: int) -> Path:
    """A copy of the course ``odd`` at ``course`` in which so many have handed in what those did."""
    shutil.copytree(odd, course)
    made = sorted((course / "submitted").iterdir())
    for n in range(len(made), number):
        shutil.copytree(made[n % len(made)], course / "submitted" / f"more{n:03}")
    return course


def open_book(course: Path) -> Gradebook:
    """The gradebook, as anybody with nbgrader would."""
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop")
