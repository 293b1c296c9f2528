"""From draft to signed: the packet a clinician reads, the sheet that comes back, the marks."""
