"""What runs when. Each minute the rows whose wake-up call was lost are found again."""

from __future__ import annotations

from rq import cron

from newsletter.jobs import sweep as sweep_newsletters
from threads.jobs import sweep as sweep_imports

EVERY_MINUTE = 60

for sweep, queue in ((sweep_newsletters, "mail"), (sweep_imports, "default")):
    # One that waited for a minute is followed by the next, which does the same.
    cron.register(sweep, queue, interval=EVERY_MINUTE, ttl=EVERY_MINUTE, result_ttl=EVERY_MINUTE)
