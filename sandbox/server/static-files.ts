import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Serves the page: the file if there is one, `index.html` for any other address. */
export async function serveFile(
  pathname: string,
  response: ServerResponse,
  folder: string | undefined,
): Promise<void> {
  const file = folder && (await findFile(folder, pathname));
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('There is no page here.');
    return;
  }
  const type = types[extname(file.path)] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(file.content);
}

async function findFile(folder: string, pathname: string) {
  const wanted = normalize(join(folder, decodePath(pathname)));
  const isInside = wanted.startsWith(normalize(folder + sep));
  const index = join(folder, 'index.html');
  return (isInside ? await read(wanted) : undefined) ?? (await read(index));
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '/';
  }
}

async function read(path: string) {
  try {
    return { path, content: await readFile(path) };
  } catch {
    return undefined;
  }
}
