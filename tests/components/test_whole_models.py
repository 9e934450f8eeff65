"""A model that is being written never stands where a whole one is looked for."""

import tarfile
from pathlib import Path

import pytest
from rasa.engine.graph import GraphModelConfiguration, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType

from components import whole_models

_CONFIGURATION = GraphModelConfiguration(
    train_schema=GraphSchema({}),
    predict_schema=GraphSchema({}),
    training_type=TrainingType.BOTH,
    assistant_id="optfm",
    language="ru",
    core_target=None,
    nlu_target=None,
)


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    """As in a process that trains."""
    monkeypatch.setattr(
        LocalModelStorage, "create_model_package", LocalModelStorage.create_model_package
    )
    whole_models.install()


def package(folder: Path, name: str) -> Path:
    """A model of nothing."""
    (folder / "storage").mkdir(exist_ok=True)
    model = folder / name
    LocalModelStorage(folder / "storage").create_model_package(
        model, _CONFIGURATION, Domain.empty()
    )
    return model


def test_a_model_takes_the_place_of_the_one_before_it(tmp_path: Path):
    """It opens, and nothing is left beside it."""
    (tmp_path / "model.tar.gz").write_bytes(b"the one before")
    model = package(tmp_path, "model.tar.gz")
    with tarfile.open(model) as archive:
        assert "./metadata.json" in archive.getnames() or "metadata.json" in archive.getnames()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["model.tar.gz"]


def test_a_training_that_ends_while_it_writes_leaves_the_model(tmp_path: Path, monkeypatch):
    """Half an archive is nobody's model."""

    def torn(self, path, configuration, domain):
        path.write_bytes(b"half")
        raise OSError("no space left")

    (tmp_path / "model.tar.gz").write_bytes(b"the one before")
    monkeypatch.setattr(whole_models, "_IN_PLACE", torn)
    with pytest.raises(OSError, match="space"):
        package(tmp_path, "model.tar.gz")
    assert (tmp_path / "model.tar.gz").read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["model.tar.gz"]
