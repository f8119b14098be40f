"""A reading's graphs as views need them: stages, paths, and one arc for every segment."""
