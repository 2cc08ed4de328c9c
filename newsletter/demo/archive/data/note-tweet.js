window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "2034540169440264192",
      "updatedAt": "2026-03-19T07:59:11.000Z",
      "lifecycle": {
        "value": "3",
        "name": "Tweeted",
        "originalName": "Tweeted",
        "annotations": {}
      },
      "createdAt": "2026-03-19T07:59:11.000Z",
      "core": {
        "styletags": [
          {
            "fromIndex": "362",
            "toIndex": "387",
            "styleTypes": [
              {
                "value": "2",
                "name": "Italic",
                "originalName": "Italic",
                "annotations": {}
              }
            ]
          },
          {
            "fromIndex": "665",
            "toIndex": "716",
            "styleTypes": [
              {
                "value": "1",
                "name": "Bold",
                "originalName": "Bold",
                "annotations": {}
              }
            ]
          }
        ],
        "urls": [],
        "text": "“Light good. Sea slight.” Four words, and there are four hundred pages of them. I skipped them at first, as one does: I was after the storms.\n\nThen I noticed what they are. Each of those lines says that somebody stood up, climbed ninety-one steps, looked, and found what he expected to find. A dark night with a line in the book and a dark night without one are two very different nights.\n\nWe have a word for that, heartbeat, and we let machines do it for machines. But the line in the book was written for people: for the relief who rows over on Friday and asks what the week was like, and for the inspector who asks in ten years. Silence on its own says nothing. Silence that somebody signed is part of the signal.",
        "mentions": [],
        "cashtags": [],
        "hashtags": []
      }
    }
  }
]
