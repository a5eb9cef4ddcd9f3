const token = tokens[0];
const tokenType = 'Bearer';
const primaryKey = 'orders_2024_pk_index_v2';
const digest = 'a3f8c2d9e1b7465f0a3f8c2d9e1b7465';
const apiKey = process.env.API_KEY ?? '';
