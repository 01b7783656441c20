"""Parser for statements that read: clauses, subqueries, procedure calls, SHOW INDEXES and SHOW CONSTRAINTS.

This is the whole grammar that is let through, so what writes, administers or leaves the graph is refused by not being
in it; `vocabulary.REFUSED_CLAUSES` only gives the reasons. A keyword means a clause where a clause can begin, nowhere
else: behind a dot, a colon or AS, before a colon in a map, and where a value is due, the same word is a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from graph.cypher_guard.forms import FormParser
from graph.cypher_guard.limits import SUBQUERIES
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tokens import Token
from graph.cypher_guard.tree import Binding, Branch, Clause, Node, Query, Variable
from graph.cypher_guard.vocabulary import CONSTRAINT_KINDS, INDEX_KINDS, PROCEDURES, REFUSED_CLAUSES

_EXPECTED: Final = "a clause that reads (MATCH, UNWIND, WITH, RETURN, CALL)"
_PAGING: Final = ("ORDER", "SKIP", "OFFSET", "LIMIT")
_INDEXES: Final = ("INDEX", "INDEXES")
_CONSTRAINTS: Final = ("CONSTRAINT", "CONSTRAINTS")


class StatementParser(FormParser):
    """Reads one statement."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self._queries = 0  # how many queries enclose one another here

    def statement(self) -> Query:
        """The whole statement: one query, a semicolon behind it or not."""
        if self.at_end():
            raise Refusal("the statement is empty", 0)
        query = self._show() if self.at("SHOW") else self.query()
        if self.accept(";") and not self.at_end():
            raise Refusal("more than one statement: send them one by one", self.here.offset)
        return query if self.at_end() else self.fail("the end")

    def query(self) -> Query:
        """Branches joined by UNION."""
        start = self.here
        self._queries += 1
        if self._queries > SUBQUERIES + 1:
            raise Refusal(f"subqueries are nested more than {SUBQUERIES} deep", start.offset)
        branches = [self._branch()]
        while self.accept("UNION"):
            self.accept("ALL", "DISTINCT")
            branches.append(self._branch())
        self._queries -= 1
        return Query(start, tuple(branches))

    def _branch(self) -> Branch:
        start = self.here
        clauses = [self._clause()]
        while not (self.at_end() or self.at("UNION", "}", ";")):
            clauses.append(self._paging_clause() if self.at(*_PAGING) else self._clause())
        return Branch(start, tuple(clauses))

    def _clause(self) -> Clause:
        readers: dict[str, Callable[[], Clause]] = {
            "OPTIONAL": self._optional,
            "MATCH": self._match,
            "UNWIND": self._unwind,
            "WITH": self._projection_clause,
            "RETURN": self._projection_clause,
            "CALL": self._call_clause,
            "FINISH": self._finish,
        }
        if reader := readers.get(self.here.key):
            return reader()
        if reason := REFUSED_CLAUSES.get(self.here.key):
            raise Refusal(reason, self.here.offset)
        if self.at("SHOW"):
            raise Refusal("SHOW is a statement of its own", self.here.offset)
        return self.fail(_EXPECTED)

    def _optional(self) -> Clause:
        self.take()
        if self.at("MATCH"):
            return self._match()
        return self._call_clause() if self.at("CALL") else self.fail("MATCH or CALL")

    def _match(self) -> Clause:
        start = self.expect("MATCH")
        paths = self.paths()
        while self.accept("USING"):
            self._hint()
        return Clause(start, "MATCH", paths=paths, conditions=self.where())

    def _hint(self) -> None:
        """`INDEX e:Entity(name)`, `SCAN e:Entity`, `JOIN ON a, b` behind USING."""
        if self.accept("JOIN"):
            self.expect("ON")
            self._names()
            return
        scan = self.accept("SCAN")
        if not scan:
            self.accept(*INDEX_KINDS)
            self.expect("INDEX")
            if self.ahead().is_name:
                self.accept("SEEK")
        self.expect_name("a variable")
        self.expect(":")
        self.expect_name("a label or type")
        if not scan:
            self.expect("(")
            self._names()
            self.expect(")")

    def _names(self) -> None:
        self.expect_name("a name")
        while self.accept(","):
            self.expect_name("a name")

    def _unwind(self) -> Clause:
        start = self.expect("UNWIND")
        source = self.expression()
        self.expect("AS")
        name = self.expect_name("a variable")
        return Clause(start, "UNWIND", bindings=(Binding(name, name.name, source),))

    def _projection_clause(self) -> Clause:
        """WITH or RETURN: `DISTINCT *, expression AS name ORDER BY … SKIP … LIMIT … WHERE …`."""
        start = self.expect("WITH", "RETURN")
        if self.at("DISTINCT") or (self.at("ALL") and self.ahead().key != "("):
            self.take()
        bindings = [] if self.accept("*") else [self._item()]
        while self.accept(","):
            bindings.append(self._item())
        conditions, limit = self._paging()
        if start.key == "WITH":
            conditions += self.where()
        return Clause(start, start.key, bindings=tuple(bindings), conditions=conditions, limit=limit)

    def _item(self) -> Binding:
        start = self.here
        value = self.expression()
        if self.accept("AS"):
            return Binding(start, self.expect_name("an alias").name, value)
        return Binding(start, value.name if isinstance(value, Variable) else None, value)

    def _paging_clause(self) -> Clause:
        """ORDER BY, SKIP and LIMIT as a clause of their own, as Neo4j takes them since 5.24."""
        start = self.here
        conditions, limit = self._paging()
        return Clause(start, start.key, conditions=conditions, limit=limit)

    def _paging(self) -> tuple[tuple[Node, ...], Node | None]:
        """The expressions of ORDER BY and SKIP, and that of LIMIT."""
        expressions: list[Node] = []
        if self.accept("ORDER"):
            self.expect("BY")
            expressions.append(self._sort_key())
            while self.accept(","):
                expressions.append(self._sort_key())
        if self.accept("SKIP", "OFFSET"):
            expressions.append(self.expression())
        limit = self.expression() if self.accept("LIMIT") else None
        return tuple(expressions), limit

    def _sort_key(self) -> Node:
        key = self.expression()
        self.accept("ASC", "ASCENDING", "DESC", "DESCENDING")
        return key

    def _finish(self) -> Clause:
        return Clause(self.expect("FINISH"), "FINISH")

    def _call_clause(self) -> Clause:
        start = self.expect("CALL")
        scoped = self.at("(") and self.ahead(self.behind_bracket()).key == "{"
        return self._call_subquery(start) if scoped or self.at("{") else self._call_procedure(start)

    def _call_subquery(self, start: Token) -> Clause:
        """`CALL (variables) { query }`; batches of transactions are for writing."""
        if self.accept("("):
            if not self.accept("*") and not self.at(")"):
                self._names()
            self.expect(")")
        self.expect("{")
        query = self.query()
        self.expect("}")
        if self.at("IN"):
            raise Refusal("CALL … IN TRANSACTIONS is for writing: leave IN TRANSACTIONS out", self.here.offset)
        return Clause(start, "CALL", query=query)

    def _call_procedure(self, start: Token) -> Clause:
        first = self.here
        names = [self.expect_name("a procedure or a subquery in braces").name]
        while self.accept("."):
            names.append(self.expect_name("the name of a procedure").name)
        name = ".".join(names)
        if name.lower() not in PROCEDURES:
            raise Refusal(f"the procedure {name[:60]} is not among those that may be called", first.offset)
        arguments: tuple[Node, ...] = ()
        if self.accept("("):
            arguments = () if self.at(")") else self.expressions()
            self.expect(")")
        bindings = self._yield()
        conditions = arguments + (self.where() if bindings else ())
        return Clause(start, "CALL", bindings=bindings, conditions=conditions, procedure=name.lower())

    def _yield(self) -> tuple[Binding, ...]:
        """`YIELD *` or `YIELD column AS name, …`."""
        if not self.accept("YIELD") or self.accept("*"):
            return ()
        bindings = [self._column()]
        while self.accept(","):
            bindings.append(self._column())
        return tuple(bindings)

    def _column(self) -> Binding:
        column = self.expect_name("a column")
        name = self.expect_name("an alias") if self.accept("AS") else column
        return Binding(column, name.name, None)

    def _show(self) -> Query:
        """`SHOW RANGE INDEXES YIELD … WHERE … RETURN …`, the same for constraints."""
        start = self.expect("SHOW")
        first = self.here
        while self.here.key in INDEX_KINDS | CONSTRAINT_KINDS:
            self.take()
        if not self.accept(*_INDEXES, *_CONSTRAINTS):
            raise Refusal("SHOW is accepted for INDEXES and CONSTRAINTS alone", first.offset)
        conditions: tuple[Node, ...] = ()
        limit = None
        if self.at("YIELD"):
            self._yield()
            conditions, limit = self._paging()
        clauses = [Clause(start, "SHOW", conditions=conditions + self.where(), limit=limit)]
        if self.at("RETURN"):
            clauses.append(self._projection_clause())
        return Query(start, (Branch(start, tuple(clauses)),))
