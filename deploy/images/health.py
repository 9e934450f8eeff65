"""A container's health check: exit 0 where an address of this container answers 200 within 12 s.

health.py URL            GET
health.py URL WORDS…     each is said to the REST channel at URL, and answered with no apology
"""

import json
import sys
import urllib.request

_PATIENCE_S = 12
_SENDER = "smoke-container"
_APOLOGY = "не получилось ответить"


def main(url: str, *words: str) -> int:
    """Ask, through no proxy.

    :returns: the exit code: 0 healthy, 1 not.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        if not words:
            with opener.open(url, timeout=_PATIENCE_S) as answer:
                return 0 if answer.status == 200 else 1
        for said in words:
            with opener.open(_message(url, said), timeout=_PATIENCE_S) as answer:
                text = " ".join(part.get("text", "") for part in json.load(answer))
            if not text.strip() or _APOLOGY in text:
                print(f"«{said}»: {text or 'no answer'}", file=sys.stderr)
                return 1
    except (OSError, ValueError) as exc:
        print(f"{url}: {exc}", file=sys.stderr)
        return 1
    return 0


def _message(url: str, text: str) -> urllib.request.Request:
    body = json.dumps({"sender": _SENDER, "message": text}).encode()
    return urllib.request.Request(url, body, {"Content-Type": "application/json"})


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
