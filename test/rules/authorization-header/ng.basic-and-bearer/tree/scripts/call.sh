curl -H 'Authorization: Basic {{basic-credentials}}' https://api.acme.io/
curl -H 'Authorization: Bearer {{random-token}}' https://api.acme.io/
