"""Simulation: a case, a state, the lines on offer, the transcript. Pure, seeded, replayable."""

from iop_training.simulation.session import Session, replay
from iop_training.simulation.transcript import Said, Turn, transcript_text

__all__ = ["Said", "Session", "Turn", "replay", "transcript_text"]
