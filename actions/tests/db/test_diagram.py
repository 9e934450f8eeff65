"""The diagram in the docs is the database's."""

from optfm.db.diagram import diagram
from optfm.db.tables import metadata
from optfm.settings import ROOT

DOCUMENT = ROOT / "docs" / "data-model.md"


def test_the_documents_diagram_is_made_from_the_tables():
    """To mend it: `python -m optfm.db.diagram`, between the fences."""
    written = DOCUMENT.read_text(encoding="utf-8").split("```mermaid\n")[1].split("\n```")[0]
    assert written == diagram()


def test_every_table_is_told_of_in_words():
    """A row of the list below the diagram each, and no other."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    told = {line.split("`")[1] for line in lines if line.startswith("| `")}
    assert told == {*metadata.tables, "events"}
