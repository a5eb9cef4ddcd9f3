export const url = 'postgres://app:{{password}}@db.acme.io:5432/shop';
