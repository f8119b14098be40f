"""What the user sees; imports recognizer, and only main.py imports it."""
