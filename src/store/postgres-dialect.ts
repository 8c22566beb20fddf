import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Dialect } from './dialect.ts';
import { storable, storableValue } from './storable.ts';

/** Compared byte by byte, as SQLite does: no locale decides what comes first or what is equal. */
const text = customType<{ data: string; driverData: string }>({
  dataType: () => 'text collate "C"',
  toDriver: storable,
});

const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(storableValue(value)),
});

/**
 * The same column kinds on Postgres, typed as those of SQLite: the query code is written against
 * one of them and runs on both (DESIGN §6).
 */
export const postgresDialect = {
  table: pgTable,
  index,
  uniqueIndex,
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  bigint: (name: string) => bigint(name, { mode: 'number' }),
  boolean: (name: string) => boolean(name),
  instant: (name: string) => timestamp(name, { withTimezone: true, precision: 3 }),
  json: (name: string) => json(name),
} satisfies Record<keyof Dialect, unknown> as unknown as Dialect;
