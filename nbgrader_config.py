"""nbgrader's settings for this course folder, for the command line and for Formgrader alike.

Everything is relative to the folder this file is in, so a copied course folder works too.
"""

import os
import sys
from pathlib import Path

from iop_training.grading.database import gradebook_url
from iop_training.grading.formgrader import TEMPLATE_FOLDERS

ROOT = Path(__file__).absolute().parent
GRADING = "iop_training.grading"
c = get_config()

# nbgrader calls `alembic` by name when it makes a gradebook; an environment that was not
# activated is not on PATH, so its programs go first.
BIN = str(Path(sys.executable).parent)
if os.environ.get("PATH", "").split(os.pathsep)[0] != BIN:
    os.environ["PATH"] = BIN + os.pathsep + os.environ.get("PATH", "")

# The course name is part of every path in the exchange; a learner's workspace uses the same.
c.CourseDirectory.course_id = "iop"
# The course is here, whatever folder a command or a server was started in.
c.CourseDirectory.root = str(ROOT)
# One gradebook: gradebook.db beside the course, or the PostgreSQL database that
# data/local/gradebook.url names. docs/running.md says when, and when to add write_ahead=False.
c.CourseDirectory.db_url = gradebook_url(ROOT)

# Submissions go through a folder of this course, not through a machine-wide one.
c.Exchange.root = str(ROOT / "exchange")
# nbgrader's default cache is per user; with one account in two roles, roles would share it.
c.Exchange.cache = str(ROOT / ".nbgrader-cache")
# Collecting takes only the files we know, follows no links and checks who owns a submission.
c.ExchangeFactory.collect = f"{GRADING}.exchange.CourseCollect"

# Where releasing finds items and keys.
c.PublicItems.course_root = str(ROOT)
# Our sources hold no solutions and no hidden tests, so nothing has to be cleared. SaveCells
# comes after the checksums it saves; PublicItems comes last because a fault in the content
# must stop the release (a hook's exception would only be logged).
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    f"{GRADING}.release.PublicItems",
]

# A fresh clone has releases and no gradebook: nbgrader would say "Skipping" and then fail.
c.Autograde.pre_convert_hook = f"{GRADING}.registry.register_before_autograde"
# The released notebook is graded; the submitted one is only compared and never run.
c.Autograde.exporter_class = f"{GRADING}.autograde.exporter.ReleasedNotebook"
# The released notebook needs no repair, so nothing to do in nbgrader's first pass.
c.Autograde.sanitize_preprocessors = []
# The second pass: no Execute. Answers are drawn and scored from the journal, then saved.
c.Autograde.autograde_preprocessors = [
    f"{GRADING}.autograde.steps.DrawAnswers",
    f"{GRADING}.autograde.steps.SaveScores",
    "nbgrader.preprocessors.AssignLatePenalties",
]
# Due dates inform; lateness costs nothing. A program that decides otherwise changes this.
c.LateSubmissionPlugin.penalty_method = "none"

# Formgrader works without the internet and shows no code.
c.HTMLExporter.extra_template_basedirs = TEMPLATE_FOLDERS

# Feedback without code, with our own page.
c.GenerateFeedback.exporter_class = f"{GRADING}.feedback.exporter.FeedbackPage"
# Scores and comments; the other step that nbgrader has adds style sheets we don't use.
c.GenerateFeedback.preprocessors = [f"{GRADING}.feedback.exporter.Grades"]
