"""The ink that is written: document, commands, gestures, canvas."""
