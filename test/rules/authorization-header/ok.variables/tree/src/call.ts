const headers = { Authorization: `Bearer ${token}`, authorization: getHeader() };
