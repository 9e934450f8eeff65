"""A server of a generation, as small as can be: it says at its door whose it is.

little_server.py PORT LABEL    /say is a message, answered by the label; «bad» apologises each time
"""

import asyncio
import signal
import sys

from common.doors import door

port, label = int(sys.argv[1]), sys.argv[2]
counts = {"messages": 0, "apologies": 0}


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One request a connection."""
    path = (await reader.readline()).split()[1]
    if path == b"/say":
        counts["messages"] += 1
        counts["apologies"] += label == "bad"
    told = label
    if path == b"/metrics":
        told = (
            f'optfm_messages_total{{channel="rest",direction="in"}} {counts["messages"]}\n'
            f"optfm_apologies_total {counts['apologies']}\n"
        )
    writer.write(f"HTTP/1.0 200 OK\r\n\r\n{told}".encode())
    await writer.drain()
    writer.close()


async def main() -> None:
    """Serve until SIGTERM."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    if port:
        door().stand_in(loop)
        await asyncio.start_server(answer, "127.0.0.1", port)
    await ended.wait()


asyncio.run(main())
