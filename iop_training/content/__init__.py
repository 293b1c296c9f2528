"""From the files a clinician edits to models, with every fault named by file and line."""
