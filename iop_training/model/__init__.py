"""What the course is made of. Models hold data and rules; they never touch files."""

from iop_training.model.item import GATE_DOMAINS, Harm, Item, Review, Use
from iop_training.model.kinds import KINDS, item_class
from iop_training.model.module import Module, Objective, Reflection, Table
from iop_training.model.reference import GlossaryEntry, Reference, Term
from iop_training.model.rubric import LEVELS, Criterion, Rubric
from iop_training.model.score import Part, Score
from iop_training.model.standard import Standard

__all__ = [
    "GATE_DOMAINS",
    "KINDS",
    "LEVELS",
    "Criterion",
    "GlossaryEntry",
    "Harm",
    "Item",
    "Module",
    "Objective",
    "Part",
    "Reference",
    "Reflection",
    "Review",
    "Rubric",
    "Score",
    "Standard",
    "Table",
    "Term",
    "Use",
    "item_class",
]
