"""What a process counts and what a machine has left, as Prometheus reads it."""

from optfm.monitoring.loops import LoopAges
from optfm.monitoring.machine import Machine
from optfm.monitoring.serving import may_read, serve_metrics

__all__ = ["LoopAges", "Machine", "may_read", "serve_metrics"]
