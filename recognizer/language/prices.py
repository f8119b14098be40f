"""What the language charges beside its models, and how much of these counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Prices:
    """Penalties [nats] and shares. The values were chosen by `main.py train prices`: on lines and words of UNIPEN's validation
    writers that are not among those of `evaluate lines --limit 300` and `evaluate words --limit 800`.
    """

    frequency: float = 0.5  # of the penalties of words and marks, alone and after others, that counts
    form: float = 0.5  # of the penalties of writing a word as it stands, capitalised or in capitals
    capitalised: float = 1.2  # a word that the n-gram does not know written so
    capitals: float = 2.0  # or so
    escape: float = 6.5  # a word that the lexicon does not know
    unlettered: float = 6.5  # or what begins with a figure or a mark, of which lexicons hold none
    freely: float = 0.46  # of the character n-gram's penalties that counts
    before: float = 6.0  # a mark before a word
    after: float = 3.0  # or after it
    owned: float = 4.0  # the end of a possessive
    # A mark between two words that it joins; chosen by hand, on validation lines of IAM and IAM-OnDB too.
    between: float = 4.0
    broken: float = 4.0  # a hyphen within a word, at the end of a line


LINES = Prices()
# Of one by itself, half of those that it was chosen on outside the lexicon.
WORD = Prices(frequency=0.32, escape=2.8, unlettered=-2.0, freely=0.4)
