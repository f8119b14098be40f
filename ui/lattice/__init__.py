"""The lattice of hypotheses as one sees it: layout, painting, views, and its drawing as a file."""
