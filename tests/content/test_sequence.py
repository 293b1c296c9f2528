"""The order of the course."""

from __future__ import annotations

from iop_training.content.sequence import place_in_course


def test_is_it_start_here_first_week_modules_practice_cases_and_sessions_last() -> None:
    modules = ["c01", "m13", "m02", "w01", "m00", "c02", "m01", "m14"]
    found = sorted(modules, key=lambda module: place_in_course(module, {"m13"}))
    assert found == ["m00", "w01", "m01", "m02", "m14", "c01", "c02", "m13"]
