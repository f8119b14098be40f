"""Colours, style sheet and icons of the window."""
