"""What answers have in common: most are made from a row, whose columns have the names of their fields."""

from pydantic import BaseModel, ConfigDict


class FromRow(BaseModel):
    """An answer made from a row, or from anything else whose attributes have the names of its fields."""

    model_config = ConfigDict(from_attributes=True)
