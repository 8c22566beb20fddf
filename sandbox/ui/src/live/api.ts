import type { Act, ActResult, SandboxState } from '../../../server/contract.ts';

/** Reads the workspace as one person sees it. Without a person the server picks what it shows. */
export async function fetchState(as: string | null): Promise<SandboxState> {
  const query = as === null ? '' : `?as=${encodeURIComponent(as)}`;
  const response = await fetch(`/control/state${query}`, { cache: 'no-store' });
  if (!response.ok) throw new Error(await reasonOf(response));
  return (await response.json()) as SandboxState;
}

/** Does one thing as one person. A failure of the way there comes back as an error to show. */
export async function sendAct(as: string, act: Act): Promise<ActResult> {
  try {
    const response = await fetch('/control/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as, act }),
    });
    if (response.ok) return (await response.json()) as ActResult;
    return { ok: false, error: await reasonOf(response) };
  } catch {
    return { ok: false, error: 'The sandbox does not answer. Is it still running?' };
  }
}

/** Calls back with every new version; the browser reconnects by itself. */
export function followVersions(onVersion: () => void, onLink: (up: boolean) => void): () => void {
  const source = new EventSource('/control/stream');
  source.onmessage = onVersion;
  source.onopen = () => onLink(true);
  source.onerror = () => onLink(false);
  return () => source.close();
}

async function reasonOf(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  const json = parseObject(text);
  const reason = typeof json?.['error'] === 'string' ? json['error'] : text.slice(0, 200);
  return reason || `The sandbox answered ${response.status}.`;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
