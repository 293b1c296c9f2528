"""What a text looks like to somebody who does not know the answer: tell-tale words, words in
common, reading grade. English, and simple on purpose: these are hints to an author."""

from __future__ import annotations

import re
from collections.abc import Sequence

ABSOLUTE = re.compile(
    r"\b(always|never|only|all|none|every|everyone|everybody|everything|nobody|nothing|must"
    r"|completely|entirely|absolutely|impossible)\b",
    re.I,
)
# The month has a capital letter too, so "May" hedges only at the very beginning.
HEDGE = re.compile(r"^May\b|\bmay\b|(?i:\b(?:might|can|could|often|usually|sometimes|likely)\b)")
POLITE = re.compile(r"\b(thank|please|welcom|understand|offer|invit|ask)\w*", re.I)
SUPERVISOR = re.compile(
    r"\b(tell|ask|inform|notify|alert|call|phone|consult|involve|bring in|talk (?:to|with)"
    r"|check with|leave|let|wait for|until)\b[^.;]*\bsupervisor",
    re.I,
)
OF_THE_ABOVE = re.compile(
    r"\b(?:all|none|both|neither|any|either) of the above\b"
    r"|^(?:all|none|both|neither) of (?:these|those|them)\W*$",
    re.I,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
_SENTENCE_END = re.compile(r"[.!?]+(?=[\s\"”')]|$)|\n+")
# Long enough to look like content and never a clue.
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """about above according after again against among another around because become before
        being below between choose could during either every first having might other shall should
        since still their theirs these thing those through today toward under until where whether
        which while whose within without would yours""",
    )
)
_SUFFIXES = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "ly")
# Spelled with a vowel and said with a consonant, and the other way round.
_SAID_WITH_CONSONANT = re.compile(r"(uni|us[aeu]|uti|eu|one|once)", re.I)
_SAID_WITH_VOWEL = re.compile(r"(hour|honest|hono|heir|8|11\b|18\b)", re.I)
_ACRONYM = re.compile(r"[A-Z]{2,}\b")


def words(text: str) -> list[str]:
    """Words and numbers of a text, as written."""
    return _WORD.findall(text)


def clue_words(text: str) -> set[str]:
    """Stems of the words of five letters or more that mean something, in lower case."""
    found = (re.sub(r"['’]s?$", "", word.lower()) for word in words(text))
    return {_stem(w) for w in found if len(w) >= 5 and w.isalpha() and w not in _EMPTY_WORDS}


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word.removesuffix(suffix)
            break
    else:
        word = word if word.endswith("ss") else word.removesuffix("s")
    return word.rstrip("ey") if len(word) > 4 else word


def article(text: str) -> str:
    """ "a" or "an", whichever the text takes before it."""
    first = text.lstrip(" \"“'‘(")
    if _ACRONYM.match(first):
        vowel = first[0] in "AEFHILMNORSX"
    elif _SAID_WITH_VOWEL.match(first):
        vowel = True
    else:
        vowel = first[:1].lower() in tuple("aeiou") and not _SAID_WITH_CONSONANT.match(first)
    return "an" if vowel else "a"


def reading_grade(texts: Sequence[str]) -> float:
    """Flesch-Kincaid grade (US school years, at least 0) of texts that each begin anew."""
    pieces = [piece for text in texts for piece in _SENTENCE_END.split(text)]
    sentences = [found for piece in pieces if (found := words(piece))]
    count = sum(len(sentence) for sentence in sentences)
    if not count:
        return 0.0
    syllables = sum(_syllables(word) for sentence in sentences for word in sentence)
    return max(0.0, 0.39 * count / len(sentences) + 11.8 * syllables / count - 15.59)


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouyscxz]es$", word.lower())
    return max(1, groups - bool(silent))
