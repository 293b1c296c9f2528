"""Building escaped HTML. ``tag`` escapes every text; only ``Html`` passes as it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Html | Iterable[str | Html]
_SHORT = 100
"""Characters of a text that is likely to come again, such as a label."""


def text(content: Content) -> Html:
    """The content, escaped where it isn't Html."""
    if isinstance(content, Html):
        return content
    if isinstance(content, str):
        return _escaped(content) if len(content) <= _SHORT else Html(escape(content))
    # A list, because join makes one of a generator anyway, and this runs for every tag.
    return Html("".join([part if type(part) is Html else text(part) for part in content]))


@lru_cache(maxsize=4096)
def _escaped(label: str) -> Html:
    return Html(escape(label))


def tag(name: str, content: Content = "", /, **attributes: str | bool | None) -> Html:
    """An element. ``class_`` stands for class, ``aria_label`` for aria-label and so on; an
    attribute of None or False is left out, True is written without a value."""
    inner = content if type(content) is Html else text(content)
    if not attributes:
        return Html(f"<{name}>{inner}</{name}>")
    written = "".join([_attribute(key, value) for key, value in attributes.items()])
    return Html(f"<{name}{written}>{inner}</{name}>")


@lru_cache(maxsize=1024)  # class names, nearly all of them
def _attribute(key: str, value: str | bool | None) -> str:
    """With the space before it; "" for one that is left out."""
    if value is None or value is False:
        return ""
    shown = key.rstrip("_").replace("_", "-")
    return f" {shown}" if value is True else f' {shown}="{escape(str(value))}"'


def card(label: str, content: Content, **attributes: str) -> Html:
    """A boxed section of its own, named ``label`` for those who don't see the box."""
    return tag(
        "section",
        tag("div", content, class_="iop-card"),
        class_="iop",
        aria_label=label,
        **attributes,
    )


def typed_lines(prose: str) -> list[str]:
    """The lines of prose that hold something, without blank ends."""
    return [line.strip() for line in prose.split("\n") if line.strip()]


def lines(prose: str) -> list[Html]:
    """Prose line by line, as typed; lines with a leading "- " are marked as a list's."""
    return [
        tag("span", "• " + line[2:], class_="iop-line is-item")
        if line.startswith("- ")
        else tag("span", line, class_="iop-line")
        for line in typed_lines(prose)
    ]


def paragraphs(prose: str) -> Html:
    """Prose with blank lines between paragraphs; single newlines stay line breaks."""
    blocks = [block.strip() for block in prose.split("\n\n") if block.strip()]
    broken = [Html("<br>").join(text(line) for line in block.split("\n")) for block in blocks]
    return Html("".join(tag("p", Html(block)) for block in broken))
