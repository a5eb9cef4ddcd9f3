git clone git@git.acme.io:shop.git
git clone https://oauth2:${TOKEN}@git.acme.io/shop.git
curl http://localhost:8080/a@1.2.3
