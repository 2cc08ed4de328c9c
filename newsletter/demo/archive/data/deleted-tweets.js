window.YTD.deleted_tweets.part0 = [
  {
    "tweet": {
      "deleted_at": "2026-04-05T10:00:00.000Z",
      "retweeted": false,
      "source": "",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "38"
      ],
      "favorite_count": "0",
      "id_str": "2040730664432566272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2040730664432566272",
      "created_at": "Sun Apr 05 09:58:00 +0000 2026",
      "favorited": false,
      "full_text": "Typo in the last one. Will post again.",
      "lang": "en"
    }
  }
]
