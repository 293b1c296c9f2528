"""Release, collect, grade, give feedback: the only part of the course that uses nbgrader."""
