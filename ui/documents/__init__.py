"""Many documents at once: the queue that reads them, the table of results, and what a person says about each."""
