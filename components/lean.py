"""Rasa without what this bot never uses: `python -m components.lean run …` is `rasa run …`.

Rasa imports all of its components and channels with itself: TensorFlow, Keras, clients of a dozen
messengers. Our pipeline has none of them (config.yml), and they are two thirds of the memory and
of the start. Here each is a stand-in, of which classes can be made and functions decorated, and
which says what is missing where anybody calls it to do something.
"""

import gc
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

_NO_FULL_COLLECTION = 10**9  # of the older generations
#: Packages that only components, channels and stores use that are not configured here.
UNUSED = frozenset(
    {
        *("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"),
        *("transformers", "sklearn_crfsuite", "spacy", "mitie", "matplotlib"),
        *("aiogram", "webexteamssdk", "slack_sdk", "twilio", "fbmessenger", "mattermostwrapper"),
        *("rocketchat_API", "boto3", "botocore", "pymongo", "aio_pika", "kafka"),
    }
)


class _Kind(type):
    """Of stand-ins: whatever is asked of one is another."""

    def __getattr__(cls, name: str) -> "_Kind":
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__name__}.{name}")

    def __call__(cls, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        # A class that Rasa makes of one may be made, but not be used.
        if cls.__dict__.get("_stands_in"):
            return arguments[0] if _decorates(arguments, named) else cls
        raise NotInThisBot(f"{cls.__name__}: not loaded, see components/lean.py")

    def __getitem__(cls, item: object) -> "_Kind":
        return cls

    def __or__(cls, other: object) -> Any:  # type: ignore[override]  # noqa: ANN401
        return cls

    __ror__ = __add__ = __sub__ = __mul__ = __truediv__ = __neg__ = __or__


class NotInThisBot(RuntimeError):
    """Something is configured that the lean Rasa leaves out."""


def _decorates(arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
    return len(arguments) == 1 and not named and callable(arguments[0])


def _stand_in(name: str) -> _Kind:
    return _Kind(name, (), {"_stands_in": True})


class _Module(ModuleType):
    """A package of stand-ins."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> _Kind:
        if name.startswith("__"):
            raise AttributeError(name)
        if name.endswith(("Error", "Exception")):
            return type(name, (Exception,), {})  # type: ignore[return-value]
        return _stand_in(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in UNUSED:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is in it."""


def leave_out() -> None:
    """Let the next imports of the unused packages give stand-ins."""
    sys.meta_path.insert(0, _Finder())


def main() -> None:
    """`rasa`'s own command line."""
    leave_out()
    from rasa.__main__ import main as rasa

    from components import whole_models

    whole_models.install()
    if sys.argv[1:2] == ["train"]:
        # It ends before its garbage counts, and to look through all of Rasa for it, each time that
        # the examples have grown by a quarter, is a tenth of a training.
        gc.set_threshold(*gc.get_threshold()[:2], _NO_FULL_COLLECTION)
    rasa()


if __name__ == "__main__":
    main()
