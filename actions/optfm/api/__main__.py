"""The API's process: `python -m optfm.api`, on this machine alone unless DESK_HOST says else."""

import logging
import sys

import uvicorn

from optfm.api.app import build
from optfm.api.opening import open_services
from optfm.api.protocol import BoundedHeaders
from optfm.bootstrap import settings
from optfm.worker.error_log import open_error_log

#: Streams of events never end by themselves.
_STOP_S = 3


def main() -> None:
    """Serve until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    own = logging.StreamHandler(sys.stdout)
    own.setFormatter(logging.Formatter("%(message)s"))
    requests_log = logging.getLogger("optfm.api.requests")
    requests_log.addHandler(own)
    requests_log.propagate = False
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold what was asked
    configured = settings()
    open_error_log(configured.optfm_logs)
    with open_services(configured) as services:
        uvicorn.run(
            build(services),
            host=configured.desk_host,
            port=configured.desk_port,
            http=BoundedHeaders,
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=["127.0.0.1", *configured.trusted_proxy_list],
            timeout_graceful_shutdown=_STOP_S,
            limit_concurrency=1_000,
        )


if __name__ == "__main__":
    main()
