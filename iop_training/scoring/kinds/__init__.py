"""One module a kind, each with ``score(item, value)`` and ``parts(item, value)``; kinds that no
person grades also with ``solution(item)`` and ``guess(item, chance)``, and where these are few
with ``every_guess(item)``: all that ``guess`` may give, each equally likely."""
