"""Where the parts of a box lead: to the page, with what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from app.box.card import Card, Node


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the page; `root` is the way there from the box, such as `../../`."""

    root: str

    def entity(self, id: str) -> str:
        """An entity with its neighbours."""
        return f"{self.root}?entity={quote(id, safe='')}"

    def pair(self, one: str, other: str) -> str:
        """Two entities, with the sentences that name both."""
        a, b = quote(one, safe=""), quote(other, safe="")
        return f"{self.root}?entity={a}&entity={b}&select={a}~{b}"

    def node(self, card: Card, node: Node) -> str:
        """An entity with the one it is most strongly tied to in the card."""
        ties = card.ties_of(node.id)
        return self.pair(node.id, ties[0].other(node.id)) if ties else self.entity(node.id)

    def article(self, id: str) -> str:
        """An article with its whole graph."""
        return f"{self.root}?article={quote(id, safe='')}"
