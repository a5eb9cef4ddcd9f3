curl -H "Authorization: Bearer $TOKEN" https://api.acme.io/
curl -H "Authorization: Bearer <token>" https://api.acme.io/
