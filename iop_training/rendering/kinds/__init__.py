"""One module a kind, each with ``body(item, value, score, order) -> Html`` and, where parts are
judged, ``verdicts(item)``."""
