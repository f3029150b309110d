"""The base classes of all errors that the user can correct."""


class Error(Exception):
    """A request cannot be fulfilled; the message says why, where, and what to do."""


class ArgumentError(Error, TypeError):
    """An argument is of the wrong type, or out of range; the message says which, and what to give."""


class MissingError(Error):
    """An optional package is not installed; the message says how to install it."""
