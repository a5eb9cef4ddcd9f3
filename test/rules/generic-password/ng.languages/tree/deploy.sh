mysql -u app --password={{password:5}} shop
