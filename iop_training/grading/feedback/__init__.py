"""Feedback: the page a trainee gets back, and the ways it gets there."""

from iop_training.grading.feedback.batch import generate_feedback
from iop_training.grading.feedback.page import page_style
from iop_training.grading.feedback.returning import Returned, return_feedback

__all__ = ["Returned", "generate_feedback", "page_style", "return_feedback"]
