"""What all errors have in common that kg raises for what its user can mend."""


class Error(Exception):
    """Something that is asked of kg cannot be done; the message says what, where, and what to do."""


class MissingError(Error):
    """A package is not installed that only this wants; the message says how to install it."""
