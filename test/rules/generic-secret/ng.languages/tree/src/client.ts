const client = new Client({ apiKey: '{{random-token}}', secret: '{{random-hex}}' });
