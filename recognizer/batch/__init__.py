"""Batches: millions of pages, read by many processes on one machine or many, each page once whatever is killed. docs/batch.md."""
