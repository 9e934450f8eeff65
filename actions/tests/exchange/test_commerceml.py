"""How much memory a catalogue of 1C's takes to be read."""

import subprocess
import sys
from pathlib import Path

from tests.peers.onec import Item, import_xml

#: Reads two files and prints how much more memory the second one took at its peak, in KiB.
_READER = """
import resource, sys
from pathlib import Path
from optfm.exchange import commerceml
peaks, counts = [], []
for name in sys.argv[1:]:
    counts.append(sum(isinstance(one, commerceml.Good) for one in commerceml.read(Path(name))))
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(*counts, peaks[1] - peaks[0])
"""


def test_ten_times_the_goods_take_no_more_memory(tmp_path: Path):
    """A file is read a good at a time: a hundred thousand of them fit where a thousand do."""
    files = []
    for count in (2_000, 40_000):
        items = [
            Item(id=f"id-{n}", code=f"УТ-{n:08}", name=f"Дисплей {n}", price=1000 + n, group="g2")
            for n in range(count)
        ]
        files.append(tmp_path / f"{count}.xml")
        files[-1].write_bytes(import_xml(items))
    said = subprocess.run(
        [sys.executable, "-c", _READER, *map(str, files)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    small, large, more_kib = map(int, said)
    assert (small, large) == (2_000, 40_000)
    assert files[1].stat().st_size > 10 * 2**20
    assert more_kib < 8 * 1024
