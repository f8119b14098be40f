"""The two ways in which work ends without an answer: the input cannot be used, or nobody wants the answer any more."""


class InputError(ValueError):
    """What the user gave cannot be used; the message is a sentence that says what is wrong and what to do about it."""


class NothingToRead(InputError):
    """The input is sound but holds no writing."""


class Blank(NothingToRead):
    """There is nothing at all: an empty sheet, or the back of one."""


class Unfit(InputError):
    """A personal model that cannot be read with."""


class Cancelled(Exception):
    """Raised by a caller's progress callback to stop work whose result nobody wants any more."""
