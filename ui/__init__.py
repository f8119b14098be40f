"""What the user sees; imports recognizer, and only main.py imports it."""

import builtins

import PySide6.QtCore  # noqa: F401

# Qt for Python looks through the source of every module that is imported after it, torch's two thousand included, for its
# other ways of spelling names, which nothing here uses.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
