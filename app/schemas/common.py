"""What several answers have in common: lists in pages, and the codes that explain an empty answer."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")

Reason = Literal["below_threshold", "no_common_article", "no_match", "no_path", "unknown_article"]


class Answer(BaseModel):
    """Base of all answers; reads the domain's objects by attribute."""

    model_config = ConfigDict(from_attributes=True)


class Page(Answer, Generic[Item]):
    """A part of a list."""

    limit: int = Field(description="How many results a page holds at most.")
    offset: int = Field(description="How many results come before this page.")
    total: int = Field(description="How many results there are in all.")
    next: str | None = Field(description="Address of the next page; null on the last one.")
    reason: Reason | None = Field(description="Why there is no result; null where there is one.")
    results: list[Item]
