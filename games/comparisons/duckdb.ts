/** A private in-memory database. */
export interface Database {
  /** Rows of a query; counts come as numbers. */
  query(sql: string): Promise<unknown[][]>;
  /** Visits the rows of a query of three columns of numbers, a chunk at a time. */
  stream(sql: string, visit: (first: number, second: number, third: number) => void): Promise<void>;
  close(): void;
}

/** Opens DuckDB; the only place that imports it. One thread, so that rows keep their order; it never reaches for the network. */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const settings = { threads: '1', autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  return {
    async query(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowsJS().map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
    },
    async stream(sql, visit) {
      const result = await connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        const [first, second, third] = [0, 1, 2].map((column) => chunk.getColumnValues(column));
        for (let row = 0; row < chunk.rowCount; row++)
          visit(Number(first[row]), Number(second[row]), Number(third[row]));
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path as an SQL literal that stands for this file alone: `*`, `?` and `[` would otherwise match other files. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[[*?]/g, '[$&]'));
}

/** A column name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
