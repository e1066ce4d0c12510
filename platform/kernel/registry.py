"""A registry of things that are found by name, filled by discovering the modules of a package."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Anything with a `name` that is unique in its registry."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """Things by name, in the order of their names.

    `register` serves as a class decorator: the registry holds one instance of each class.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._things: dict[str, T] = {}

    def register(self, cls: type[T]) -> type[T]:
        """Add an instance of `cls`; two things of one name are a programming mistake."""
        thing = cls()
        if thing.name in self._things:
            raise ValueError(f"two {self.kind}s are called {thing.name!r}")
        self._things[thing.name] = thing
        return cls

    def discover(self, package: str) -> None:
        """Import every module of `package` (in sorted order), so that each registers itself."""
        module = importlib.import_module(package)
        for found in sorted(pkgutil.iter_modules(module.__path__), key=lambda entry: entry.name):
            importlib.import_module(f"{package}.{found.name}")

    def get(self, name: str) -> T | None:
        """The thing called `name`, or None."""
        return self._things.get(name)

    def __getitem__(self, name: str) -> T:
        return self._things[name]

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things[name] for name in self.names())

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
        return tuple(sorted(self._things))
