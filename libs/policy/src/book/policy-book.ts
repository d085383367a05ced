import { type BusinessDate, DomainError } from '@provident/kernel';
import { areaChain } from './area.js';
import { contentProblem, formProblem } from './check-content.js';
import type { Confidence } from './parameter-file.js';
import type { Content, LegalBasis, ParameterDefinition, PolicyValue } from './policy-value.js';

/** A value laid over the shipped data: an approved change, or a proposal in a what-if. */
export interface OverlayValue {
  readonly parameter: string;
  readonly area: string;
  readonly from: string;
  readonly to?: string;
  readonly known?: string;
  readonly value: Content;
  readonly basis: LegalBasis;
  readonly source: string;
  readonly confidence: Confidence;
}

/** Values by parameter and area, in date order. */
type Layer = ReadonlyMap<string, readonly PolicyValue[]>;

/**
 * All parameters of social insurance, by date and area. Immutable: an overlay gives a new book.
 *
 * The nearest area wins (county, city, province, nation); within an area the newest overlay wins over older ones and
 * over the shipped data. A missing value is an error, never a default.
 */
export class PolicyBook {
  private constructor(
    readonly definitions: ReadonlyMap<string, ParameterDefinition>,
    /** Shipped data first, newest overlay last. */
    private readonly layers: readonly Layer[],
  ) {}

  static of(values: readonly PolicyValue[]): PolicyBook {
    return new PolicyBook(new Map(values.map(({ definition }) => [definition.id, definition])), [layerOf(values)]);
  }

  /** The value in force on a day, as far as published by `knownAt` (without it: as far as published at all). */
  parameter(id: string, area: string, effectiveOn: BusinessDate, knownAt?: BusinessDate): PolicyValue {
    const value = this.find(id, area, effectiveOn, knownAt);
    if (value !== undefined) return value;
    const later = knownAt === undefined ? undefined : this.find(id, area, effectiveOn);
    const why = later === undefined ? '' : ` It was published only on ${later.known ?? 'a later day'}.`;
    throw missing(this.definition(id), area, `on ${effectiveOn}${knownAt ? `, as known at ${knownAt}` : ''}`, why);
  }

  find(id: string, area: string, effectiveOn: BusinessDate, knownAt?: BusinessDate): PolicyValue | undefined {
    this.definition(id);
    for (const each of areaChain(area)) {
      for (const layer of this.layers.toReversed()) {
        const value = layer.get(key(id, each))?.findLast((one) => covers(one, effectiveOn) && isKnown(one, knownAt));
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  /** The newest value of the nearest area that has one: the law as it stands, for a calculation that names no day. */
  newest(id: string, area: string): PolicyValue {
    const definition = this.definition(id);
    for (const each of areaChain(area)) {
      for (const layer of this.layers.toReversed()) {
        const value = layer.get(key(id, each))?.at(-1);
        if (value !== undefined) return value;
      }
    }
    throw missing(definition, area, 'on any day', '');
  }

  /** Every stored value of a parameter in exactly this area, shipped data first. */
  history(id: string, area: string): readonly PolicyValue[] {
    this.definition(id);
    return this.layers.flatMap((layer) => layer.get(key(id, area)) ?? []);
  }

  /** Throws `parameter-unknown`. */
  definition(id: string): ParameterDefinition {
    const definition = this.definitions.get(id);
    if (definition !== undefined) return definition;
    throw new DomainError(
      'parameter-unknown',
      `There is no parameter "${id}".`,
      'Every parameter is defined in libs/policy/data/cn.',
      'Check the spelling, or define the parameter there.',
      { parameter: id },
    );
  }

  /** A book in which these values lie over the present ones; this book stays as it is. */
  withOverlay(values: readonly OverlayValue[]): PolicyBook {
    if (values.length === 0) return this;
    // One layer per value: a later value of the list lies over an earlier one.
    const layers = values.map((value) => layerOf([this.overlaid(value)]));
    return new PolicyBook(this.definitions, [...this.layers, ...layers]);
  }

  private overlaid({ parameter, value, ...rest }: OverlayValue): PolicyValue {
    const definition = this.definition(parameter);
    areaChain(rest.area);
    const problem =
      rest.to !== undefined && rest.to < rest.from
        ? `to ${rest.to} is before from ${rest.from}`
        : (contentProblem(definition, value) ?? formProblem(this.contents(parameter), value));
    if (problem === undefined) return { ...rest, definition, content: value, overlay: true };
    throw new DomainError(
      'parameter-value-invalid',
      `${parameter}: ${problem}.`,
      `The unit of ${parameter} is ${definition.unit}.`,
      'Correct the value.',
      { parameter },
    );
  }

  /** Every shipped content of a parameter. */
  private contents(id: string): readonly Content[] {
    const values = [...(this.layers[0]?.values() ?? [])].flat();
    return values.filter(({ definition }) => definition.id === id).map(({ content }) => content);
  }
}

function key(id: string, area: string): string {
  return `${id}@${area}`;
}

function layerOf(values: readonly PolicyValue[]): Layer {
  const layer = new Map<string, PolicyValue[]>();
  for (const value of values) {
    const at = key(value.definition.id, value.area);
    const series = layer.get(at);
    if (series === undefined) layer.set(at, [value]);
    else series.push(value);
  }
  return layer;
}

function covers(value: PolicyValue, day: string): boolean {
  return (value.from === 'unknown' || value.from <= day) && (value.to === undefined || day <= value.to);
}

function isKnown(value: PolicyValue, knownAt: string | undefined): boolean {
  return knownAt === undefined || value.known === undefined || value.known <= knownAt;
}

function missing(definition: ParameterDefinition, area: string, when: string, why: string): DomainError {
  return new DomainError(
    'parameter-missing',
    `No value of ${definition.id} (${definition.zh}) is stored for area ${area} ${when}.${why}`,
    'A parameter that is not stored is never assumed.',
    `Add a value of ${definition.id} with its legal basis, or propose one for area ${area}.`,
    { parameter: definition.id, area },
  );
}
