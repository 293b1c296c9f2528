"""Names, and the files around the answers."""

from __future__ import annotations

import json
import os

from grading.hostile.declare import BLANK, Group, Made
from grading.hostile.journals import NONE, UNREAD
from grading.hostile.notebooks import WAITS

NAMES = Group("Names and files")
MISSING = "The notebook is missing"
SHADOW = "import pathlib\npathlib.Path({ran!r}).write_text('run as a module')\n"


@NAMES.add("The notebook has the name that a browser gives to a second copy.", MISSING)
def second_copy(made: Made) -> None:
    made.notebook.rename(made.folder / "m01 (1).ipynb")


@NAMES.add("The notebook is named in capitals.", MISSING)
def capital_name(made: Made) -> None:
    made.notebook.rename(made.folder / "M01.IPYNB")


@NAMES.add("The notebook's name has letters that look like ours and are not.", MISSING)
def lookalike_name(made: Made) -> None:
    made.notebook.rename(made.folder / "m\u043e1.ipynb")


@NAMES.add("The journal has another name.", UNREAD, earns=BLANK, stock=NONE)
def renamed_journal(made: Made) -> None:
    made.journal.rename(made.journal.with_suffix(".jsonl.txt"))


@NAMES.add("The journal lies beside the notebook.", UNREAD, earns=BLANK, stock=NONE)
def misplaced_journal(made: Made) -> None:
    made.journal.rename(made.folder / "m01.jsonl")


@NAMES.add("A notebook of another assignment lies beside.")
def second_notebook(made: Made) -> None:
    made.notebook.with_name("m02.ipynb").write_bytes(made.notebook.read_bytes())


@NAMES.add("Files with names of modules that a grader imports.")
def shadow_modules(made: Made) -> None:
    for name in ("json", "nbgrader", "iop_training", "sitecustomize", "usercustomize", "random"):
        (made.folder / f"{name}.py").write_text(SHADOW.format(ran=str(made.ran)), encoding="utf-8")


@NAMES.add("Settings of nbgrader and Jupyter.")
def own_settings(made: Made) -> None:
    text = SHADOW.format(ran=str(made.ran))
    for name in ("nbgrader_config.py", "jupyter_config.py", "ipython_config.py"):
        (made.folder / name).write_text(text, encoding="utf-8")
    pairs = {"Autograde": {"autograde_preprocessors": []}, "CourseDirectory": {"root": "/"}}
    (made.folder / "nbgrader_config.json").write_text(json.dumps(pairs), encoding="utf-8")


@NAMES.add("A forged report of the grading, and a forged item file with keys of one's own.")
def forged_report(made: Made) -> None:
    for name in ("iop-report.json", "m01.items.json"):
        forged = {"flags": [], "items": {"m01-q02": {"points": 3, "key": ["b"]}}, "format": 1}
        (made.folder / name).write_text(json.dumps(forged), encoding="utf-8")


@NAMES.add("Links to a secret file and to the gradebook, beside the answers.")
def links_beside(made: Made) -> None:
    (made.folder / "notes.txt").symlink_to(made.secret)
    (made.folder / "gradebook.db").symlink_to(made.course / "gradebook.db")
    (made.folder / "everything").symlink_to(made.course)
    (made.folder / "loop").symlink_to(".")


@NAMES.add("Pipes, a folder without end and an unreadable file beside the answers.", stock=WAITS)
def odd_files_beside(made: Made) -> None:
    os.mkfifo(made.folder / "pipe.txt")
    deep = made.folder
    for n in range(60):
        deep = deep / f"deeper{n}"
    deep.mkdir(parents=True)
    (made.folder / "closed.txt").write_text("closed", encoding="utf-8")
    (made.folder / "closed.txt").chmod(0)


@NAMES.add("Five hundred small files, with names that are markup, commands and options.")
def many_files(made: Made) -> None:
    for n in range(500):
        (made.folder / f"{n}.txt").touch()
    for name in ("-rf", "$(touch x)", "<script>window.pwned=1<", "a\nb", "\u202etxt.exe", "~"):
        (made.folder / name).touch()


@NAMES.add(
    "What was said about the lesson is a hundred thousand lists in each other.",
    "lesson is damaged",
    stock=NONE,
)
def deep_lesson(made: Made) -> None:
    (made.folder / "lesson.json").write_text("[" * 100_000, encoding="utf-8")


@NAMES.add(
    "What was said about the lesson is a link to a secret file.", "lesson was not read", stock=NONE
)
def linked_lesson(made: Made) -> None:
    (made.folder / "lesson.json").symlink_to(made.secret)


@NAMES.add("What was said about the lesson is of other types.", "are nothing of ours", stock=NONE)
def wrong_lesson(made: Made) -> None:
    said = {"objections": {"a": 1}, "opinions": [None, 5, {"question": []}] * 50_000}
    (made.folder / "lesson.json").write_text(json.dumps(said), encoding="utf-8")


@NAMES.add("The receipt is a link to a secret file.", "receipt can't be read", stock=NONE)
def linked_receipt(made: Made) -> None:
    made.receipt.unlink()
    made.receipt.symlink_to(made.secret)


@NAMES.add("The receipt is a pipe.", "receipt can't be read", stock=NONE)
def pipe_as_receipt(made: Made) -> None:
    made.receipt.unlink()
    os.mkfifo(made.receipt)


@NAMES.add("The receipt is a list of lists, deep.", "receipt can't be read", stock=NONE)
def deep_receipt(made: Made) -> None:
    made.receipt.write_text("[" * 5_000, encoding="utf-8")


@NAMES.add("Handed in at the end of all years.", "It came as handed in at 9999")
def time_of_the_far_future(made: Made) -> None:
    made.folder.joinpath("timestamp.txt").write_text("9999-12-31 23:59:59.999999 UTC")


@NAMES.add(
    "Handed in years before the answers were given, as a renamed zip makes it look.",
    "It came as handed in at 2019",
)
def back_dated_submission(made: Made) -> None:
    made.folder.joinpath("timestamp.txt").write_text("2019-12-31 23:59:59.000000 UTC")


@NAMES.add("A time of handing in that is none.", "It is not clear when it was handed in")
def time_that_is_none(made: Made) -> None:
    made.folder.joinpath("timestamp.txt").write_text("the day before <b>yesterday</b>")


@NAMES.add("No time of handing in.")
def missing_time(made: Made) -> None:
    made.folder.joinpath("timestamp.txt").unlink()


@NAMES.add("The time of handing in is a link to a secret file.", "time of handing in was not read")
def linked_time(made: Made) -> None:
    made.folder.joinpath("timestamp.txt").unlink()
    made.folder.joinpath("timestamp.txt").symlink_to(made.secret)


@NAMES.add("The time of handing in is a pipe.", "time of handing in was not read", stock=WAITS)
def pipe_as_time(made: Made) -> None:
    made.folder.joinpath("timestamp.txt").unlink()
    os.mkfifo(made.folder / "timestamp.txt")


@NAMES.add(
    "The time of handing in is three gigabytes long.",
    "time of handing in was not read",
    stock="not run: would read them",
)
def huge_time(made: Made) -> None:
    with made.folder.joinpath("timestamp.txt").open("r+b") as file:
        file.truncate(3_000_000_000)


@NAMES.add(
    "The whole submission is a link to another trainee's.",
    "it is a link, not a folder",
    UNREAD,
    earns=BLANK,
)
def linked_submission(made: Made) -> None:
    made.folder.rename(made.outside / "moved")
    made.folder.symlink_to(made.neighbor, target_is_directory=True)


@NAMES.add(
    "The trainee's whole folder is a link to another trainee's.",
    "it is a link, not a folder",
    UNREAD,
    earns=BLANK,
)
def linked_trainee(made: Made) -> None:
    made.folder.parent.rename(made.outside / "moved-too")
    made.folder.parent.symlink_to(made.neighbor.parent, target_is_directory=True)
