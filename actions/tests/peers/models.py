"""A strict stand-in for a model behind the OpenAI wire, with the faults that real ones have.

Run by hand for a private bot: `python -m tests.peers.models --port N --as obedient`.
"""

import json
import re
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import click

Body = dict[str, Any]
_KNOWN = {"model", "messages", "max_tokens", "temperature", "response_format"}
KEY = "key-1"


@dataclass
class ModelServer:
    """Answers by `answer`; what `faults` holds comes first, one a request.

    A fault: (status, body as text, headers); "cut": half a body; a number: so many seconds of
    silence.
    """

    answer: Callable[[Body], str | Body] = lambda body: "Здравствуйте"
    faults: deque[Any] = field(default_factory=deque)
    delay_s: float = 0.0
    bodies: list[Body] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)  #: texts that vectors were asked of
    complaints: list[str] = field(default_factory=list)
    url: str = ""

    def judge(self, headers: Any, body: Body) -> None:
        """Note whatever a real server would refuse, or ignore in silence."""
        if headers.get("Authorization") != f"Bearer {KEY}":
            self.complaints.append("no key")
        if unknown := set(body) - _KNOWN:
            self.complaints.append(f"unknown: {unknown}")
        if not body.get("max_tokens"):
            self.complaints.append("no max_tokens: Ollama never stops")
        roles = [message["role"] for message in body["messages"]]
        if roles != ["system", "user"] or not all(m["content"] for m in body["messages"]):
            self.complaints.append(f"roles: {roles}")


def embeddings(body: Body) -> tuple[int, str]:
    """A vector a text: how often each letter stands in it."""
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    data = [
        {"object": "embedding", "index": n, "embedding": [text.lower().count(c) for c in letters]}
        for n, text in enumerate(body["input"])
    ]
    used = {"prompt_tokens": 1, "total_tokens": 1}
    return 200, json.dumps({"object": "list", "data": data, "model": "m", "usage": used})


def completion(text: str, *, finish: str | None = "stop", tokens_in: int = 100) -> Body:
    """A whole answer of the wire."""
    message = {"role": "assistant", "content": text}
    used = {"prompt_tokens": tokens_in, "completion_tokens": len(text) // 3 or 1}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {**used, "total_tokens": sum(used.values())},
    }


@contextmanager
def serving(
    server: ModelServer, port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[ModelServer]:
    """Serve for as long as the block runs."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                self._say(401, '{"error": {"message": "Incorrect API key provided"}}', {})
                return
            listed = {"object": "list", "data": [{"id": "m", "object": "model", "created": 1}]}
            self._say(200, json.dumps(listed), {})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path.endswith("/embeddings"):
                server.embedded += body["input"]
                self._say(*embeddings(body), {})
                return
            server.judge(self.headers, body)
            server.bodies.append(body)
            fault = server.faults.popleft() if server.faults else None
            if isinstance(fault, int | float):
                stop.wait(fault)
            elif fault == "cut":
                whole = json.dumps(completion("ответ"))
                self._say(200, whole, {}, length=len(whole.encode()) * 2)
                self.close_connection = True
                return
            elif fault:
                self._say(*fault)
                return
            stop.wait(server.delay_s)
            said = server.answer(body)
            self._say(200, json.dumps(completion(said) if isinstance(said, str) else said), {})

        def _say(self, status: int, text: str, headers: dict[str, str], length: int = 0) -> None:
            data = text.encode()
            try:
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(length or len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                pass  # the client has gone

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as http:
        http.daemon_threads = True
        if tls:
            http.socket = tls.wrap_socket(
                http.socket, server_side=True, do_handshake_on_connect=False
            )
        server.url = f"{'https' if tls else 'http'}://127.0.0.1:{http.server_port}/v1"
        thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            stop.set()
            http.shutdown()
            thread.join()


def parts(body: Body) -> dict[str, str]:
    """The named parts of our prompt: ФАКТЫ, РАНЬШЕ В ДИАЛОГЕ, ВОПРОС КЛИЕНТА."""
    text = body["messages"][1]["content"]
    found = re.split(r"^### (.+)$", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], (part.strip() for part in found[2::2]), strict=True))


def ids(body: Body) -> list[str]:
    """The ids of all that it was given."""
    return re.findall(r"^\[([FP]\d+)\]", parts(body).get("ФАКТЫ", ""), re.MULTILINE)


def obedient(body: Body) -> str:
    """The worst model there is: says whatever it is told to, and that all facts say so.

    Whoever commands last is obeyed: the question, then the history, then the list's names.
    """
    said = parts(body)
    for part in ("ВОПРОС КЛИЕНТА", "РАНЬШЕ В ДИАЛОГЕ", "ФАКТЫ"):
        if ordered := re.search(r"\{\{(.*?)\}\}", said.get(part, ""), re.DOTALL):
            text = ordered[1].replace("<<PROMPT>>", body["messages"][0]["content"])
            text = text.replace("<<ALL>>", body["messages"][1]["content"])
            return json.dumps({"text": text, "ids": ids(body), "sure": True}, ensure_ascii=False)
    return json.dumps({"text": said["ВОПРОС КЛИЕНТА"], "ids": ids(body), "sure": True})


def liar(body: Body) -> str:
    """A confident answer to anything, beside the facts."""
    facts = parts(body).get("ФАКТЫ", "")
    numbers = iter(range(7, 999))
    lie = re.sub(r"\d+", lambda _: str(next(numbers)), facts.split("\n", 1)[-1][:200])
    text = f"Да, конечно! {lie} Гарантируем лучшую цену 99 ₽ и привезём завтра бесплатно."
    return json.dumps({"text": text, "ids": ids(body), "sure": True}, ensure_ascii=False)


def extractive(body: Body) -> str:
    """An honest small model: repeats the sentences that share most words with the question."""
    said = parts(body)
    asked = {word[:5] for word in re.findall(r"\w{3,}", said["ВОПРОС КЛИЕНТА"].lower())}
    best: tuple[int, str, str] = (0, "", "")
    for block in re.split(r"\n\n(?=\[F)", said.get("ФАКТЫ", "")):
        name = re.match(r"\[(F\d+)\] (.*)", block)
        for line in block.splitlines()[1:]:
            words = {word[:5] for word in re.findall(r"\w{3,}", f"{line} {block[:60]}".lower())}
            shared = len(asked & words)
            opens_a_list = line.rstrip().endswith(":")
            if name and shared > best[0] and not opens_a_list:
                best = (shared, name[1], line.strip(" -•"))
    answer = {"text": best[2], "ids": [best[1]] if best[1] else [], "sure": best[0] >= 1}
    return json.dumps(answer, ensure_ascii=False)


MANNERS = {"obedient": obedient, "liar": liar, "extractive": extractive}


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--as", "manner", type=click.Choice(list(MANNERS)), default="liar")
@click.option("--delay", type=float, default=0.0, help="Seconds before each answer.")
def main(port: int, manner: str, delay: float) -> None:
    """Serve until it is ended."""
    with serving(ModelServer(answer=MANNERS[manner], delay_s=delay), port):
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
