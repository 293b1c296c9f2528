"""Course mode in JupyterLab: pages of the course open by themselves, nothing else is run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from lab.browser import Watched, browser, server
from lab.notebooks import HIDDEN, write_forgery, write_workspace
from playwright.sync_api import BrowserContext, Page, expect

from iop_training.lab.server import Command, address, lab_command, supervise_command

pytestmark = pytest.mark.browser
READY = "The page is ready."
SHOWN = ".iop-page:not(.lm-mod-hidden)"
QUIET_SECONDS = 4
"""How long nothing may happen before "nothing was run" counts as shown."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    return write_workspace(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def lab(workspace: Path) -> Iterator[Command]:
    with server(lab_command(workspace), workspace) as command:
        yield command


@pytest.fixture(scope="module")
def chrome() -> Iterator[BrowserContext]:
    with browser() as started:
        yield started.context


@pytest.fixture
def watched(chrome: BrowserContext) -> Iterator[Watched]:
    watched = Watched(chrome)
    yield watched
    watched.check()
    watched.close()


@pytest.fixture
def page(watched: Watched, lab: Command) -> Page:
    """The first page of the course, ready."""
    watched.page.goto(address(lab))
    wait_ready(watched.page, "Start here")
    return watched.page


def wait_ready(page: Page, title: str) -> None:
    page.wait_for_function(
        """([title, ready]) => document.querySelector('.iop-bar-title')?.textContent === title
            && document.querySelector('.iop-bar-status').textContent === ready""",
        arg=[title, READY],
        timeout=40_000,
    )


def open_page(page: Page, path: str) -> None:
    """What the course map does."""
    handled = page.evaluate(
        """path => !window.dispatchEvent(
        new CustomEvent('iop:open', {cancelable: true, detail: {path}}))""",
        path,
    )
    assert handled


def pid(page: Page) -> int:
    return int(page.locator(f"{SHOWN} .pid").inner_text())


def no_sideways_scrolling(page: Page) -> bool:
    return page.evaluate("""() => [document.documentElement, document.body,
        ...document.querySelectorAll('.iop-page .jp-WindowedPanel-outer, .iop-page .jp-OutputArea')]
        .every(node => node.scrollWidth <= node.clientWidth
            || getComputedStyle(node).overflowX === 'visible')""")


def test_a_page_of_the_course_runs_by_itself(page: Page) -> None:
    assert page.locator(f"{SHOWN} .jupyter-button").inner_text() == "widget 1"
    assert pid(page) > 0
    expect(page).to_have_title("Start here – IOP training")


def test_reader_sees_no_code_and_no_tools(page: Page) -> None:
    for hidden in (
        ".jp-CodeCell .jp-InputArea",
        ".jp-InputPrompt",
        ".jp-OutputPrompt",
        ".jp-Notebook-footer",
        ".jp-NotebookPanel-toolbar",
        ".jp-cell-toolbar",
        "#jp-top-panel",
        "#jp-main-statusbar",
        ".jp-SideBar",
    ):
        for node in page.locator(hidden).all():
            assert not node.is_visible(), hidden
    assert not page.get_by_text(HIDDEN).first.is_visible()


def test_bar_is_a_landmark_with_real_buttons(page: Page) -> None:
    assert page.get_by_role("navigation", name="Course").get_by_role(
        "button"
    ).all_inner_texts() == ["Start here", "Course map", "Start this page again", "Light / dark"]
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.do") == "home":
            break
    assert page.evaluate("document.activeElement.dataset.do") == "home"


def test_every_cell_is_in_the_document(page: Page) -> None:
    open_page(page, "lessons/m01.ipynb")
    wait_ready(page, "A lesson")
    assert page.locator(f"{SHOWN} .jupyter-button").count() == 12


def test_one_failing_cell_does_not_stop_the_others(page: Page) -> None:
    open_page(page, "lessons/m03.ipynb")
    page.get_by_role("status").get_by_text("could not be shown").wait_for()
    page.locator(f"{SHOWN} .jupyter-button").get_by_text("widget 30").wait_for()


@pytest.mark.parametrize("path", ["forged.ipynb", "lessons/changed.ipynb"])
def test_what_is_not_released_is_not_run(page: Page, workspace: Path, path: str) -> None:
    open_page(page, path)
    page.get_by_role("status").get_by_text("not run").wait_for()
    time.sleep(QUIET_SECONDS)
    assert not (workspace / "bad.trace").exists()
    assert page.locator(SHOWN).count() == 0


def test_a_forged_address_is_not_run(watched: Watched, lab: Command, workspace: Path) -> None:
    home = "/lab/tree/" + quote("Start here.ipynb")
    watched.page.goto(address(lab).replace(home, "/lab/tree/forged.ipynb"))
    watched.page.get_by_role("status").get_by_text("not a page").wait_for()
    assert not (workspace / "bad.trace").exists()


def test_restart_button_starts_a_new_kernel_and_runs_again(page: Page, watched: Watched) -> None:
    before = pid(page)
    page.get_by_role("button", name="Start this page again").click()
    page.wait_for_function(
        f"before => document.querySelector('{SHOWN} .pid')?.textContent != before", arg=str(before)
    )
    wait_ready(page, "Start here")
    assert pid(page) != before
    watched.check()


def test_restart_event_is_taken_from_widgets(page: Page) -> None:
    before = pid(page)
    assert page.evaluate(
        "() => !window.dispatchEvent(new CustomEvent('iop:restart', {cancelable: true}))"
    )
    page.wait_for_function(
        f"before => document.querySelector('{SHOWN} .pid')?.textContent !== before", arg=str(before)
    )


def test_a_kernel_that_died_comes_back_with_the_page(page: Page, watched: Watched) -> None:
    import os
    import signal

    before = pid(page)
    os.kill(before, signal.SIGKILL)
    page.wait_for_function(
        f"before => document.querySelector('{SHOWN} .pid')?.textContent != before",
        arg=str(before),
        timeout=40_000,
    )
    wait_ready(page, "Start here")
    page.locator(f"{SHOWN} .jupyter-button").wait_for()
    watched.check()


def test_a_kernel_that_is_gone_is_started_again(page: Page, watched: Watched) -> None:
    before = pid(page)
    page.evaluate("""async () => {
        const token = JSON.parse(document.getElementById('jupyter-config-data').textContent).token;
        const headers = {Authorization: `token ${token}`};
        const sessions = await (await fetch('/api/sessions', {headers})).json();
        for (const {id} of sessions) {
            await fetch(`/api/sessions/${id}`, {method: 'DELETE', headers});
        }
    }""")
    page.wait_for_function(
        f"before => document.querySelector('{SHOWN} .pid')?.textContent != before",
        arg=str(before),
        timeout=40_000,
    )
    wait_ready(page, "Start here")
    page.locator(f"{SHOWN} .jupyter-button").wait_for()
    watched.check()


def test_old_pages_are_closed_with_their_kernels(page: Page) -> None:
    for path, title in (("lessons/m01.ipynb", "A lesson"), ("lessons/m02.ipynb", "Another lesson")):
        open_page(page, path)
        wait_ready(page, title)
    page.wait_for_function("document.querySelectorAll('.jp-NotebookPanel').length === 2")
    page.go_back()
    wait_ready(page, "A lesson")
    page.get_by_role("button", name="Start here").click()
    wait_ready(page, "Start here")


def test_back_and_forward_go_through_the_pages(page: Page) -> None:
    for path, title in (("lessons/m01.ipynb", "A lesson"), ("lessons/m02.ipynb", "Another lesson")):
        open_page(page, path)
        wait_ready(page, title)
    for move, title in (
        (page.go_back, "A lesson"),
        (page.go_back, "Start here"),
        (page.go_forward, "A lesson"),
        (page.go_forward, "Another lesson"),
        (page.go_back, "A lesson"),
    ):
        move()
        wait_ready(page, title)
        page.wait_for_timeout(1_000)
        expect(page).to_have_title(f"{title} – IOP training")


def test_every_page_is_one_entry_of_the_history(page: Page) -> None:
    before = page.evaluate("history.length")
    for path, title in (("lessons/m01.ipynb", "A lesson"), ("lessons/m02.ipynb", "Another lesson")):
        open_page(page, path)
        wait_ready(page, title)
        assert page.url.endswith(f"/tree/{path}")
        page.locator(f"{SHOWN} .jupyter-button").first.focus()
    assert page.evaluate("history.length") == before + 2


def test_reload_keeps_the_page_and_opens_no_other(page: Page) -> None:
    open_page(page, "lessons/m01.ipynb")
    wait_ready(page, "A lesson")
    page.reload()
    wait_ready(page, "A lesson")
    assert page.locator(".jp-NotebookPanel").count() == 1


def test_leaving_asks_nothing_and_the_file_stays_as_released(
    page: Page, watched: Watched, workspace: Path
) -> None:
    before = (workspace / "Start here.ipynb").read_bytes()
    page.locator(f"{SHOWN} .jupyter-button").click()
    page.keyboard.press("x")
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.dblclick(f"{SHOWN} h1")
    page.wait_for_timeout(16_000)  # longer than the autosave interval
    page.goto("about:blank", wait_until="load")
    watched.check()
    assert (workspace / "Start here.ipynb").read_bytes() == before


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (320, 640), (320, 256)])
def test_nothing_scrolls_sideways(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(500)
    assert no_sideways_scrolling(page)
    bar = page.locator(".iop-bar").bounding_box()
    cell = page.locator(f"{SHOWN} .jp-Cell").first.bounding_box()
    assert bar and cell
    assert bar["x"] == 0 and bar["width"] == width and bar["height"] <= 0.3 * height
    assert cell["width"] >= min(width - 48, 700)


def test_a_table_too_wide_for_the_window_says_so_and_takes_the_focus(page: Page) -> None:
    tables = page.locator(f"{SHOWN} .iop-scroll")
    hints = page.locator(f"{SHOWN} .iop-scroll-hint:visible")
    expect(tables).to_have_count(2)
    expect(hints).to_have_count(0)
    expect(tables.nth(1)).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.get_by_role("region", name="Table: Dimension, What it asks about")
    expect(hints).to_have_count(1)
    wide.focus()
    expect(wide).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_colors_can_be_changed(page: Page) -> None:
    was = page.evaluate("document.body.dataset.jpThemeLight")
    for expected in ("true", "false") if was == "false" else ("false", "true"):
        page.get_by_role("button", name="Light / dark").click()
        page.wait_for_function("e => document.body.dataset.jpThemeLight === e", arg=expected)


def test_page_has_no_accessibility_violations(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, context=".iop-bar")
    assert results.violations_count == 0, results.generate_report()


def test_supervisors_lab_runs_nothing(chrome: BrowserContext, tmp_path: Path) -> None:
    write_workspace(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    write_forgery(tmp_path / "submitted" / "a" / "m01" / "m01.ipynb", tmp_path / "bad.trace")
    with server(supervise_command(tmp_path), tmp_path) as command:
        watched = Watched(chrome)
        for path in ("submitted/a/m01/m01.ipynb", "Start here.ipynb"):
            url = address(command).replace("/lab?", f"/lab/tree/{quote(path)}?")
            watched.page.goto(url)
            watched.page.locator(".jp-NotebookPanel .jp-CodeCell .jp-InputArea").first.wait_for()
            time.sleep(QUIET_SECONDS)
        assert watched.page.locator(".iop-bar").count() == 0
        watched.close()
    assert not list(tmp_path.glob("*.trace"))
