"""Scanned pages: document, loading, view."""
