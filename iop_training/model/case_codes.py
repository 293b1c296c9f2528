"""What the codes of lines are called in plain words, and what each means: one table for pages in
the notebook, in Formgrader and in feedback.

Definitions follow MITI 4.2.1 where it has the code; see :data:`~.case_moments.Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from iop_training.model.case_moments import Code


class CodeWords(NamedTuple):
    """The plain name of a code, and one line on what it means."""

    name: str
    meaning: str


CODE_WORDS: Mapping[Code, CodeWords] = {
    "reflection_simple": CodeWords(
        "Simple reflection", "Says back what was said, in nearly the same words."
    ),
    "reflection_complex": CodeWords(
        "Complex reflection", "Says what was meant and not yet said, such as a feeling or a wish."
    ),
    "question_open": CodeWords("Open question", "Asks for more than a yes, a no or a single fact."),
    "question_closed": CodeWords(
        "Closed question", "Can be answered with a yes, a no or a single fact."
    ),
    "affirm": CodeWords("Affirmation", "Names a strength, an effort or a step of the client's."),
    "seek_collaboration": CodeWords(
        "Seeking collaboration", "Asks what the client thinks or wants, and shares the decision."
    ),
    "autonomy": CodeWords("Emphasizing autonomy", "Says that the choice is the client's."),
    "inform": CodeWords("Giving information", "Tells a fact and argues for nothing."),
    "inform_with_permission": CodeWords(
        "Information with permission", "Asks first, or was asked, and then tells a fact."
    ),
    "advise_with_permission": CodeWords(
        "Advice with permission", "Asks first, or was asked, and then suggests something."
    ),
    "persuade": CodeWords(
        "Persuading", "Argues, warns, comforts or advises toward something nobody asked for."
    ),
    "confront": CodeWords("Confronting", "Disagrees openly, blames, threatens or shames."),
    "ask_suicide": CodeWords(
        "Asking about suicide", "Asks about suicide in plain words, or how close it is."
    ),
    "ask_safety": CodeWords(
        "Asking about safety", "Asks about a danger: withdrawal, overdose, driving, violence."
    ),
    "direct_safety": CodeWords(
        "Directing for safety", "Says clearly what happens now so that everybody is safe."
    ),
    "structure": CodeWords("Structuring", "Says what comes next, or how the time is used."),
    "boundary": CodeWords(
        "Stating a limit", "Says what this work or this role can't do, keep or promise."
    ),
    "silence": CodeWords("Silence", "Waits, and leaves room."),
    "link": CodeWords("Linking members", "Connects what one member says with what another lives."),
    "protect": CodeWords("Protecting a member", "Stops or turns what hurts somebody in the group."),
    "action": CodeWords("Doing something", "Does it instead of saying it."),
}
