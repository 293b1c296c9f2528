"""One module a kind, each with ``body(item, value, score, order) -> Html`` and, where parts are
judged, ``verdicts(item)``. One that draws the same in any order may say so, ``ANY_ORDER = True``:
then it is drawn once for all who give the same answer."""
