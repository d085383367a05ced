import { Ajv2020 } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument } from 'yaml';
import { NATION } from './area.js';
import { contentProblem } from './check-content.js';
import { seriesProblems } from './check-series.js';
import { type ParameterEntry, ParameterFile, type ValueEntry } from './parameter-file.js';
import type { Content, ParameterDefinition, PolicyValue } from './policy-value.js';

export interface DataProblem {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

type Path = readonly (string | number)[];
const isParameterFile = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<ParameterFile>(ParameterFile);

/** Reads one file of parameters. Every problem is reported with its line; a file with problems gives no values. */
export function readParameters(
  file: string,
  text: string,
  sources: ReadonlySet<string>,
): { values: readonly PolicyValue[]; problems: readonly DataProblem[] } {
  const lines = new LineCounter();
  // The failsafe schema keeps every scalar as text: a rate never becomes a floating-point number.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: true });
  const lineOf = (path: Path): number => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
      if (node?.range !== undefined) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const problem = (path: Path, what: string): DataProblem => ({ file, line: lineOf(path), problem: what });

  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      line: lines.linePos(error.pos[0]).line,
      problem: error.message.split('\n')[0] ?? error.code,
    }));
    return { values: [], problems };
  }
  const content: unknown = document.toJS();
  if (!isParameterFile(content)) {
    const problems = (isParameterFile.errors ?? []).map((error) => {
      const path = error.instancePath.split('/').slice(1);
      const { additionalProperty, allowedValues } = error.params as Record<string, string | string[] | undefined>;
      const detail = [additionalProperty ?? allowedValues ?? ''].flat().join(', ');
      return problem(path, `${path.at(-1) ?? 'file'} ${error.message ?? 'is wrong'} ${detail}`.trim());
    });
    return { values: [], problems };
  }

  const problems: DataProblem[] = [];
  const values = content.parameters.flatMap((entry, index) =>
    parameterValues(entry, ['parameters', index], sources, (path, what) => problems.push(problem(path, what))),
  );
  return { values: problems.length === 0 ? values : [], problems };
}

function parameterValues(
  entry: ParameterEntry,
  path: Path,
  sources: ReadonlySet<string>,
  report: (path: Path, problem: string) => void,
): readonly PolicyValue[] {
  const definition: ParameterDefinition = {
    id: entry.id,
    zh: entry.zh,
    description: entry.description,
    unit: entry.unit,
    ...(entry.choices === undefined ? {} : { choices: entry.choices }),
  };
  const values = entry.values.map((each) => toValue(definition, entry, each));
  for (const [index, value] of values.entries()) {
    const wrong = valueProblem(entry, entry.values[index] as ValueEntry, value, sources);
    if (wrong !== undefined) report([...path, 'values', index], `${entry.id}: ${wrong}`);
  }
  for (const area of new Set(values.map((value) => value.area))) {
    const places = [...values.keys()].filter((index) => values[index]?.area === area);
    const series = places.map((place) => values[place] as PolicyValue);
    for (const { at, problem } of seriesProblems(series)) {
      report([...path, 'values', places[at] ?? 0], `${entry.id}, area ${area}: ${problem}`);
    }
  }
  return values;
}

function valueProblem(
  entry: ParameterEntry,
  each: ValueEntry,
  value: PolicyValue,
  sources: ReadonlySet<string>,
): string | undefined {
  if ((each.year === undefined) === (each.from === undefined)) return 'give either from (and to) or year';
  if (each.year !== undefined && each.to !== undefined) return 'year already says to';
  if ((each.basis ?? entry.basis) === undefined) return 'basis is missing (document, number, article)';
  if ((each.source ?? entry.source) === undefined) return 'source is missing';
  if ((each.confidence ?? entry.confidence) === undefined) return 'confidence is missing';
  const stray = value.source.match(/S_[A-Z0-9_]+/g)?.find((name) => !sources.has(name));
  if (stray !== undefined) return `source ${stray} is not listed in sources.yaml`;
  return contentProblem(value.definition, value.content);
}

function toValue(definition: ParameterDefinition, entry: ParameterEntry, each: ValueEntry): PolicyValue {
  const { year } = each;
  const to = year === undefined ? each.to : `${year}-12-31`;
  return {
    definition,
    area: each.area ?? NATION,
    from: year === undefined ? (each.from ?? 'unknown') : `${year}-01-01`,
    ...(to === undefined ? {} : { to }),
    ...(each.known === undefined ? {} : { known: each.known }),
    content: each.value as Content,
    basis: each.basis ?? entry.basis ?? { document: '' },
    source: each.source ?? entry.source ?? '',
    confidence: each.confidence ?? entry.confidence ?? 'not-rechecked',
    ...(each.note === undefined ? {} : { note: each.note }),
    ...(each.gap === undefined ? {} : { gap: each.gap }),
    overlay: false,
  };
}
