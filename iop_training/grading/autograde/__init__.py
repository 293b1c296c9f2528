"""Autograding: the released notebook, the journal and the keys of its release make the score.

``prepared`` holds what is the same for everybody, ``submission`` reads one person's answers,
``draw`` draws them into the released notebook, ``marks`` says what the gradebook takes. These are
pure. ``exporter`` and ``steps`` do it within nbgrader's two passes (see nbgrader_config.py), the
batch grader without them. No code of a submission is run or even parsed.
"""
