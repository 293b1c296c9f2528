"""What trainees say about the lessons, gathered from what they handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from iop_training.grading.autograde.submission import said_of_lesson
from iop_training.grading.course import CourseFolder
from iop_training.grading.handed_in import read_handed_in
from iop_training.model.opinion import QUESTIONS
from iop_training.rendering.opinions import Opinions


def course_opinions(root: Path, modules: Sequence[str] = ()) -> list[Opinions]:
    """One entry for each of ``modules`` (all released ones where none is named) whose assignment
    somebody handed in, graded or not. GradingError for a module that is not released."""
    course = CourseFolder.open(root)
    for module in modules:
        course.released_notebook(module)
    released = course.step("release", "*").parent.glob("*/*.ipynb")
    every = sorted(path.stem for path in released if path.stem == path.parent.name)
    named = modules or [name for name in every if not course.has_code(name)]
    return [found for module in named if (found := _opinions(course, module)).handed_in]


def _opinions(course: CourseFolder, module: str) -> Opinions:
    students = course.students("submitted", module)
    said = {
        s: said_of_lesson(read_handed_in(course.step("submitted", module, s), s, module))
        for s in students
    }
    answers = {s: {o.question: o.answer for o in one.opinions} for s, one in said.items()}
    chosen = {name: Counter(a.get(name) for a in answers.values()) for name in QUESTIONS}
    return Opinions(
        module=module,
        handed_in=len(students),
        answered=sum(map(bool, said.values())),
        counts={
            name: [(words, chosen[name][value]) for value, words in question.answers.items()]
            for name, question in QUESTIONS.items()
            if question.answers
        },
        texts=[(s, a["change"]) for s, a in answers.items() if "change" in a],
        objections=[(s, o.item, o.text) for s, one in said.items() for o in one.objections],
    )
