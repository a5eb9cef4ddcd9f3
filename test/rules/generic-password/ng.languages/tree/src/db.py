DB_PASSWORD = "{{password:3}}"
