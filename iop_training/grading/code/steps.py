"""What nbgrader runs for each sort of assignment (see nbgrader_config.py)."""

from __future__ import annotations

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ComputeChecksums,
    DeduplicateIds,
    IgnorePattern,
    LimitOutput,
    LockCells,
    OverwriteCells,
    OverwriteKernelspec,
    SaveCells,
)

from iop_training.grading.autograde.steps import DrawAnswers, SaveScores
from iop_training.grading.code.execute import SandboxedExecute
from iop_training.grading.code.inert import InertCells, InertOutputs, ReleasedMetadata
from iop_training.grading.code.pick import AuthoredSteps, Steps
from iop_training.grading.code.save import SaveCodeScores
from iop_training.grading.release import PublicItems


class CleanCode(Steps):
    """nbgrader's first pass over a submitted notebook with code, within our own: locked cells come
    back from the gradebook, hidden tests with them."""

    code = True
    steps = (
        ReleasedMetadata,
        ClearOutput,
        DeduplicateIds,
        OverwriteKernelspec,
        OverwriteCells,
        CheckCellMetadata,
        InertCells,
    )


class GradeCode(Steps):
    """nbgrader's second pass: run, limit, save."""

    code = True
    steps = (
        SandboxedExecute,
        InertOutputs,
        IgnorePattern,
        ClearMetadataPreprocessor,
        LimitOutput,
        SaveCodeScores,
        CheckCellMetadata,
    )


class GradeAnswers(Steps):
    """The second pass of our own assignments: no code, answers drawn and scored."""

    steps = (DrawAnswers, SaveScores)


class ReleaseAnswers(AuthoredSteps):
    """Of our own assignments, whose sources hold no solutions and no hidden tests. SaveCells
    comes after the checksums it saves; PublicItems comes last because a fault in the content must
    stop the release (a hook's exception would only be logged)."""

    steps = (LockCells, ClearOutput, CheckCellMetadata, ComputeChecksums, SaveCells, PublicItems)
