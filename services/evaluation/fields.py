"""Types of fields that the bodies of several rooms share."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Points = Annotated[Decimal, Field(ge=0, le=120, max_digits=7, decimal_places=4)]
"""On the scale of PP 30/2019 art. 41."""
