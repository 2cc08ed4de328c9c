"""What an account's profile says now, asked of its platform."""

from __future__ import annotations

from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from threads.http import FetchError, Web
from threads.sources import bluesky, mastodon, x_api
from threads.sources.base import (
    Profile,
    SourceAccount,
    SourceForbiddenError,
    SourceFormatError,
)
from threads.sources.services import Services


def profile_of(account: SourceAccount, web: Web, services: Services) -> Profile:
    """By its page, where a server of Mastodon's tells strangers no more. Raises SourceError."""
    try:
        return told_profile(account, web, services)
    except SourceForbiddenError:
        if account.platform != "mastodon":
            raise
        return profile_page(account, web)


def told_profile(account: SourceAccount, web: Web, services: Services) -> Profile:
    """As the platform's own interface tells it. Raises SourceError."""
    match account.platform:
        case "x":
            return x_api.profile(account, web, services)
        case "bluesky":
            return bluesky.profile(account, web, services)
        case "mastodon":
            token = services.mastodon_token(mastodon.home_of(account))
            return mastodon.profile(account, web, token)
    raise SourceFormatError(f"Nothing can be asked about accounts on {account.platform}.")


def profile_page(account: SourceAccount, web: Web) -> Profile:
    """Its page for everybody, where the server's interface is closed: rel=me and description.

    https://microformats.org/wiki/rel-me
    """
    try:
        answer = web.get(account.url, headers={"Accept": "text/html"})
    except FetchError as error:
        raise SourceForbiddenError(
            f"The profile of @{account.handle} cannot be seen: {error} "
            "Import the archive of the account instead."
        ) from error
    page = LexborHTMLParser(answer.text)
    about = page.css_first('meta[name="description"]')
    links = page.css('a[rel~="me"][href], link[rel~="me"][href]')
    return Profile(
        account,
        bio=(about.attributes.get("content") or "") if about else "",
        links=tuple(_whole(answer.url, link.attributes.get("href") or "") for link in links),
    )


def _whole(page: str, link: str) -> str:
    try:
        return urljoin(page, link)
    except ValueError:  # somebody's profile may link to anything
        return link
