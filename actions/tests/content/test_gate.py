"""Words that harm what the search must understand are not published."""

import pytest

from common import published
from optfm.content import WrongContent, document
from optfm.content.gate import pass_floors, tried

SLANG = document("actions/optfm/text/vocabulary/slang.yml")


def test_a_harmless_word_passes_and_changes_nothing_else():
    """No committed question is answered otherwise."""
    text = SLANG.in_file() + "\nбрякозявка: [дисплей]\n"
    pass_floors(SLANG, text)
    trial = tried(SLANG, text)
    assert trial.changes == ()
    assert (trial.better, trial.worse, trial.fell) == (0, 0, ())


def test_a_vocabulary_that_reads_well_and_understands_badly_is_refused():
    """Its form is right; the questions that it spoils are named."""
    text = "зарядка: [чехол]\n"
    with pytest.raises(WrongContent, match="нужно"):
        pass_floors(SLANG, text)
    trial = tried(SLANG, text)
    assert trial.worse > 0
    assert all(change.before != change.after for change in trial.changes)
    assert published.text_of(SLANG.name) is None
