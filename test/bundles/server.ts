import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

export interface Served {
  url: string;
  requests: IncomingMessage[];
  bodies: Buffer[];
  /** Replaced by a test as it goes on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A real server on the loopback interface; `tls` makes it an https one. */
export async function serve(answer: Served['answer'], tls?: ServerOptions): Promise<Served> {
  const served: Served = { url: '', requests: [], bodies: [], answer };
  const handler = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      served.requests.push(request);
      served.bodies.push(Buffer.concat(chunks));
      served.answer(request, response);
    });
  };
  const server: Server = tls ? createSecure(tls, handler) : createPlain(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  served.url = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  return served;
}

/** Answers as a bundle service does: `ETag`, and 304 for who has it already. */
export function bundleService(content: () => { etag: string; body: Buffer }): Served['answer'] {
  return (request, response) => {
    const { etag, body } = content();
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, 'content-type': 'application/gzip' }).end(body);
  };
}
