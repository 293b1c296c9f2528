"""What the course is made of. Models hold data and rules; they never touch files."""

from iop_training.model.diary import Diary, DiaryHead
from iop_training.model.item import (
    EVIDENCE,
    GATE_DOMAINS,
    Evidence,
    Harm,
    Item,
    Review,
    Status,
    Use,
)
from iop_training.model.kinds import KINDS, item_class
from iop_training.model.module import Module, Objective, Reflection
from iop_training.model.program import FACT_NAMES, Contact, Fact, ProgramFacts
from iop_training.model.reference import GlossaryEntry, Reference, Term
from iop_training.model.rubric import LEVELS, Criterion, Rubric
from iop_training.model.score import Part, Score
from iop_training.model.standard import Standard
from iop_training.model.table import Table

__all__ = [
    "EVIDENCE",
    "FACT_NAMES",
    "GATE_DOMAINS",
    "KINDS",
    "LEVELS",
    "Contact",
    "Criterion",
    "Diary",
    "DiaryHead",
    "Evidence",
    "Fact",
    "GlossaryEntry",
    "Harm",
    "Item",
    "Module",
    "Objective",
    "Part",
    "ProgramFacts",
    "Reference",
    "Reflection",
    "Review",
    "Rubric",
    "Score",
    "Standard",
    "Status",
    "Table",
    "Term",
    "Use",
    "item_class",
]
