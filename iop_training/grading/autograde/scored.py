"""Scored: a submission with its scores, and what follows from both, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from iop_training.grading.autograde.case_cards import harm_sentences
from iop_training.grading.autograde.observations import observations
from iop_training.grading.autograde.submission import Submission, to_look_at
from iop_training.model import Score
from iop_training.scoring.gates import Gate, Observation, judge_all


@dataclass(frozen=True)
class Scored:
    """``scores`` has one for every item of the submission's snapshot."""

    submission: Submission
    scores: Mapping[str, Score]

    @cached_property
    def observations(self) -> list[Observation]:
        """Those of the safety domains."""
        return observations(self.submission, self.scores)

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """The safety domains as this submission alone shows them."""
        return judge_all(self.observations)

    @cached_property
    def flags(self) -> list[str]:
        """What a supervisor should look at, harm in sessions first; a flag changes no score."""
        harm, looks = harm_sentences(self.scores), to_look_at(self.scores)
        return [*harm, *self.submission.flags, *looks]
