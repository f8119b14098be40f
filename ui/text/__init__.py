"""The text that was read, letter by letter, with its doubts and alternatives."""
