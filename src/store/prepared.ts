import type { Tx } from './store.ts';

/**
 * A query that is built once for a connection and then only run, its values given by name as
 * `sql.placeholder`s. drizzle takes about ten times as long to build a small query as SQLite takes
 * to run it, and every command and click needs several. A placeholder's value reaches the driver as
 * it is, so it must be a text or an integer.
 */
export function prepared<Query>(build: (tx: Tx) => Query): (tx: Tx) => Query {
  const known = new WeakMap<Tx, Query>();
  return (tx) => {
    const query = known.get(tx) ?? build(tx);
    known.set(tx, query);
    return query;
  };
}
