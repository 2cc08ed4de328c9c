"""What the author publishes, and who reads it."""

from newsletter.models.deliveries import Delivery
from newsletter.models.excuses import Excuse
from newsletter.models.issues import Issue
from newsletter.models.newsletters import Newsletter
from newsletter.models.posts import Post, PostSource, Revision, SettledChange
from newsletter.models.subscribers import SignUpAttempt, Subscriber, Subscription, Suppression

__all__ = [
    "Delivery",
    "Excuse",
    "Issue",
    "Newsletter",
    "Post",
    "PostSource",
    "Revision",
    "SettledChange",
    "SignUpAttempt",
    "Subscriber",
    "Subscription",
    "Suppression",
]
