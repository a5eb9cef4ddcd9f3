const labels = { password: 'Password', passwordHint: 'At least 12 characters' };
const password = process.env.DB_PASSWORD;
const input = { type: 'password', name: 'newPassword' };
if (password === 'changeme') throw new Error('set a password');
