"""What can go wrong with the stack, in words for the person who started it."""


class StackError(Exception):
    """The stack cannot do what was asked; the message says why and where to look."""


class AlreadyRunning(StackError):
    """Another launcher holds this state directory."""
