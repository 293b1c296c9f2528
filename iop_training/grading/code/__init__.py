"""Assignments with code of a supervisor's own: nbgrader's way of grading, in a sandbox.

``sort`` tells them from the course's own assignments, ``steps`` picks what nbgrader runs for each,
``execute`` runs the code: in the kernel of ``kernel``, shut into the box of ``sandbox`` and watched
by ``guard``. ``inert`` leaves nothing in a notebook that a browser would run.
"""
