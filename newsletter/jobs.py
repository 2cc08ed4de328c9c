"""What the RQ workers run.

The database says what is to be done; RQ only wakes a worker to do it. So a job
takes ids, is safe to run twice, and may be lost: the minute's sweep finds its
rows again. A rule about newsletters belongs one layer down.
"""

from __future__ import annotations

from django_rq import job

from newsletter import subscribing
from newsletter.models import Subscription


@job("mail")
def send_confirmation(subscription_id: int) -> None:
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription:
        subscribing.send_confirmation(subscription)
