"""The journal of answers: written so that nothing is lost, read so that nothing breaks it."""

from iop_training.responses.journal import Journal, journal_path
from iop_training.responses.reader import Answer, Record, read_journal

__all__ = ["Answer", "Journal", "Record", "journal_path", "read_journal"]
