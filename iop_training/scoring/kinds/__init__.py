"""One module a kind, each with ``score(item, value)`` and ``parts(item, value)``."""
