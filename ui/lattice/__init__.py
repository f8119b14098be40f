"""The lattice of hypotheses: model, layout, painting, view."""
