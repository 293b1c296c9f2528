"""Steps that nbgrader runs for one sort of assignment only (see nbgrader_config.py).

nbgrader has one list of steps for a course. Each class made from these is one step of such a list
that runs several for assignments of its sort, and does nothing for the others.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from iop_training.content.notebooks import says_code
from iop_training.grading.code.sort import has_code


class Steps(NbGraderPreprocessor):
    """``steps`` one after the other, each made as nbgrader makes its own, for assignments with
    code (``code``) or for the others."""

    steps: tuple[type, ...] = ()
    code = False

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the steps, or leave the notebook as it is."""
        if self._has_code(nb, resources) == self.code:
            for step in self.steps:
                nb, resources = step(parent=self.parent)(nb, resources)
        return nb, resources

    def _has_code(self, nb: NotebookNode, resources: dict[str, Any]) -> bool:
        return has_code(self.parent.parent.coursedir, resources["nbgrader"]["assignment"])


class AuthoredSteps(Steps):
    """For a notebook in source/, which says itself what it is."""

    def _has_code(self, nb: NotebookNode, resources: dict[str, Any]) -> bool:
        return says_code(nb)
