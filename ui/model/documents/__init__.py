"""The queue of documents: what is read, what people say about it, and the files that come of it."""
