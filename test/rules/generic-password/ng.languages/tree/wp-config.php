define('DB_PASSWORD', '{{password:6}}');
