import type { RecordForm } from '../tree/canonical-record.js';
import type { ArchiveRow } from './columns.js';

/** The values of each column, as they were decoded. */
export type ColumnValues = ReadonlyMap<string, readonly unknown[]>;

const isInteger = (value: unknown): value is bigint => typeof value === 'bigint';
const isText = (value: unknown): value is string => typeof value === 'string';
const isOptionalText = (value: unknown): value is string | null | undefined => value == null || isText(value);
const isInstant = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());
const isForm = (value: unknown): value is RecordForm => value === 'json' || value === 'base64' || value === 'text';

/** Rows over columns. A row is made when it is asked for, so that thousands of them need not be kept beside their columns. */
export class ArchiveRows {
  private readonly index: readonly bigint[];
  private readonly position: readonly bigint[];
  private readonly recordedAt: readonly Date[];
  private readonly stream: readonly string[];
  private readonly revision: readonly bigint[];
  private readonly type: readonly string[];
  private readonly id: readonly string[];
  private readonly metadata: readonly (string | null | undefined)[];
  private readonly data: readonly (string | null | undefined)[];
  private readonly form: readonly RecordForm[];

  /** Throws where a column is too short or holds a value of another kind. */
  constructor(
    columns: ColumnValues,
    readonly length: number,
  ) {
    const column = <Value>(name: string, is: (value: unknown) => value is Value): readonly Value[] => {
      const values = columns.get(name) ?? [];
      if (values.length !== length) {
        throw new Error(`column ${name} holds ${values.length} values instead of ${length}`);
      }
      const odd = values.findIndex((value) => !is(value));
      if (odd >= 0) throw new Error(`column ${name} holds a value of another kind in row ${odd} of the part`);
      return values as readonly Value[];
    };
    this.index = column('index', isInteger);
    this.position = column('position', isInteger);
    this.recordedAt = column('recorded_at', isInstant);
    this.stream = column('stream', isText);
    this.revision = column('revision', isInteger);
    this.type = column('type', isText);
    this.id = column('id', isText);
    this.metadata = column('metadata', isOptionalText);
    this.data = column('data', isOptionalText);
    this.form = column('form', isForm);
  }

  at(place: number): ArchiveRow {
    return {
      index: this.index[place] as bigint,
      position: this.position[place] as bigint,
      recordedAt: this.recordedAt[place] as Date,
      stream: this.stream[place] as string,
      revision: this.revision[place] as bigint,
      type: this.type[place] as string,
      id: this.id[place] as string,
      metadata: this.metadata[place] ?? undefined,
      data: this.data[place] ?? undefined,
      form: this.form[place] as RecordForm,
    };
  }

  /** All of them at once. */
  all(): ArchiveRow[] {
    return Array.from({ length: this.length }, (_, place) => this.at(place));
  }
}
