"""The text that was read, letter by letter: tied to its ink, with its doubts, alternatives and corrections."""
