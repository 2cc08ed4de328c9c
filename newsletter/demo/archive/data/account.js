window.YTD.account.part0 = [
  {
    "account": {
      "createdVia": "web",
      "username": "miraosei",
      "accountId": "1498765432100864001",
      "createdAt": "2022-03-01T09:00:00.000Z",
      "accountDisplayName": "Mira Osei"
    }
  }
]
