"""Takes what plans, evaluation and feedback tell of their obligations into one read model, numbered change by change."""

from directory.duties import DutyCopy

_COPY = DutyCopy("todos", sequence="todo_seq")
take_opened = _COPY.take_opened
take_stepped = _COPY.take_stepped
take_moved = _COPY.take_moved
take_closed = _COPY.take_closed
