"""Pages: the document that is open, and the pieces of its ink."""
