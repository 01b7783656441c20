"""Parser for expressions: operands and the operators around them, names, calls, maps."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from graph.cypher_guard.limits import NESTING
from graph.cypher_guard.patterns import PatternParser
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tokens import Kind, Token
from graph.cypher_guard.tree import (
    Access,
    Call,
    Collection,
    Group,
    Literal,
    Node,
    Operation,
    Parameter,
    PatternPredicate,
    Slice,
    Variable,
)
from graph.cypher_guard.vocabulary import FUNCTIONS, NAMESPACES, TYPE_WORDS, WRITING

_PREFIXES: Final = ("NOT", "+", "-")
_COMPARISONS: Final = ("=", "<>", "<", "<=", ">", ">=", "=~", "IN", "CONTAINS", "STARTS", "ENDS")
_OPERATORS: Final = (*_COMPARISONS, "OR", "XOR", "AND", "+", "-", "*", "/", "%", "^", "||")
_SUFFIXES: Final = ("IS", "::", ":")
_NORMAL_FORMS: Final = ("NFC", "NFD", "NFKC", "NFKD")


class ExpressionParser(PatternParser):
    """Reads expressions; forms with keywords and brackets of their own are left to the subclass."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self._depth = 0
        self._ended_by_bar: list[int] = []  # depths of the expressions that a `|` ends

    @abstractmethod
    def special_form(self) -> Node | None:
        """A form that begins with a keyword and is no function call, or None."""

    @abstractmethod
    def bracketed(self) -> Node:
        """A list or a comprehension."""

    def expression(self) -> Node:
        """Operands and operators in turn: where an operator could stand and none does, the expression ends."""
        start = self.here
        self._enter()
        parts = self._operand_with_signs()
        parts += self._operators_and_operands()
        self._depth -= 1
        only = parts[0]
        return only if len(parts) == 1 and isinstance(only, Node) else Operation(start, tuple(parts))

    def expressions(self) -> tuple[Node, ...]:
        """One expression or several, separated by commas."""
        expressions = [self.expression()]
        while self.accept(","):
            expressions.append(self.expression())
        return tuple(expressions)

    def condition_before_bar(self) -> Node:
        """An expression that a `|` ends: there it is not part of a label expression."""
        self._ended_by_bar.append(self._depth + 1)
        condition = self.expression()
        self._ended_by_bar.pop()
        return condition

    def comparison_with_subject(self) -> Node:
        """An expression without its first operand, as behind `CASE subject WHEN`: `> 3`, `IS NULL`, `IN [1, 2]`."""
        start = self.here
        if not self.at(*_COMPARISONS, *_SUFFIXES):
            return self.expression()
        self._enter()
        parts = self._operators_and_operands()
        self._depth -= 1
        return Operation(start, tuple(parts))

    def map_literal(self) -> Node:
        """`{key: expression, …}`; keys are any names."""
        start = self.expect("{")
        items: list[Node] = []
        keys: list[str] = []
        while not self.at("}"):
            keys.append(self.expect_name("a key").name)
            self.expect(":")
            items.append(self.expression())
            if not self.at("}"):
                self.expect(",")
        self.expect("}")
        return Collection(start, tuple(items), tuple(keys))

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > NESTING + 1:
            raise Refusal(f"expressions are nested more than {NESTING} deep", self.here.offset)

    def _operators_and_operands(self) -> list[Node | Token]:
        parts: list[Node | Token] = []
        while operator := self._suffix() or self._operator():
            parts += operator
            if isinstance(operator[0], Token) and operator[0].key in _OPERATORS:
                parts += self._operand_with_signs()
        return parts

    def _operand_with_signs(self) -> list[Node | Token]:
        parts: list[Node | Token] = []
        first = self.here
        while self.at(*_PREFIXES):
            parts.append(self.take())
            if len(parts) > NESTING:
                raise Refusal(f"more than {NESTING} signs or NOTs in a row", first.offset)
        return [*parts, self._operand()]

    def _operator(self) -> list[Node | Token]:
        if not self.at(*_OPERATORS):
            return []
        operator = self.take()
        return [operator, self.expect("WITH")] if operator.key in ("STARTS", "ENDS") else [operator]

    def _suffix(self) -> list[Node | Token]:
        """What follows a value without a further operand: `IS NOT NULL`, `IS :: TYPE`, `IS NORMALIZED`, `:Label`."""
        if not self.at(*_SUFFIXES):
            return []
        suffix = self.take()
        if suffix.key == "IS":
            return [suffix, *self._is()]
        if suffix.key == "::":
            self._type()
            return [suffix]
        return [suffix, self.labels(bar=self._bar_is_free())]

    def _bar_is_free(self) -> bool:
        return self._depth not in self._ended_by_bar

    def _is(self) -> list[Node]:
        self.accept("NOT")
        if self.accept("NULL"):
            return []
        if self.accept("TYPED", "::"):
            self._type()
        elif self.at(*_NORMAL_FORMS, "NORMALIZED"):
            self.accept(*_NORMAL_FORMS)
            self.expect("NORMALIZED")
        else:
            return [self.labels(bar=self._bar_is_free())]
        return []

    def _type(self) -> None:
        """`INTEGER NOT NULL`, `LIST<STRING>`, `TIMESTAMP WITH TIME ZONE`, several with `|`."""
        self._type_word()
        while True:
            if self.accept("<"):
                self._enter()
                self._type()
                self._depth -= 1
                self.expect(">")
            elif self.at("NOT") and self.ahead().key == "NULL":
                self.take()
                self.take()
            elif self.at("WITH", "WITHOUT") and self.ahead().key in ("TIME", "TIMEZONE"):
                self.take()
            elif self._bar_is_free() and self.accept("|"):
                self._type_word()
            elif not self.accept("!", *TYPE_WORDS):
                return

    def _type_word(self) -> None:
        if not self.accept(*TYPE_WORDS):
            self.fail("the name of a type")

    def _operand(self) -> Node:
        base = operand = self._atom()
        steps = 0
        while self.at(".", "["):
            steps += 1
            if steps > NESTING:
                raise Refusal(f"more than {NESTING} properties of properties in a row", base.token.offset)
            operand = self._part_of(operand)
        return operand

    def _part_of(self, base: Node) -> Node:
        """`.name`, `[key]` or `[from..to]` behind a value."""
        start = base.token
        if self.accept("."):
            return Access(start, base, self.expect_name("a property").name, None)
        self.expect("[")
        lower = None if self.at("..") else self.expression()
        if not self.accept(".."):
            self.expect("]")
            return Access(start, base, None, lower)
        upper = None if self.at("]") else self.expression()
        self.expect("]")
        return Slice(start, base, lower, upper)

    def _atom(self) -> Node:
        if self.here.kind in (Kind.NUMBER, Kind.STRING):
            return Literal(self.take())
        if self.here.kind is Kind.PARAMETER:
            return Parameter(self.take())
        if self.at("("):
            return self._parenthesised()
        if self.at("["):
            return self.bracketed()
        if self.at("{"):
            return self.map_literal()
        return self.special_form() or self._named()

    def _parenthesised(self) -> Node:
        start = self.here
        if self.at_pattern():
            return PatternPredicate(start, self.path())
        self.expect("(")
        inner = self.expression()
        self.expect(")")
        return Group(start, inner)

    def _named(self) -> Node:
        """A variable, a map projection `variable {.name, …}` or a function call."""
        steps = 1
        while self.ahead(steps).key == "." and self.ahead(steps + 1).is_name:
            steps += 2
        if self.here.is_name and self.ahead(steps).key == "(":
            return self._call()
        token = self.expect_name("a value")
        if token.key in WRITING and self.at("[", "{"):
            raise Refusal(f"{token.text} may be read as the clause: put the name in backticks", token.offset)
        return self._projection(token) if self.at("{") else Variable(token, token.name)

    def _call(self) -> Node:
        """`namespace.function(DISTINCT argument, …)`."""
        start = self.here
        names = [self.take().name]
        while self.accept("."):
            names.append(self.take().name)
        name = ".".join(names).lower()
        if name not in FUNCTIONS and name.rpartition(".")[0] not in NAMESPACES:
            raise Refusal(f"the function {name[:60]} is not among those that may be called", start.offset)
        self.expect("(")
        if self.at("DISTINCT") or (self.at("ALL") and self.ahead().key != "("):
            self.take()
        arguments: tuple[Node, ...] = ()
        if not (name == "count" and self.accept("*")) and not self.at(")"):
            arguments = self.expressions()
        self.expect(")")
        return Call(start, name, arguments)

    def _projection(self, variable: Token) -> Node:
        items: list[Node] = [Variable(variable, variable.name)]
        self.expect("{")
        while not self.at("}"):
            items += self._projected()
            if not self.at("}"):
                self.expect(",")
        self.expect("}")
        return Collection(variable, tuple(items))

    def _projected(self) -> list[Node]:
        """`.name`, `.*`, `key: expression` or `variable`."""
        if self.accept("."):
            if not self.accept("*"):
                self.expect_name("a property")
            return []
        token = self.expect_name("a key")
        return [self.expression()] if self.accept(":") else [Variable(token, token.name)]
