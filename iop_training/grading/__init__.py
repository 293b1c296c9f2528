"""Release, collect, grade, give feedback: the only part of the course that uses nbgrader."""

import sys

# nbgrader imports nbformat, that jsonschema, and that a grammar of international web addresses,
# for a check that no notebook's schema has: half the time that starting a command took. jsonschema
# does without it where it isn't installed, which is what None says.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
