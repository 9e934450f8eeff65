"""The ages of a process' background loops, as its /metrics tells them (`common.loops`)."""

import http.client
import re
import urllib.request

_PATIENCE_S = 3
_AGE = re.compile(r'^optfm_loop_age_seconds\{loop="([^"]+)"\} (\S+)$', re.MULTILINE)
_LATE = re.compile(r'^optfm_loop_late\{loop="([^"]+)"\} 1(?:\.0)?$', re.MULTILINE)


def loop_ages(url: str, token: str = "") -> list[tuple[str, float, bool]]:
    """Each loop of the process at `url`: its name, seconds since it went round, whether too many.

    :param token: METRICS_TOKEN; "": this machine needs none.
    :returns: empty where nobody answers.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=_PATIENCE_S) as got:
            text = got.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError):
        return []
    late = set(_LATE.findall(text))
    return [(name, float(age), name in late) for name, age in _AGE.findall(text)]
