"""What the author publishes, and who reads it."""

from newsletter.models.deliveries import Delivery
from newsletter.models.desk import Outline, Presence
from newsletter.models.excuses import Excuse
from newsletter.models.issues import Issue
from newsletter.models.newsletters import Newsletter
from newsletter.models.pages import LinkedPage
from newsletter.models.posts import Post, PostSource, Revision, SettledChange
from newsletter.models.subscribers import SignUpAttempt, Subscriber, Subscription, Suppression

__all__ = [
    "Delivery",
    "Excuse",
    "Issue",
    "LinkedPage",
    "Newsletter",
    "Outline",
    "Post",
    "PostSource",
    "Presence",
    "Revision",
    "SettledChange",
    "SignUpAttempt",
    "Subscriber",
    "Subscription",
    "Suppression",
]
