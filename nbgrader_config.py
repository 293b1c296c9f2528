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
# An assignment whose notebook says {"iop": {"code": true}} has code of the trainee's own. Each of
# these steps is for that sort or for ours, and does nothing for the other.
CODE = f"{GRADING}.code"
c.GenerateAssignment.preprocessors = [
    f"{CODE}.source.SaveSource",
    f"{CODE}.source.HideTests",
    f"{CODE}.steps.ReleaseAnswers",
]

# A fresh clone has releases and no gradebook: nbgrader would say "Skipping" and then fail.
c.Autograde.pre_convert_hook = f"{GRADING}.registry.register_before_autograde"
# The released notebook is graded; the submitted one is only compared and never run. Where the
# trainee's code is the answer, it is the submitted one.
c.Autograde.exporter_class = f"{GRADING}.autograde.exporter.ReleasedNotebook"
# The released notebook needs no repair, so nbgrader's first pass is for code only.
c.Autograde.sanitize_preprocessors = [f"{CODE}.steps.CleanCode"]
# The second pass: code is run, in a sandbox; other answers are drawn and scored from the journal.
c.Autograde.autograde_preprocessors = [
    f"{CODE}.steps.GradeCode",
    f"{CODE}.steps.GradeAnswers",
    "nbgrader.preprocessors.AssignLatePenalties",
]
# Without bubblewrap, code is not graded. True runs it with your own rights: it can read keys and
# the gradebook, and change them.
c.SandboxedExecute.allow_unsandboxed = False
# Due dates inform; lateness costs nothing. A program that decides otherwise changes this.
c.LateSubmissionPlugin.penalty_method = "none"

# Formgrader works without the internet, and shows no code but trainees' own.
c.HTMLExporter.extra_template_basedirs = TEMPLATE_FOLDERS

# Feedback without code, with our own page; with nbgrader's page where code is the answer.
c.GenerateFeedback.exporter_class = f"{CODE}.feedback.FeedbackBySort"
# Scores and comments; the other step that nbgrader has adds style sheets we don't use.
c.GenerateFeedback.preprocessors = [f"{GRADING}.feedback.exporter.Grades"]
