"""How long ago each background loop of this process went round."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from common import loops


class LoopAges(Collector):
    """Read at each scrape."""

    def collect(self) -> Iterator[Metric]:
        """The age of each, and whether that is too old."""
        age = GaugeMetricFamily(
            "optfm_loop_age_seconds", "Since a background loop last went round.", labels=["loop"]
        )
        late = GaugeMetricFamily(
            "optfm_loop_late", "Whether a background loop hangs or is no more.", labels=["loop"]
        )
        for one in loops.running():
            age.add_metric([one.name], one.age_s)
            late.add_metric([one.name], float(one.late))
        yield age
        yield late
