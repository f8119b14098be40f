"""The text that was read: glyphs and words, and which of them stand in the light."""
