"""The browser side of the widgets, as texts that anywidget can load.

anywidget loads one module text per widget from a blob address, where a relative import can't be
resolved. The files in ``static`` stay ordinary ES modules; this module joins what an entry needs
into one text.
"""

import re
from functools import cache
from pathlib import Path

_STATIC = Path(__file__).resolve().parent / "static"
_REGISTRY = "kinds.js"  # not a file: its text lists what is in kinds/

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_LEFTOVER = re.compile(r"^import\b.*", re.MULTILINE)
_TOP_LEVEL = re.compile(
    r"^(?:export )?(?:async )?(?:const|let|var|function\*?|class) ([\w$]+)", re.MULTILINE
)
_EXPORTED = re.compile(
    r"^export (?:async )?(?:const|let|var|function\*?|class) ([\w$]+)", re.MULTILINE
)
_EXPORT = re.compile(r"^export (?!default\b)", re.MULTILINE)
_ENTRY = re.compile(r"^export default ", re.MULTILINE)


@cache
def esm(name: str) -> str:
    """Return the one module text of the widget `name` ("question", "hand_in" ...).

    Raises ValueError when there is no such widget, or when its modules can't be joined: an import
    that is not ``import { a, b } from "./file.js";``, a name that is not exported there, or a
    top-level name defined twice.
    """
    if name not in entries():
        raise ValueError(
            f"There is no widget {name!r} in {_STATIC}; there are {', '.join(entries())}."
        )
    modules = _modules(_STATIC / f"{name}.js")
    _check_names(modules)
    return "\n".join(_strip(text) for text in modules.values())


@cache
def entries() -> tuple[str, ...]:
    """Return the names of all widgets: the modules in ``static`` with a default export, sorted."""
    paths = sorted(_STATIC.glob("*.js"))
    return tuple(path.stem for path in paths if _ENTRY.search(path.read_text(encoding="utf-8")))


def kinds() -> tuple[str, ...]:
    """Return the item kinds that have a view: the file names in ``static/kinds``, sorted."""
    return tuple(path.stem for path in sorted((_STATIC / "kinds").glob("*.js")))


def _modules(entry: Path) -> dict[Path, str]:
    """Return {path: text} of `entry` and its imports, each module after those it needs."""
    texts: dict[Path, str] = {}
    under_way: list[Path] = []

    def visit(path: Path) -> None:
        if path in under_way:
            by_way = under_way[-1].name
            raise ValueError(
                f"{path.name} imports itself by way of {by_way}; "
                "modules are joined in order, so break the circle."
            )
        if path in texts:
            return
        under_way.append(path)
        text = _read(path)
        for names, target in _imports(path, text):
            visit(target)
            _check_exports(path, names, target, texts[target])
        texts[path] = text
        under_way.pop()

    visit(entry)
    return texts


def _read(path: Path) -> str:
    if path == _STATIC / _REGISTRY:
        return _registry()
    if not path.is_file():
        raise ValueError(f"{path.relative_to(_STATIC)} is imported but is not in {_STATIC}.")
    return path.read_text(encoding="utf-8")


def _registry() -> str:
    """Return the text of the module that maps a kind's name to its view."""
    constants = {kind: f"{_camel(kind)}Kind" for kind in kinds()}
    imports = [
        f'import {{ {constant} }} from "./kinds/{kind}.js";\n'
        for kind, constant in constants.items()
    ]
    lines = [f"  {kind}: {constant},\n" for kind, constant in constants.items()]
    return "".join([*imports, "export const KINDS = {\n", *lines, "};\n"])


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _imports(path: Path, text: str) -> list[tuple[list[str], Path]]:
    """Return (names, target) of each import; ValueError for a form that can't be joined."""
    if leftover := _LEFTOVER.search(_IMPORT.sub("", text)):
        raise ValueError(
            f'{path.name}: found `{leftover[0]}`; write `import {{ a, b }} from "./file.js";`.'
        )
    found = []
    for names, target in _IMPORT.findall(text):
        if not target.startswith("."):
            raise ValueError(
                f"{path.name}: found an import of {target!r}; only files in static can be imported."
            )
        found.append(
            (
                [name.strip() for name in names.split(",") if name.strip()],
                (path.parent / target).resolve(),
            )
        )
    return found


def _check_exports(path: Path, names: list[str], target: Path, text: str) -> None:
    exported = _EXPORTED.findall(text)
    for name in names:
        if name not in exported:
            raise ValueError(
                f"{path.name}: found `{name}` imported from {target.name}, "
                f"which exports {', '.join(exported)}."
            )


def _check_names(modules: dict[Path, str]) -> None:
    owners: dict[str, Path] = {}
    for path, text in modules.items():
        for name in _TOP_LEVEL.findall(text):
            if name in owners:
                places = f"{owners[name].name} and in {path.name}"
                raise ValueError(
                    f"`{name}` is defined in {places}; joined into one module it needs two names."
                )
            owners[name] = path


def _strip(text: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", text))
