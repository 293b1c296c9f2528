"""Code in a trainee's own cell. None of it may ever run: each begins by saying that it did."""

from __future__ import annotations

from grading.hostile.cells import CHANGED
from grading.hostile.declare import Group, Made

PROGRAMS = Group("Code in cells")
RAN = """\
import os, pathlib, sys
RAN = pathlib.Path({ran!r})
RAN.write_text("run by " + sys.executable)
ABOVE = [p for p in pathlib.Path.cwd().parents if (p / "gradebook.db").exists()]
"""


def _program(made: Made, source: str) -> None:
    made.insert(RAN.format(ran=str(made.ran)) + source)


@PROGRAMS.add("Reads the keys and the source notebook.", CHANGED)
def reads_keys(made: Made) -> None:
    _program(
        made,
        "keys = [*ABOVE[0].glob('source/*/*.ipynb'), *ABOVE[0].glob('data/**/*.yaml')]\n"
        "RAN.write_text('keys: ' + ''.join(map(pathlib.Path.read_text, keys)))",
    )


@PROGRAMS.add("Reads everybody's answers and scores from the gradebook.", CHANGED)
def reads_the_gradebook(made: Made) -> None:
    _program(
        made,
        "import sqlite3\n"
        "rows = sqlite3.connect(ABOVE[0] / 'gradebook.db').execute('select * from source_cell')\n"
        "RAN.write_text('keys: ' + repr(rows.fetchall()))",
    )


@PROGRAMS.add("Plants a trigger in the gradebook that turns every score into 28.", CHANGED)
def plants_a_trigger(made: Made) -> None:
    _program(
        made,
        "import sqlite3\n"
        "book = sqlite3.connect(ABOVE[0] / 'gradebook.db')\n"
        "book.execute('create trigger mine after update on grade begin update grade set '\n"
        "             'auto_score = 28 where id = new.id; end')\n"
        "book.commit()",
    )


@PROGRAMS.add("Strips the assertions from every later cell.", CHANGED)
def strips_assertions(made: Made) -> None:
    _program(
        made,
        "import ast\n"
        "class Strip(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n"
        "        return ast.copy_location(ast.Pass(), node)\n"
        "get_ipython().ast_transformers.append(Strip())",
    )


@PROGRAMS.add("Replaces built-in functions by ones that know the answer.", CHANGED)
def patches_builtins(made: Made) -> None:
    _program(
        made,
        "import builtins\n"
        "class Equal(list):\n"
        "    def __eq__(self, other):\n"
        "        return True\n"
        "builtins.sorted = lambda *a, **k: Equal()",
    )


@PROGRAMS.add("Replaces the course's own functions and its scorer.", CHANGED)
def patches_the_course(made: Made) -> None:
    _program(
        made,
        "import iop_training.scoring as s\n"
        "s.score = lambda *a, **k: 1000.0\n"
        "import iop_training\n"
        "iop_training.ask = lambda *a, **k: 1000.0",
    )


@PROGRAMS.add("Changes what another trainee handed in.", CHANGED)
def changes_others_work(made: Made) -> None:
    _program(
        made,
        "for path in ABOVE[0].glob('submitted/z-honest/m01/**/*'):\n"
        "    path.is_file() and path.write_text('mine now')",
    )


@PROGRAMS.add("Deletes the course.", CHANGED, stock="not run: would delete what it can reach")
def deletes_the_course(made: Made) -> None:
    _program(made, "import shutil\nshutil.rmtree(ABOVE[0], ignore_errors=True)")


@PROGRAMS.add("Sends what it finds to another computer.", CHANGED)
def opens_a_socket(made: Made) -> None:
    _program(
        made,
        f"import socket\nsocket.create_connection(('127.0.0.1', {made.port}), 2).sendall(b'x')",
    )


@PROGRAMS.add("Starts a program that outlives the grader.", CHANGED)
def spawns_a_process(made: Made) -> None:
    _program(
        made,
        "import subprocess\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(8)'],\n"
        "                 start_new_session=True)",
    )


@PROGRAMS.add("Starts itself again and again.", CHANGED, stock="not run: would fill the machine")
def forks_for_ever(made: Made) -> None:
    _program(made, "while True:\n    os.fork()")


@PROGRAMS.add("Never ends.", CHANGED, stock="not run: would loop until nbgrader's time limit")
def loops_for_ever(made: Made) -> None:
    _program(made, "while True:\n    pass")


@PROGRAMS.add("Takes all memory.", CHANGED, stock="not run: would take all memory")
def takes_all_memory(made: Made) -> None:
    _program(made, "hoard = []\nwhile True:\n    hoard.append(bytearray(10**9))")


@PROGRAMS.add("Fills the disk.", CHANGED, stock="not run: would fill the disk")
def fills_the_disk(made: Made) -> None:
    _program(made, "with open('big', 'wb') as f:\n    while True:\n        f.write(bytes(10**8))")


@PROGRAMS.add("Prints without end.", CHANGED, stock="not run: would fill memory and disk")
def prints_for_ever(made: Made) -> None:
    _program(made, "while True:\n    print('x' * 10**6)")


@PROGRAMS.add("Ends the kernel.", CHANGED)
def ends_the_kernel(made: Made) -> None:
    _program(made, "os._exit(0)")


@PROGRAMS.add("Ends the grader.", CHANGED, stock="not run: would kill the process that grades")
def ends_the_grader(made: Made) -> None:
    _program(made, "import signal\nos.kill(os.getppid(), signal.SIGKILL)")


@PROGRAMS.add("Shell commands in the notebook's own way.", CHANGED)
def shell_commands(made: Made) -> None:
    made.insert(f"!echo run > {made.ran}\n%env IOP=1\n%run /tmp/none.py")


@PROGRAMS.add("A cell that is a shell script.", CHANGED)
def shell_cell(made: Made) -> None:
    made.insert(f"%%bash\necho run > {made.ran}")


@PROGRAMS.add("Code in the place of the questions' own calls.", CHANGED)
def code_in_our_cells(made: Made) -> None:
    cells = made.cells()
    source = RAN.format(ran=str(made.ran)) + "5.0"
    made.keep([c | {"source": source} if c["cell_type"] == "code" else c for c in cells])


@PROGRAMS.add("Leaves a script in the page that supervisors open.", CHANGED)
def displays_a_script(made: Made) -> None:
    _program(
        made,
        "from IPython.display import HTML, Javascript, display\n"
        "display(HTML('<script>window.pwned = 1</script>'), Javascript('window.pwned = 1'))",
    )
