"""The browser modules join into texts a browser takes, and ask no other server for anything."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from iop_training.rendering import style
from iop_training.widgets import assets

STATIC = Path(assets.__file__).resolve().parent / "static"
STYLE = STATIC.parents[1] / "rendering" / "style.css"
FILES = [*sorted(STATIC.rglob("*.js")), STYLE]


@pytest.fixture
def static(tmp_path, monkeypatch):
    """An empty static folder for modules that a test writes."""
    (tmp_path / "kinds").mkdir()
    monkeypatch.setattr(assets, "_STATIC", tmp_path)
    for cached in (assets.esm, assets.entries):
        cached.cache_clear()
    yield tmp_path
    for cached in (assets.esm, assets.entries):
        cached.cache_clear()


def write(folder: Path, **modules: str) -> None:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")


def test_the_widgets_are_the_modules_with_a_default_export():
    assert assets.entries() == (
        "case_room",
        "course_map",
        "hand_in",
        "header",
        "pocket_card",
        "question",
        "reflection",
        "review",
    )


@pytest.mark.parametrize("name", assets.entries())
def test_a_widget_joins_into_one_module_without_imports(name):
    text = assets.esm(name)
    assert not re.search(r"^import\b", text, re.MULTILINE)
    assert re.findall(r"^export .*", text, re.MULTILINE) == ["export default { render };"]


@pytest.mark.parametrize("name", assets.entries())
@pytest.mark.skipif(shutil.which("node") is None, reason="node reads the module")
def test_a_browser_can_read_the_joined_module(name, tmp_path):
    module = tmp_path / f"{name}.mjs"
    module.write_text(assets.esm(name), encoding="utf-8")
    found = subprocess.run(
        ["node", "--check", str(module)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("name", assets.entries())
def test_brackets_close_in_the_joined_module(name):
    text = assets.esm(name)
    assert [text.count(mark) for mark in "{(["] == [text.count(mark) for mark in "})]"]


@pytest.mark.parametrize("kind", assets.kinds())
def test_every_kind_is_in_the_registry_of_the_question(kind):
    assert f"  {kind}: " in assets.esm("question").split("const KINDS = {")[1].split("};")[0]


def test_a_new_kind_is_one_new_file(static):
    write(
        static,
        question='import { KINDS } from "./kinds.js";\n'
        "const render = () => KINDS;\nexport default { render };\n",
    )
    write(static / "kinds", order_steps="export const orderStepsKind = {};\n")
    assert (
        "const orderStepsKind = {};\n\nconst KINDS = {\n  order_steps: orderStepsKind,\n};"
        in assets.esm("question")
    )


def test_a_module_used_twice_is_joined_once_and_before_its_users(static):
    write(
        static,
        base="export const one = 1;\n",
        left='import { one } from "./base.js";\nexport const two = one + 1;\n',
        page='import { one } from "./base.js";\nimport { two } from "./left.js";\n'
        "const render = () => one + two;\nexport default { render };\n",
    )
    assert assets.esm("page").replace("\n\n", "\n") == (
        "const one = 1;\nconst two = one + 1;\n"
        "const render = () => one + two;\nexport default { render };\n"
    )


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"page": 'import * as a from "./b.js";\n'}, "page.js: found `import"),
        ({"page": 'import { a } from "react";\n'}, "only files in static"),
        ({"page": 'import { a } from "./b.js";\n'}, "b.js is imported but is not in"),
        (
            {"page": 'import { a } from "./b.js";\n', "b": "export const c = 1;\n"},
            "which exports c",
        ),
        (
            {
                "page": 'import { a } from "./b.js";\nfunction d() {}\n',
                "b": "const d = 1;\nexport const a = d;\n",
            },
            "`d` is defined in b.js and in page.js",
        ),
        (
            {
                "page": 'import { a } from "./b.js";\n',
                "b": 'import { e } from "./page.js";\nexport const a = 1;\n',
            },
            "imports itself by way of b.js",
        ),
    ],
)
def test_what_cannot_be_joined_is_named(static, modules, message):
    write(static, **modules)
    with (static / "page.js").open("a", encoding="utf-8") as page:
        page.write("export default { render };\n")
    with pytest.raises(ValueError, match=re.escape(message)):
        assets.esm("page")


def test_an_unknown_widget_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no widget 'quiz'.*question"):
        assets.esm("quiz")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_names_another_server(path):
    assert not re.search(r"https?:|@import|\burl\(|['\"(]//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".js"], ids=lambda path: path.name
)
def test_data_never_becomes_html(path):
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(",
        path.read_text(encoding="utf-8"),
    )


def test_every_style_rule_is_under_iop():
    text = re.sub(r"/\*.*?\*/", "", style(), flags=re.DOTALL)
    selectors = [
        part.strip()
        for rule in re.findall(r"([^{};]+)\{", text)
        for part in re.split(r",(?![^(]*\))", rule)
    ]
    outside = [
        s
        for s in selectors
        if not s.startswith(("@", ".iop", '[data-jp-theme-light="false"] .iop', "to"))
    ]
    assert outside == []


def test_every_class_that_python_writes_has_a_style():
    rendering = STYLE.parent
    written = {
        name
        for path in [*rendering.rglob("*.py"), *(rendering.parent / "figures").glob("*.py")]
        for text in re.findall(r'class_=f?"([^"{]*)', path.read_text(encoding="utf-8"))
        for name in text.split()
        if name.startswith("iop-")
    }
    assert len(written) > 8
    assert [name for name in sorted(written) if f".{name}" not in style()] == []


def test_course_mode_and_widgets_share_no_class():
    """A class of the bar above the page once emptied the progress bars in it."""
    course_mode = STYLE.parents[1] / "labextension" / "static" / "course-mode.css"
    ours, its = (
        set(re.findall(r"\.(iop-[\w-]+)", text)) for text in (style(), course_mode.read_text())
    )
    assert ours & its == set()
