"""The batch grader: a cohort's submissions scored by pure workers, written by one coordinator.

``work`` grades one submission and imports neither nbgrader nor the database; ``pool`` spreads the
work over processes, ``cluster`` over a Dask cluster; ``todo`` knows what is new or changed;
``rows`` writes a chunk of results into nbgrader's own tables in one transaction; ``folder`` puts
the autograded notebook where nbgrader would. The order rows, then folder makes a run that was
killed go on where it stopped: without its folder a submission is graded again, and gives the same
rows.
"""
