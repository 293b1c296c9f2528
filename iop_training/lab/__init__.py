"""JupyterLab for learners and supervisors: the folder, the server, the kit."""
