"""HTML and JavaScript in everything that a trainee can say: it has to stay text."""

from __future__ import annotations

import json

from grading.hostile.cells import CHANGED
from grading.hostile.declare import SOUND, Earns, Group, Made, answered, cell, remarked
from grading.hostile.journals import BROKEN, NONE

MARKUP = Group("Markup in answers")
EVIL = (
    "<script>window.pwned = 1; alert(1)</script>"
    '<img src="http://127.0.0.1:9/pwned.png" onerror="window.pwned = 1">'
    '<svg onload="window.pwned = 1"></svg>'
    '<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>'
    '<a href="javascript:window.pwned = 1">press</a>'
    "</textarea></script></style></title>--><script>window.pwned = 1</script>"
)


def _written(made: Made, text: str) -> None:
    """The text as answer, in the journal and, as with nbgrader, in the notebook."""
    cells = made.cells()
    cell(cells, "m01-w01")["source"] = text
    made.keep(cells)
    made.forge(*(answered(i, v) for i, v in (SOUND | {"m01-w01": text}).items()))


@MARKUP.add("Scripts, pictures and frames in a written answer.", CHANGED)
def markup_in_an_answer(made: Made) -> None:
    _written(made, EVIL)


@MARKUP.add("Markdown whose links and pictures are scripts.", CHANGED)
def markdown_in_an_answer(made: Made) -> None:
    _written(
        made,
        "[press](javascript:window.pwned=1) ![x](http://127.0.0.1:9/pwned.png)\n\n"
        "<details open ontoggle=window.pwned=1>\n\n# Head\n\n```html\n<script>\n```",
    )


@MARKUP.add("Formulas that hold links and markup.", CHANGED)
def formulas_in_an_answer(made: Made) -> None:
    _written(
        made,
        r"$\href{javascript:window.pwned=1}{press}$ $$\unicode{<img src=x onerror=alert(1)>}$$"
        r" \(\require{action}\)",
    )


@MARKUP.add("A style sheet that hides the page.", CHANGED)
def styles_in_an_answer(made: Made) -> None:
    _written(made, "<style>body, section { display: none !important }</style><base href=//evil>")


@MARKUP.add("A page that goes elsewhere by itself.", CHANGED)
def redirect_in_an_answer(made: Made) -> None:
    _written(made, '<meta http-equiv="refresh" content="0; url=javascript:window.pwned=1">')


@MARKUP.add("Templates of the programs that draw pages.", CHANGED)
def templates_in_an_answer(made: Made) -> None:
    _written(
        made, "{{ 7191 * 7 }} {% for x in config %}{{ x }}{% endfor %} ${7191*7} <%= 7191*7 %>"
    )


@MARKUP.add(
    "Control characters, half characters, colors of a terminal, text that runs backwards.",
    BROKEN,
    stock=NONE,
)
def controls_in_an_answer(made: Made) -> None:
    text = "\x1b[2J\x1b]0;mine\x07 \u202egnp.exe\u202c \ud800 \x00 \ufeff end"
    made.forge(*(answered(i, v) for i, v in SOUND.items() if i != "m01-w01"))
    line = json.dumps({"v": 1, "seq": 9, "type": "answer", "item": "m01-w01", "value": text})
    made.journal.write_bytes(made.journal.read_bytes() + line.encode() + b"\n")
    made.sign()


@MARKUP.add(
    "A hundred thousand characters where fifty words are asked.",
    "can't be an answer",
    earns=Earns(2, 0, waits=False),
)
def endless_answer(made: Made) -> None:
    _written(made, "<b>" * 33_000)


@MARKUP.add(
    "An answer that claims its own points.",
    "can't be an answer",
    earns=Earns(2, 0, waits=False),
    stock=NONE,
)
def answer_with_points(made: Made) -> None:
    claim = {"text": "mine", "points": 1000, "score": 1000, "manual_score": 4}
    made.forge(*(answered(i, v) for i, v in (SOUND | {"m01-w01": claim}).items()))


@MARKUP.add(
    "Markup in an objection and a stance.",
    "1 question has an objection",
    "can't be a remark",
    stock=NONE,
)
def markup_in_remarks(made: Made) -> None:
    made.forge(
        *(answered(i, v) for i, v in SOUND.items()),
        remarked("m01-q01", "objection", EVIL),
        remarked("m01-q02", "stance", EVIL),
        remarked("m01-q02", EVIL, EVIL),
    )


@MARKUP.add(
    "Markup in what is said about the lesson.", "1 practice question has an objection", stock=NONE
)
def markup_in_opinions(made: Made) -> None:
    said = {
        "objections": [
            {"item": "m01-f01", "at": EVIL, "text": EVIL},
            {"item": EVIL, "at": "", "text": EVIL},
        ],
        "opinions": [
            {"question": "change", "at": EVIL, "answer": EVIL},
            {"question": "pace", "at": "", "answer": EVIL},
            {"question": EVIL, "at": "", "answer": EVIL},
        ],
    }
    (made.folder / "lesson.json").write_text(json.dumps(said), encoding="utf-8")


@MARKUP.add(
    "Markup as the id, the assignment and the notebook.",
    "given under the id",
    "not to 'm01'",
    stock=NONE,
)
def markup_as_id(made: Made) -> None:
    opening = made.opening(trainee=EVIL, assignment=EVIL, notebook=EVIL, seed=EVIL)
    made.forge(opening, *(answered(i, v) for i, v in SOUND.items()))


@MARKUP.add(
    "Ids of a hundred thousand characters, with commands for a terminal.",
    "given under the id",
    "handed in as 'endless-id'",
    stock=NONE,
)
def endless_id(made: Made) -> None:
    opening = made.opening(trainee="[/b]\x1b[31m[link=file:///etc]" + "x" * 100_000)
    made.forge(opening, *(answered(i, v) for i, v in SOUND.items()))


@MARKUP.add("Markup as questions and times.", "which this notebook does not ask", stock=NONE)
def markup_as_items(made: Made) -> None:
    made.forge(*(answered(i, v) for i, v in SOUND.items()), answered(EVIL, EVIL), at=EVIL)


@MARKUP.add("Python and shell as an answer.", CHANGED)
def code_as_answer(made: Made) -> None:
    _written(
        made,
        f"__import__('os').system('touch {made.ran}')\n`touch {made.ran}` $(touch {made.ran})\n"
        f"!!python/object/apply:os.system ['touch {made.ran}']",
    )
