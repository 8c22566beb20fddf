import { openStore, type Store } from '../../src/store/store.ts';

/** A private database in memory with every migration run. */
export function openTestStore(): Store {
  return openStore('file::memory:');
}
