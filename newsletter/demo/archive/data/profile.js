window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "Reads logbooks so that you need not. Operations, lighthouses, tea.",
        "website": "",
        "location": "Tern Harbour"
      }
    }
  }
]
