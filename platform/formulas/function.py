"""Functions: each is one Python function whose docstring is the help page and whose signature is checked."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

from joinery.formulas.core import Blankness, Core, Operation, SqlForm, Volatile
from joinery.formulas.types import (
    ANY,
    BOOLEAN,
    CLOCK,
    DATE,
    DATETIME,
    DEPARTMENT,
    KEY,
    MOMENT,
    NUMBER,
    ORGANISATION,
    SAME,
    TEXT,
    TIME,
    USER,
    Type,
    items_of,
    list_of,
)

# What parameters of functions are declared as: the type in Python and the type in expressions.
Number = Annotated[Decimal, NUMBER]
Text = Annotated[str, TEXT]
Truth = Annotated[bool, BOOLEAN]
Date = Annotated[date, DATE]
DateTime = Annotated[datetime, DATETIME]
Time = Annotated[time, TIME]
Moment = Annotated[date, MOMENT]
Clock = Annotated[Any, CLOCK]
User = Annotated[int | None, USER]
Department = Annotated[int | None, DEPARTMENT]
Departments = Annotated[tuple[int, ...] | None, list_of(DEPARTMENT)]
Organisation = Annotated[int | None, ORGANISATION]
Users = Annotated[tuple[int, ...] | None, list_of(USER)]
Anything = Annotated[Any, ANY]
Same = Annotated[Any, SAME]
Key = Annotated[Any, KEY]
Numbers = Annotated[Any, items_of(NUMBER)]
Values = Annotated[Any, items_of(SAME)]
Texts = Annotated[Any, items_of(TEXT)]
Dates = Annotated[Any, items_of(DATE)]
Keys = Annotated[Any, items_of(KEY)]
Items = Annotated[tuple[Any, ...] | None, list_of(KEY)]
SameItems = Annotated[tuple[Any, ...] | None, list_of(SAME)]
TextItems = Annotated[tuple[str, ...] | None, list_of(TEXT)]
NumberItems = Annotated[tuple[Decimal | None, ...] | None, list_of(NUMBER)]
AnyItems = Annotated[Any, items_of(ANY)]
Truths = Annotated[Any, items_of(BOOLEAN)]
LaterTruth = Annotated[Callable[[], bool], BOOLEAN]
LaterNumber = Annotated[Callable[[], Decimal], NUMBER]
LaterSame = Annotated[Callable[[], Any], SAME]
LaterKey = Annotated[Callable[[], Any], KEY]
LaterAnything = Annotated[Callable[[], Any], ANY]


#: Makes the checked form of a call from its checked arguments; None after a problem was reported.
OverRecords = Callable[[Any, Any, "list[Core]"], "Core | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter; a repeated one takes any number of arguments."""

    name: str
    accepts: Type
    optional: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function as authors of expressions see it, and the operation behind it.

    `pattern` gives the types of repeated arguments in turn (IFS: condition, value, condition ...);
    `zero_for_none`: a blank result counts as 0 where it is a number (the greatest of no numbers).
    """

    name: str
    category: str
    parameters: tuple[Parameter, ...]
    result: Type
    help: str
    examples: tuple[tuple[str, str], ...]
    operation: Operation
    pattern: tuple[Type, ...] = ()
    zero_for_none: bool = False
    #: Instead of the operation, for functions over lists of records: makes the checked form of a call.
    over_records: "OverRecords | None" = None

    @property
    def sql(self) -> bool:
        """Whether it can be computed by the database; without arguments it is computed beforehand."""
        return self.operation.sql is not None or not self.parameters or self.over_records is not None

    @property
    def signature(self) -> str:
        """As shown in help: "ROUND(value, [digits])"."""
        shown = [
            f"{one.name}, ..." if one.repeated else f"[{one.name}]" if one.optional else one.name
            for one in self.parameters
        ]
        return f"{self.name}({', '.join(shown)})"

    @property
    def fewest(self) -> int:
        """The least number of arguments."""
        return sum(not one.optional and not one.repeated for one in self.parameters)

    @property
    def most(self) -> int | None:
        """The greatest number of arguments, None when there is no bound."""
        return None if any(one.repeated for one in self.parameters) else len(self.parameters)

    @property
    def pairs_only(self) -> bool:
        """Whether all arguments come in pairs (IFS)."""
        return len(self.pattern) > 1 and self.fewest == len(self.pattern)

    def accepts(self, index: int, count: int) -> Type:
        """The type of argument `index` when there are `count` of them."""
        fixed = [one for one in self.parameters if not one.repeated]
        if index < len(fixed):
            return fixed[index].accepts
        if not self.pattern:
            return self.parameters[-1].accepts
        place = (index - len(fixed)) % len(self.pattern)
        is_lone_last = index == count - 1 and place == 0 and len(self.pattern) > 1
        return self.pattern[-1 if is_lone_last else place]

    def parameter_name(self, index: int) -> str:
        """How the argument `index` is called in help."""
        return self.parameters[min(index, len(self.parameters) - 1)].name


class Functions:
    """All functions by name, in the order of their names."""

    def __init__(self) -> None:
        self._functions: dict[str, Function] = {}

    def add(self, function: Function) -> None:
        """Add one; two of one name are a programming mistake."""
        if function.name in self._functions:
            raise ValueError(f"two functions are called {function.name!r}")
        self._functions[function.name] = function

    def get(self, name: str) -> Function | None:
        """The function of that name (in capitals), or None."""
        return self._functions.get(name)

    def __getitem__(self, name: str) -> Function:
        return self._functions[name]

    def __contains__(self, name: object) -> bool:
        return name in self._functions

    def __iter__(self) -> Iterator[Function]:
        return iter(self._functions[name] for name in self.names())

    def __len__(self) -> int:
        return len(self._functions)

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
        return tuple(sorted(self._functions))


FUNCTIONS = Functions()
F = TypeVar("F", bound=Callable[..., Any])


def function(
    category: str,
    *,
    name: str | None = None,
    sql: SqlForm | None = None,
    lazy: bool = False,
    blank: Blankness | None = None,
    lists_in_sql: bool = True,
    exact: bool = True,
    volatile: frozenset[Volatile] = frozenset(),
    volatile_below: int | None = None,
    pattern: tuple[Type, ...] = (),
    zero_for_none: bool = False,
    over_records: OverRecords | None = None,
) -> Callable[[F], F]:
    """Make a Python function one of the language.

    Its name is the name in expressions (unless `name` gives one that Python has no way to write); its
    docstring is the help page, in which lines `>>> ROUND(2.5)` followed by the result are examples and
    tests. A first parameter called `context` receives the EvaluationContext. A function of dates gives
    a blank for a blank date.
    """

    def register(python: F) -> F:
        hints = get_type_hints(python, include_extras=True)
        parameters = tuple(_parameters(python, hints))
        in_context = "context" in hints
        moments = [place for place, one in enumerate(parameters) if one.accepts.kind in _SKIPS_BLANK]
        text, examples = _help(python)
        operation = Operation(
            name=name or python.__name__,
            python=_blank_for_blank(python, moments, in_context) if moments and not lazy else python,
            sql=sql,
            style="lazy" if lazy else "context" if in_context else "eager",
            blank=blank or ("any" if moments else "never"),
            exact=exact,
            lists_in_sql=lists_in_sql,
            volatile=volatile,
            volatile_below=volatile_below,
        )
        FUNCTIONS.add(
            Function(
                name=name or python.__name__,
                category=category,
                parameters=parameters,
                result=get_args(hints["return"])[1],
                help=text,
                examples=examples,
                operation=operation,
                pattern=pattern,
                zero_for_none=zero_for_none,
                over_records=over_records,
            )
        )
        return python

    return register


def alias(name: str, of: str) -> None:
    """Register a second name of a function."""
    original = FUNCTIONS[of]
    FUNCTIONS.add(replace(original, name=name))


_SKIPS_BLANK = {"date", "datetime", "time", "moment", "clock"}


def _parameters(python: Callable[..., Any], hints: dict[str, Any]) -> Iterator[Parameter]:
    for name, parameter in inspect.signature(python).parameters.items():
        if name == "context":
            continue
        yield Parameter(
            name=name.rstrip("_"),
            accepts=get_args(hints[name])[1],
            optional=parameter.default is not inspect.Parameter.empty,
            repeated=parameter.kind is inspect.Parameter.VAR_POSITIONAL,
        )


def _blank_for_blank(python: Callable[..., Any], places: list[int], in_context: bool) -> Callable[..., Any]:
    """A blank as soon as one of the operands at `places` is blank."""
    first, *more = (place + in_context for place in places)

    def guarded(*arguments: Any) -> Any:
        if arguments[first] is None:
            return None
        for place in more:
            if place < len(arguments) and arguments[place] is None:
                return None
        return python(*arguments)

    return guarded


def _help(python: Callable[..., Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    lines = inspect.cleandoc(python.__doc__ or "").splitlines()
    prose = [line for index, line in enumerate(lines) if not _in_example(lines, index)]
    examples = [
        (line[4:].strip(), lines[index + 1].strip() if index + 1 < len(lines) else "")
        for index, line in enumerate(lines)
        if line.startswith(">>> ")
    ]
    return "\n".join(prose).strip(), tuple(examples)


def _in_example(lines: list[str], index: int) -> bool:
    return lines[index].startswith(">>> ") or (index > 0 and lines[index - 1].startswith(">>> "))
