// What drizzle-kit reads: it takes the tables of a module from its exports.
module.exports = require('../src/store/schema.ts').sqliteTables;
