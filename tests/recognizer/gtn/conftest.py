"""No deadlines: the first example of a test may have to wait for a kernel to be compiled."""

from hypothesis import settings

settings.register_profile("compiled", deadline=None, max_examples=60)
settings.load_profile("compiled")
