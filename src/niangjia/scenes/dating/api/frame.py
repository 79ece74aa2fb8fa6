"""What all endpoints of dating share: the router, who asks, and shapes of input."""

from typing import Annotated
from uuid import UUID

from ninja import Field, Router, Schema

from niangjia.core.endpoints import Code, Empty, Text, answer, person_of

__all__ = ["Age", "Code", "Codes", "Empty", "Height", "Target", "Text", "answer", "person_of", "router"]

router = Router(tags=["dating"])


Age = Annotated[int, Field(ge=18, le=99)]
Height = Annotated[int, Field(ge=100, le=250)]
Codes = Annotated[list[Code], Field(max_length=100)]


class Target(Schema):
    """The profile meant."""

    id: UUID
