"""``python -m iop_training`` is the command ``iop-training``."""

from iop_training.cli import app

app()
