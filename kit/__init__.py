"""How things are stored, sent, timed and watched; knows no business."""

import sys

# Where rich is installed (the command line draws with it) structlog loads it, and pygments, for coloured tracebacks.
# They are 4 MB in every process and none of ours writes them: for this one import rich is not there.
if "rich" not in sys.modules:
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]
