"""A trained model is written whole, or the one before it stays.

Rasa 3.6 writes the archive in place (LocalModelStorage.create_model_package): two starts in one
folder tore it, and a server that cannot open its model answers every message with the apology.
"""

import os
from pathlib import Path

from rasa.engine.graph import GraphModelConfiguration
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain

_IN_PLACE = LocalModelStorage.create_model_package


def install() -> None:
    """Let this process write models so; a second call changes nothing."""
    LocalModelStorage.create_model_package = create_model_package


def create_model_package(
    self: LocalModelStorage,
    model_archive_path: str | Path,
    model_configuration: GraphModelConfiguration,
    domain: Domain,
) -> ModelMetadata:
    """As Rasa's own, by way of a file of this process beside it."""
    path = Path(model_archive_path)
    aside = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        made = _IN_PLACE(self, aside, model_configuration, domain)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return made
