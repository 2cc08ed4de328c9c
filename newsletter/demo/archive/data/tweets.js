window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2039617512928182272"
          ],
          "editableUntil": "2026-04-02T09:14:44.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "67"
      ],
      "favorite_count": "31",
      "id_str": "2039617512928182272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2039617512928182272",
      "created_at": "Thu Apr 02 08:14:44 +0000 2026",
      "favorited": false,
      "full_text": "Report back, please. I collect these the way others collect stamps.",
      "lang": "en",
      "in_reply_to_status_id_str": "2039617340961718272",
      "in_reply_to_status_id": "2039617340961718272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2039617340961718272"
          ],
          "editableUntil": "2026-04-02T09:14:03.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "141"
      ],
      "favorite_count": "97",
      "id_str": "2039617340961718272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2039617340961718272",
      "created_at": "Thu Apr 02 08:14:03 +0000 2026",
      "favorited": false,
      "full_text": "3. Ask the newest person\n\nShow them one alert. If they cannot say in a sentence what it wants from them, it is not a signal. It is weather 🌫️",
      "lang": "en",
      "in_reply_to_status_id_str": "2039617168995254272",
      "in_reply_to_status_id": "2039617168995254272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2039617168995254272"
          ],
          "editableUntil": "2026-04-02T09:13:22.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "123"
      ],
      "favorite_count": "58",
      "id_str": "2039617168995254272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2039617168995254272",
      "created_at": "Thu Apr 02 08:13:22 +0000 2026",
      "favorited": false,
      "full_text": "2. Read the log aloud\n\nTen minutes, last week’s lines, no comments. You will hear what is missing: usually the word “told”.",
      "lang": "en",
      "in_reply_to_status_id_str": "2039616997028790272",
      "in_reply_to_status_id": "2039616997028790272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2039616997028790272"
          ],
          "editableUntil": "2026-04-02T09:12:41.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "127"
      ],
      "favorite_count": "60",
      "id_str": "2039616997028790272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2039616997028790272",
      "created_at": "Thu Apr 02 08:12:41 +0000 2026",
      "favorited": false,
      "full_text": "1. Fail at noon\n\nSwitch one thing off, in daylight, with everybody watching. Write down the minute it was noticed, and by whom.",
      "lang": "en",
      "in_reply_to_status_id_str": "2039616825062326272",
      "in_reply_to_status_id": "2039616825062326272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2039616825062326272"
          ],
          "editableUntil": "2026-04-02T09:12:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "88"
      ],
      "favorite_count": "188",
      "id_str": "2039616825062326272",
      "truncated": false,
      "retweet_count": "29",
      "id": "2039616825062326272",
      "created_at": "Thu Apr 02 08:12:00 +0000 2026",
      "favorited": false,
      "full_text": "Three drills from the logbooks that you can run on Monday. None takes more than an hour.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2035646413009846272"
          ],
          "editableUntil": "2026-03-22T10:15:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "211"
      ],
      "favorite_count": "502",
      "id_str": "2035646413009846272",
      "truncated": false,
      "retweet_count": "120",
      "id": "2035646413009846272",
      "created_at": "Sun Mar 22 09:15:00 +0000 2026",
      "favorited": false,
      "full_text": "An afterthought, three days on. A reader asks what happened on the night of the one big wreck. The page says: “Light good. Sea high. Rocket seen NW 2.10, lifeboat told 2.12, all saved 5.40. Tested lamp at noon.”",
      "lang": "en",
      "in_reply_to_status_id_str": "2034542405088182272",
      "in_reply_to_status_id": "2034542405088182272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2034542405088182272"
          ],
          "editableUntil": "2026-03-19T09:08:04.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "205"
      ],
      "favorite_count": "240",
      "id_str": "2034542405088182272",
      "truncated": false,
      "retweet_count": "44",
      "id": "2034542405088182272",
      "created_at": "Thu Mar 19 08:08:04 +0000 2026",
      "favorited": false,
      "full_text": "A board that is always green teaches people not to look. So give the quiet a shape: one line, once a shift, written by whoever was there. It takes a minute. It is also the only alert nobody has ever muted.",
      "lang": "en",
      "in_reply_to_status_id_str": "2034542195372982272",
      "in_reply_to_status_id": "2034542195372982272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "edit": {
          "initialTweetId": "2034540685423542272",
          "editControlInitial": {
            "editTweetIds": [
              "2034540685423542272",
              "2034542195372982272"
            ],
            "editableUntil": "2026-03-19T09:01:14.000Z",
            "editsRemaining": "4",
            "isEditEligible": true
          }
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "lighthouse",
            "indices": [
              "126",
              "137"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": [],
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2034542195372982272/photo/1",
            "indices": [
              "138",
              "161"
            ],
            "url": "https://t.co/Wb5gZ1kSa6",
            "media_url": "http://pbs.twimg.com/media/HDy2bLensAAc7Tq.jpg",
            "id_str": "2034542195372982275",
            "id": "2034542195372982275",
            "media_url_https": "https://pbs.twimg.com/media/HDy2bLensAAc7Tq.jpg",
            "sizes": {
              "large": {
                "w": "1600",
                "h": "900",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "photo",
            "display_url": "pic.twitter.com/Wb5gZ1kSa6"
          }
        ]
      },
      "display_text_range": [
        "0",
        "161"
      ],
      "favorite_count": "164",
      "id_str": "2034542195372982272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2034542195372982272",
      "created_at": "Thu Mar 19 08:07:14 +0000 2026",
      "favorited": false,
      "full_text": "On quiet nights they cleaned the lens. Two hundred and forty prisms, one chamois cloth, spirit of wine, and never in circles. #lighthouse https://t.co/Wb5gZ1kSa6",
      "lang": "en",
      "possibly_sensitive": false,
      "in_reply_to_status_id_str": "2034540513457078272",
      "in_reply_to_status_id": "2034540513457078272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei",
      "extended_entities": {
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2034542195372982272/photo/1",
            "indices": [
              "138",
              "161"
            ],
            "url": "https://t.co/Wb5gZ1kSa6",
            "media_url": "http://pbs.twimg.com/media/HDy2bLensAAc7Tq.jpg",
            "id_str": "2034542195372982275",
            "id": "2034542195372982275",
            "media_url_https": "https://pbs.twimg.com/media/HDy2bLensAAc7Tq.jpg",
            "sizes": {
              "large": {
                "w": "1600",
                "h": "900",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "photo",
            "display_url": "pic.twitter.com/Wb5gZ1kSa6"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2034540685423542272",
            "2034542195372982272"
          ],
          "editableUntil": "2026-03-19T09:01:14.000Z",
          "editsRemaining": "4",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "lighthouse",
            "indices": [
              "116",
              "127"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "127"
      ],
      "favorite_count": "12",
      "id_str": "2034540685423542272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2034540685423542272",
      "created_at": "Thu Mar 19 08:01:14 +0000 2026",
      "favorited": false,
      "full_text": "On quiet nights they cleaned the lens. Twenty-four prisms, one chamois cloth, spirit of wine, and never in circles. #lighthouse",
      "lang": "en",
      "in_reply_to_status_id_str": "2034540513457078272",
      "in_reply_to_status_id": "2034540513457078272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2034540513457078272"
          ],
          "editableUntil": "2026-03-19T09:00:33.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/Nc8dX3rVq7",
            "expanded_url": "https://twitter.com/miraosei/status/2032014091219894272",
            "display_url": "twitter.com/miraosei/statu…",
            "indices": [
              "147",
              "170"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "170"
      ],
      "favorite_count": "98",
      "id_str": "2034540513457078272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2034540513457078272",
      "created_at": "Thu Mar 19 08:00:33 +0000 2026",
      "favorited": false,
      "full_text": "The three columns matter most when nothing happens. An empty “done” next to a full “seen” is not laziness. It is a decision, with a name under it: https://t.co/Nc8dX3rVq7",
      "lang": "en",
      "possibly_sensitive": false,
      "in_reply_to_status_id_str": "2034540341490614272",
      "in_reply_to_status_id": "2034540341490614272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2034540341490614272"
          ],
          "editableUntil": "2026-03-19T08:59:52.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/Gf6sJ5uEo0",
            "expanded_url": "https://video.example/watch/tern-rock-restored",
            "display_url": "video.example/watch/tern-roc…",
            "indices": [
              "141",
              "164"
            ]
          }
        ],
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2034540341490614272/video/1",
            "indices": [
              "165",
              "188"
            ],
            "url": "https://t.co/Ya2pL9tMi4",
            "media_url": "http://pbs.twimg.com/ext_tw_video_thumb/2034540341490614275/pu/img/Kq3vT9lampTurnA1.jpg",
            "id_str": "2034540341490614275",
            "id": "2034540341490614275",
            "media_url_https": "https://pbs.twimg.com/ext_tw_video_thumb/2034540341490614275/pu/img/Kq3vT9lampTurnA1.jpg",
            "sizes": {
              "large": {
                "w": "640",
                "h": "360",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "photo",
            "display_url": "pic.twitter.com/Ya2pL9tMi4"
          }
        ]
      },
      "display_text_range": [
        "0",
        "188"
      ],
      "favorite_count": "176",
      "id_str": "2034540341490614272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2034540341490614272",
      "created_at": "Thu Mar 19 07:59:52 +0000 2026",
      "favorited": false,
      "full_text": "This is the lamp at Tern Rock, restored. One turn in six seconds, and it has not missed one since Easter. The whole film of the restoration: https://t.co/Gf6sJ5uEo0 https://t.co/Ya2pL9tMi4",
      "lang": "en",
      "possibly_sensitive": false,
      "in_reply_to_status_id_str": "2034540169524150272",
      "in_reply_to_status_id": "2034540169524150272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei",
      "extended_entities": {
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2034540341490614272/video/1",
            "indices": [
              "165",
              "188"
            ],
            "url": "https://t.co/Ya2pL9tMi4",
            "media_url": "http://pbs.twimg.com/ext_tw_video_thumb/2034540341490614275/pu/img/Kq3vT9lampTurnA1.jpg",
            "id_str": "2034540341490614275",
            "id": "2034540341490614275",
            "media_url_https": "https://pbs.twimg.com/ext_tw_video_thumb/2034540341490614275/pu/img/Kq3vT9lampTurnA1.jpg",
            "sizes": {
              "large": {
                "w": "640",
                "h": "360",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "video",
            "display_url": "pic.twitter.com/Ya2pL9tMi4",
            "video_info": {
              "aspect_ratio": [
                "16",
                "9"
              ],
              "duration_millis": "3000",
              "variants": [
                {
                  "content_type": "application/x-mpegURL",
                  "url": "https://video.twimg.com/ext_tw_video/2034540341490614275/pu/pl/Kq3vT9lampTurnA1.m3u8?tag=12"
                },
                {
                  "bitrate": "256000",
                  "content_type": "video/mp4",
                  "url": "https://video.twimg.com/ext_tw_video/2034540341490614275/pu/vid/avc1/480x270/1AnruTpmal9Tv3qK.mp4?tag=12"
                },
                {
                  "bitrate": "832000",
                  "content_type": "video/mp4",
                  "url": "https://video.twimg.com/ext_tw_video/2034540341490614275/pu/vid/avc1/640x360/Kq3vT9lampTurnA1.mp4?tag=12"
                }
              ]
            }
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2034540169524150272"
          ],
          "editableUntil": "2026-03-19T08:59:11.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "271"
      ],
      "favorite_count": "289",
      "id_str": "2034540169524150272",
      "truncated": false,
      "retweet_count": "37",
      "id": "2034540169524150272",
      "created_at": "Thu Mar 19 07:59:11 +0000 2026",
      "favorited": false,
      "full_text": "“Light good. Sea slight.” Four words, and there are four hundred pages of them. I skipped them at first, as one does: I was after the storms.\n\nThen I noticed what they are. Each of those lines says that somebody stood up, climbed ninety-one steps, looked, and found what…",
      "lang": "en",
      "in_reply_to_status_id_str": "2034539997557686272",
      "in_reply_to_status_id": "2034539997557686272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2034539997557686272"
          ],
          "editableUntil": "2026-03-19T08:58:30.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "135"
      ],
      "favorite_count": "334",
      "id_str": "2034539997557686272",
      "truncated": false,
      "retweet_count": "52",
      "id": "2034539997557686272",
      "created_at": "Thu Mar 19 07:58:30 +0000 2026",
      "favorited": false,
      "full_text": "Most nights, nothing happened. The keepers wrote that down, too.\n\nA thread about the quiet hours, and why they are part of the system 👇",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2033171895284662272"
          ],
          "editableUntil": "2026-03-15T14:22:09.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "122"
      ],
      "favorite_count": "611",
      "id_str": "2033171895284662272",
      "truncated": false,
      "retweet_count": "88",
      "id": "2033171895284662272",
      "created_at": "Sun Mar 15 13:22:09 +0000 2026",
      "favorited": false,
      "full_text": "Today’s find: a keeper at Tern Rock who complained about the same gull for eleven years. He named it after the inspector 😄",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032865757230006272"
          ],
          "editableUntil": "2026-03-14T18:05:40.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [
          {
            "name": "Harbour Archive",
            "screen_name": "harbour_archive",
            "indices": [
              "0",
              "16"
            ],
            "id_str": "1387654321098764290",
            "id": "1387654321098764290"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "63"
      ],
      "favorite_count": "4",
      "id_str": "2032865757230006272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2032865757230006272",
      "created_at": "Sat Mar 14 17:05:40 +0000 2026",
      "favorited": false,
      "full_text": "@harbour_archive See you on Sunday. I still owe you a pencil ✏️",
      "lang": "en",
      "in_reply_to_status_id_str": "2032861814584246272",
      "in_reply_to_status_id": "2032861814584246272",
      "in_reply_to_user_id": "1387654321098764290",
      "in_reply_to_user_id_str": "1387654321098764290",
      "in_reply_to_screen_name": "harbour_archive"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032864880620470272"
          ],
          "editableUntil": "2026-03-14T18:02:11.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [
          {
            "name": "Harbour Archive",
            "screen_name": "harbour_archive",
            "indices": [
              "3",
              "19"
            ],
            "id_str": "1387654321098764290",
            "id": "1387654321098764290"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "143"
      ],
      "favorite_count": "0",
      "id_str": "2032864880620470272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2032864880620470272",
      "created_at": "Sat Mar 14 17:02:11 +0000 2026",
      "favorited": false,
      "full_text": "RT @harbour_archive: The reading room is open on Sundays again, and yes, the kettle is on. Bring your own pencil: ink stays at the door, as it…",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032014951052214272"
          ],
          "editableUntil": "2026-03-12T09:44:52.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [
          {
            "name": "Harbour Archive",
            "screen_name": "harbour_archive",
            "indices": [
              "140",
              "156"
            ],
            "id_str": "1387654321098764290",
            "id": "1387654321098764290"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "195"
      ],
      "favorite_count": "203",
      "id_str": "2032014951052214272",
      "truncated": false,
      "retweet_count": "31",
      "id": "2032014951052214272",
      "created_at": "Thu Mar 12 08:44:52 +0000 2026",
      "favorited": false,
      "full_text": "Three things I would take from them:\n\n1. One signal means one thing\n2. Write what was seen before what you think\n3. Test at noon\n\nThanks to @harbour_archive for the tea and the white gloves ☕ 8/8",
      "lang": "en",
      "in_reply_to_status_id_str": "2032014779085750272",
      "in_reply_to_status_id": "2032014779085750272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032014779085750272"
          ],
          "editableUntil": "2026-03-12T09:44:11.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/Rv1nB8yHk3",
            "expanded_url": "https://harbour-archive.example/guides/reading-the-logs?from=thread&lang=en",
            "display_url": "harbour-archive.example/guides/reading…",
            "indices": [
              "181",
              "204"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "208"
      ],
      "favorite_count": "92",
      "id_str": "2032014779085750272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2032014779085750272",
      "created_at": "Thu Mar 12 08:44:11 +0000 2026",
      "favorited": false,
      "full_text": "And when two keepers disagreed about a signal, nobody argued in the dark: treat it as real, write it down, settle it in daylight.\n\nThe archive keeps a guide to reading these books: https://t.co/Rv1nB8yHk3 7/8",
      "lang": "en",
      "possibly_sensitive": false,
      "in_reply_to_status_id_str": "2032014607119286272",
      "in_reply_to_status_id": "2032014607119286272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032014607119286272"
          ],
          "editableUntil": "2026-03-12T09:43:30.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "99"
      ],
      "favorite_count": "155",
      "id_str": "2032014607119286272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2032014607119286272",
      "created_at": "Thu Mar 12 08:43:30 +0000 2026",
      "favorited": false,
      "full_text": "tested at all. We find out at 3 a.m., while the one person who knows the runbook is on a train. 6/8",
      "lang": "en",
      "in_reply_to_status_id_str": "2032014435152822272",
      "in_reply_to_status_id": "2032014435152822272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032014435152822272"
          ],
          "editableUntil": "2026-03-12T09:42:49.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "153"
      ],
      "favorite_count": "140",
      "id_str": "2032014435152822272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2032014435152822272",
      "created_at": "Thu Mar 12 08:42:49 +0000 2026",
      "favorited": false,
      "full_text": "The lamp was tested at noon, in daylight, when failing cost nothing. Every day, for a hundred and twelve years. Most of our failovers have never been 5/8",
      "lang": "en",
      "in_reply_to_status_id_str": "2032014263186358272",
      "in_reply_to_status_id": "2032014263186358272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032014263186358272"
          ],
          "editableUntil": "2026-03-12T09:42:08.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "191"
      ],
      "favorite_count": "87",
      "id_str": "2032014263186358272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2032014263186358272",
      "created_at": "Thu Mar 12 08:42:08 +0000 2026",
      "favorited": false,
      "full_text": "Fog was the exception, and its rule still fits on a card: if you lose the far buoy for &lt;60 seconds, wait &amp; look again. If it stays lost, start the horn &amp; write down the minute. 4/8",
      "lang": "en",
      "in_reply_to_status_id_str": "2032014091219894272",
      "in_reply_to_status_id": "2032014091219894272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032014091219894272"
          ],
          "editableUntil": "2026-03-12T09:41:27.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [],
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2032014091219894272/photo/1",
            "indices": [
              "144",
              "167"
            ],
            "url": "https://t.co/Qz7mT2xWd9",
            "media_url": "http://pbs.twimg.com/media/HDa8mNcWgAMp2Lz.jpg",
            "id_str": "2032014091219894275",
            "id": "2032014091219894275",
            "media_url_https": "https://pbs.twimg.com/media/HDa8mNcWgAMp2Lz.jpg",
            "sizes": {
              "large": {
                "w": "1600",
                "h": "900",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "photo",
            "display_url": "pic.twitter.com/Qz7mT2xWd9"
          }
        ]
      },
      "display_text_range": [
        "0",
        "167"
      ],
      "favorite_count": "268",
      "id_str": "2032014091219894272",
      "truncated": false,
      "retweet_count": "40",
      "id": "2032014091219894272",
      "created_at": "Thu Mar 12 08:41:27 +0000 2026",
      "favorited": false,
      "full_text": "The log had three columns, and only three:\n\n• what was seen\n• what was done\n• who was told\n\nNo column for how it felt. No column for blame. 3/8 https://t.co/Qz7mT2xWd9",
      "lang": "en",
      "possibly_sensitive": false,
      "in_reply_to_status_id_str": "2032013919253430272",
      "in_reply_to_status_id": "2032013919253430272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei",
      "extended_entities": {
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2032014091219894272/photo/1",
            "indices": [
              "144",
              "167"
            ],
            "url": "https://t.co/Qz7mT2xWd9",
            "media_url": "http://pbs.twimg.com/media/HDa8mNcWgAMp2Lz.jpg",
            "id_str": "2032014091219894275",
            "id": "2032014091219894275",
            "media_url_https": "https://pbs.twimg.com/media/HDa8mNcWgAMp2Lz.jpg",
            "sizes": {
              "large": {
                "w": "1600",
                "h": "900",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "photo",
            "display_url": "pic.twitter.com/Qz7mT2xWd9"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032013919253430272"
          ],
          "editableUntil": "2026-03-12T09:40:46.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [],
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2032013919253430272/photo/1",
            "indices": [
              "156",
              "179"
            ],
            "url": "https://t.co/Lh4Kp0aB1c",
            "media_url": "http://pbs.twimg.com/media/HDa7rTbXsAA4kQe.jpg",
            "id_str": "2032013919253430275",
            "id": "2032013919253430275",
            "media_url_https": "https://pbs.twimg.com/media/HDa7rTbXsAA4kQe.jpg",
            "sizes": {
              "large": {
                "w": "1600",
                "h": "900",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "photo",
            "display_url": "pic.twitter.com/Lh4Kp0aB1c"
          }
        ]
      },
      "display_text_range": [
        "0",
        "179"
      ],
      "favorite_count": "131",
      "id_str": "2032013919253430272",
      "truncated": false,
      "retweet_count": "0",
      "id": "2032013919253430272",
      "created_at": "Thu Mar 12 08:40:46 +0000 2026",
      "favorited": false,
      "full_text": "Every light has its own rhythm, printed on the chart. Three flashes, then ten seconds of dark. A captain did not have to interpret it. He looked it up. 2/8 https://t.co/Lh4Kp0aB1c",
      "lang": "en",
      "possibly_sensitive": false,
      "in_reply_to_status_id_str": "2032013747286966272",
      "in_reply_to_status_id": "2032013747286966272",
      "in_reply_to_user_id": "1498765432100864001",
      "in_reply_to_user_id_str": "1498765432100864001",
      "in_reply_to_screen_name": "miraosei",
      "extended_entities": {
        "media": [
          {
            "expanded_url": "https://twitter.com/miraosei/status/2032013919253430272/photo/1",
            "indices": [
              "156",
              "179"
            ],
            "url": "https://t.co/Lh4Kp0aB1c",
            "media_url": "http://pbs.twimg.com/media/HDa7rTbXsAA4kQe.jpg",
            "id_str": "2032013919253430275",
            "id": "2032013919253430275",
            "media_url_https": "https://pbs.twimg.com/media/HDa7rTbXsAA4kQe.jpg",
            "sizes": {
              "large": {
                "w": "1600",
                "h": "900",
                "resize": "fit"
              },
              "thumb": {
                "w": "150",
                "h": "150",
                "resize": "crop"
              }
            },
            "type": "photo",
            "display_url": "pic.twitter.com/Lh4Kp0aB1c"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2032013747286966272"
          ],
          "editableUntil": "2026-03-12T09:40:05.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "222"
      ],
      "favorite_count": "412",
      "id_str": "2032013747286966272",
      "truncated": false,
      "retweet_count": "96",
      "id": "2032013747286966272",
      "created_at": "Thu Mar 12 08:40:05 +0000 2026",
      "favorited": false,
      "full_text": "A lighthouse has one job: say the same thing, every night, in a way nobody can mistake for anything else.\n\nI spent the autumn reading forty keepers’ logbooks. They had solved most of what we get wrong about alerting. 🧵 1/8",
      "lang": "en"
    }
  }
]
