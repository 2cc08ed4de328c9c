"""Footnotes that say where something was first said, for what a reader may want to look up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from django.utils.dateformat import format as date_format

from newsletter.expanding.material import Block, Material
from newsletter.expanding.proposal import Kind, Proposal
from newsletter.expanding.questions import has_fact
from newsletter.expanding.sentences import shortened
from threads.models import Status
from threads.text.escaping import literal
from threads.text.links import WEB_ADDRESS, bare_link

MOST = 6
LABEL = re.compile(r"\[\^(\d{1,9})\]")


def footnotes(material: Material) -> Iterator[Proposal]:
    first = max(map(int, LABEL.findall(material.body)), default=0) + 1
    most = MOST - sum(_is_noted(url, material) for url in {s.url for s in _parts(material)})
    wanted = sorted(_worth_a_source(material), key=itemgetter(0), reverse=True)[: max(0, most)]
    in_order = sorted(wanted, key=lambda each: each[1].first)
    for number, (begins, block, status) in enumerate(in_order, first):
        source = _source(status)
        fact = "It states something that can be looked up."
        yield Proposal(
            Kind.FOOTNOTE,
            f"Where “{shortened(block.words, 50)}” was first said",
            "Another thread begins here." if begins else fact,
            block.last,
            f"[^{number}]: {source}, {bare_link(status.url)}",
            f"[^{number}]",
        )


def _worth_a_source(material: Material) -> Iterator[tuple[bool, Block, Status]]:
    """Those first, where asked to choose, with which another thread begins."""
    threads: set[int | None] = set()
    named: set[str] = set()
    for block in material.blocks:
        status = block.status
        if status is None or not _may_have_one(block) or not WEB_ADDRESS.match(status.url):
            continue
        begins = bool(threads) and status.thread_id not in threads
        threads.add(status.thread_id)
        known = status.url in named or _is_noted(status.url, material)
        if not known and (begins or has_fact(block.words)):
            named.add(status.url)
            yield begins, block, status


def _parts(material: Material) -> Iterator[Status]:
    return (block.status for block in material.blocks if block.status)


def _is_noted(url: str, material: Material) -> bool:
    return bare_link(url) in material.body


def _may_have_one(block: Block) -> bool:
    is_picture = "![" in block.markdown
    return block.speaks and not is_picture and not LABEL.search(block.markdown)


def _source(status: Status) -> str:
    name = status.account.name or str(status.account)
    when = date_format(status.posted_at, "j F Y") if status.posted_at else ""
    return ", ".join(filter(None, [literal(name), when]))
