"""Autograding: the released notebook, the journal and the keys of its release make the score.

nbgrader runs the two passes (see nbgrader_config.py): ``exporter`` puts the released notebook
in the place of the submitted one, ``draw`` reads the submission, scores it and draws it,
``save`` writes the scores into the gradebook. No code of a submission is run or even parsed.
"""
