"""Result: what became of one submission that was to be graded."""

from __future__ import annotations

from dataclasses import dataclass

from iop_training.scoring.standards import Standing


@dataclass(frozen=True)
class Result:
    """Grading of one submission. ``status`` is "graded", "unchanged" (graded before, neither it
    nor its keys are newer), "failed" (``message`` says why) or, of a dry run, "to grade".
    ``points`` of ``max_points`` as the gradebook has them, ``before`` as it had them before this
    run (None when it had not); ``to_read`` is how many answers wait for a person; ``standing`` is
    None where the assignment has no standard; ``flags`` are sentences, those about safety first,
    ``repairs`` what was mended in reading it."""

    student: str
    status: str
    points: float = 0.0
    max_points: float = 0.0
    to_read: int = 0
    flags: tuple[str, ...] = ()
    message: str = ""
    standing: Standing | None = None
    repairs: tuple[str, ...] = ()
    before: float | None = None


def late_flags(seconds: float) -> list[str]:
    """A sentence where something was handed in so many seconds after it was due."""
    if not seconds:
        return []
    minutes = int(seconds // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    words = f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min"
    return [f"It was handed in {words} after it was due."]
