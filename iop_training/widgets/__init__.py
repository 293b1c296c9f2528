"""What a notebook shows: thin views over model, responses and scoring. Never nbgrader."""
