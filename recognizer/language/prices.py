"""What the language charges [nats], chosen on words and lines of validation writers by `main.py train prices`."""

FREQUENCY = 0.25  # of the penalties of words and marks, alone and after others, that counts
FORM = 0.3  # of the penalties of writing a word as it stands, capitalised or in capitals
CAPITALISED, CAPITALS = 1.2, 2.0  # a word that the n-gram does not know written so
ESCAPE = 4.0  # a word that the lexicon does not know
FREELY = 0.4  # of the character n-gram's penalties that counts
BEFORE, AFTER = 6.0, 4.0  # a mark before or after a word
OWNED = 4.0  # the end of a possessive
COMPOUND = 5.0  # a hyphen between two words
