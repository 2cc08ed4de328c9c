"""The local mailbox: an SMTP server for people who have none. What it takes stays in a Maildir.

Knows no Django. Each recipient gets a file of their own, on the disk before the sender
is told that it was accepted.
"""

from __future__ import annotations

import asyncio
import mailbox
import os
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST_MAIL = 32 * 1024 * 1024


class Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.maildir = mailbox.Maildir(folder)

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        for recipient in envelope.rcpt_tos:
            self.keep(envelope.mail_from or "", recipient, bytes(envelope.original_content or b""))
        return "250 2.0.0 Kept"

    def keep(self, sender: str, recipient: str, message: bytes) -> None:
        trace = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n"
        self.maildir.add((trace.encode() + message).replace(b"\r\n", b"\n"))
        # The file is on the disk by now; its name is so only with its folder.
        folder = os.open(self.folder / "new", os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


async def serve(folder: Path, port: int) -> None:
    keeper, loop, stop = Keeper(folder), asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)

    def session() -> SMTP:
        return SMTP(
            keeper,
            hostname="localhost",
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            loop=loop,
        )

    server = await loop.create_server(session, "127.0.0.1", port)
    await stop.wait()
    server.close()


def run_mailbox(folder: Path, port: int) -> None:
    asyncio.run(serve(folder, port))
