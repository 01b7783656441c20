"""Every bound that the guard sets, with the reason for it.

The first group holds at both levels, the second at `strict` alone.
"""

from __future__ import annotations

from typing import Final

# Both levels: what keeps a database's parser out of trouble.
CHARACTERS: Final = 20_000  # Longer texts are data in disguise: they belong into parameters.
TOKENS: Final = 3_000  # Planning time grows faster than the text.
NESTING: Final = 50  # Parsers recurse: some thousand brackets overflow their stack.
SUBQUERIES: Final = 10  # The same; each subquery takes a parser several levels deeper.

# Strict: clauses and predicates, which cost planning time that no time limit covers.
CLAUSES: Final = 60  # Each clause is planned on its own.
WITHS: Final = 30  # Each WITH opens a scope that every later one is checked against.
UNIONS: Final = 20  # Each branch is planned as a whole query.
MATCH_PATHS: Final = 10  # Orders of joining paths grow exponentially with their number.
CHAIN: Final = 200  # `1 + 1 + 1 + …` is a tree as deep as it is long.
CASE_PARTS: Final = 1_000  # Planners compare each WHEN with a copy of what stands behind CASE.
BOOLEAN_TERMS: Final = 1_000  # Planners rewrite predicates to normal forms, which multiply ORs by ANDs.

# Strict: values that are built inside one expression, where databases do not look at the clock.
RANGE_ITEMS: Final = 10_000  # A range is made whole, or walked whole by IN.
ROUND_DIGITS: Final = 20  # Rounding to n digits may build a number of n digits; a double holds 17.
UNIT_CHARACTERS: Final = 100  # A stored name or date is taken to be one unit large; a literal is measured.
PARAMETER_UNITS: Final = 100  # A parameter that is not given with the statement; all others are measured.
TEXT_UNITS: Final = 100  # The text of an article.
COLLECTED_UNITS: Final = 500  # A collected list, in which each copy of it counts: it has as many elements as rows.
VALUE_UNITS: Final = 20_000  # Some two megabytes: concatenating a value with itself doubles it at each step.
LEVELS: Final = 10  # Lists and maps inside one another: finding out the type of such a value doubles at each level.

# Strict: work between two looks at the clock, in units of some 10 ns: what it takes to pass one element of a list.
WORK_UNITS: Final = 200_000_000
BATCH_ROWS: Final = 100  # So many rows are worked off before the embedded database looks at the clock.
FEW_ROWS: Final = 10  # Up to this LIMIT, rows are not multiplied with their work.
NODE_WORK: Final = 10  # Evaluating one part of an expression.
ELEMENT_WORK: Final = 500  # Going on to the next element of an iteration.
SEARCH_WORK: Final = 500  # Comparing each place of a made up text of one unit with another one.
COLLECTED_ROWS: Final = 100_000  # Elements of a list that is collected from all rows, or comes again in many.
GROUPED_ROWS: Final = 2_000  # Elements of a collected list of which each row has its own: together they are the rows.
NEIGHBOURS: Final = 2_000  # What one pattern comprehension goes through.

# Strict: full-text searches, which are read and planned by the index without a look at the clock.
SEARCH_CHARACTERS: Final = 1_000  # Brackets of some ten thousand overflow the stack.
SEARCH_WILDCARDS: Final = 20  # Each * or ? makes an automaton larger.
SEARCH_FUZZY: Final = 10  # Each word with ~ makes an automaton of all words near to it.

# Strict: walking along relationships.
JOINED_RELATIONSHIPS: Final = 6  # Of MATCH clauses that are planned together: eight may become joins of joins.
PATH_HOPS: Final = 12  # Relationships that one path of a MATCH may have, upper bounds counted.
VARIABLE_HOPS: Final = 6  # Paths multiply by the mean degree at each step.
SHORTEST_HOPS: Final = 15  # A breadth-first search does not multiply, but falls back to trying every path.
SUBQUERY_HOPS: Final = 4  # All paths of one EXISTS, COUNT or COLLECT, or of one pattern used as a condition.
INNER_HOPS: Final = 2  # The same inside an iteration, and pattern comprehensions: one expression to the clock.

# Strict: regular expressions, which back-track and which no time limit stops.
REGEX_CHARACTERS: Final = 200  # Nobody reads a longer one.
REGEX_CHOICES: Final = 1_000  # Ways through alternatives and options, multiplied: `a?` thirty times has 2^30.
REGEX_LOOPS: Final = 3  # Unbounded repetitions in a row: n of them take the n-th power of the text's length.
REGEX_SUBJECT_UNITS: Final = 3  # What is searched: stored names joined together, not a text built for the purpose.
