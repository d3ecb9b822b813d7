// Random valid operations of a schema: what a client might ask, however unlikely.
import {
  getNamedType, getNullableType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isListType,
  isNonNullType, isRequiredArgument, isRequiredInputField,
} from 'graphql';

/** Numbers that follow from a seed: mulberry32. */
export class Draw {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  number() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  below(end) {
    return Math.floor(this.number() * end);
  }
  percent(times) {
    return this.number() * 100 < times;
  }
  of(several) {
    return several[this.below(several.length)];
  }
}

const TEXTS = ['', 'a', 'plan', 'équipe*', '"', 'fr', 'en', 'Europe/Paris', 'x'.repeat(400), 'two\nlines', '🎉', 'null', '00'.repeat(32)];
const INTS = [0, 1, 2, 3, 5, 20, -1, 100, 101, 2147483647, -2147483648];
const TIMES = ['2026-01-31T08:00:00Z', '2024-05-01T00:00:00.000001Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
const DAYS = { from: '2025-12-01', to: '2026-01-31' };

export class Documents {
  /** `ids` are those seen in answers so far, to be asked for again. */
  constructor(schema, draw, ids) {
    Object.assign(this, { schema, draw, ids });
  }

  /** One operation with its variables. */
  operation() {
    this.variables = new Map();
    this.fragments = [];
    this.aliases = 0;
    this.left = 40;
    const kind = this.draw.percent(15) ? 'mutation' : 'query';
    const root = kind === 'mutation' ? this.schema.getMutationType() : this.schema.getQueryType();
    const selections = this.selections(root, 1 + this.draw.below(7), kind === 'mutation' ? 1 : 3);
    const declared = [...this.variables].map(([name, { type }]) => `$${name}: ${type}`).join(', ');
    const query = `${kind} Random${declared && `(${declared})`} ${selections}\n${this.fragments.join('\n')}`;
    const variables = Object.fromEntries([...this.variables].map(([name, { value }]) => [name, value]));
    return { query, variables };
  }

  selections(type, depth, most = 6) {
    const parts = [];
    if (isAbstractType(type)) {
      parts.push('__typename');
      const possible = this.schema.getPossibleTypes(type);
      for (let n = this.draw.below(3) + 1; n > 0; n--) {
        const within = this.draw.of(possible);
        parts.push(this.spread(within, this.selections(within, depth - 1)));
      }
    }
    const fields = type.getFields ? Object.values(type.getFields()) : [];
    const wanted = fields.length ? 1 + this.draw.below(Math.min(most, fields.length)) : 0;
    for (let n = 0; n < wanted && this.left > 0; n++) {
      const field = this.draw.of(fields);
      if (isCompositeType(getNamedType(field.type)) && depth <= 0) continue;
      parts.push(this.field(field, depth));
    }
    if (this.draw.percent(20) || !parts.length) parts.push('__typename');
    if (fields.length && this.draw.percent(15)) return `{ ${this.spread(type, `{ ${parts.join(' ')} }`)} }`;
    return `{ ${parts.join(' ')} }`;
  }

  /** Written in place, or as a fragment with a name. */
  spread(type, selections) {
    if (this.draw.percent(50)) return `... on ${type.name} ${selections}`;
    const name = `f${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${type.name} ${selections}`);
    return `...${name}`;
  }

  field(field, depth) {
    this.left -= 1;
    // Always another alias, so that no two selections of one name differ.
    this.aliases += 1;
    const args = field.args
      .filter((arg) => isRequiredArgument(arg) || this.draw.percent(this.often(arg)))
      .map((arg) => `${arg.name}: ${this.argument(arg)}`);
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? ` ${this.selections(named, depth - 1)}` : '';
    return `a${this.aliases}: ${field.name}${args.length ? `(${args.join(', ')})` : ''}${this.directive()}${below}`;
  }

  /** Mostly what makes sense: a page from one end, and cursors, which nobody invents, seldom. */
  often({ name }) {
    return { first: 40, last: 4, after: 3, before: 3 }[name] ?? 40;
  }

  directive() {
    if (!this.draw.percent(6)) return '';
    const name = this.draw.of(['include', 'skip']);
    if (this.draw.percent(50)) return ` @${name}(if: ${this.draw.percent(50)})`;
    return ` @${name}(if: ${this.variable('Boolean!', this.draw.percent(50))})`;
  }

  argument({ name, type, defaultValue }) {
    const value = type.toString() === 'Date!' ? DAYS[name] ?? this.value(type) : this.value(type);
    if (this.draw.percent(30) && !(defaultValue !== undefined && value === null)) {
      return this.variable(String(isNonNullType(type) || value !== null ? type : getNullableType(type)), value);
    }
    return literal(value, type);
  }

  variable(type, value) {
    const name = `v${this.variables.size}`;
    this.variables.set(name, { type, value });
    return `$${name}`;
  }

  value(type, depth = 4) {
    if (isNonNullType(type)) return this.value(type.ofType, depth);
    if (isListType(type)) return Array.from({ length: this.draw.below(3) }, () => this.value(type.ofType, depth));
    const named = getNamedType(type);
    if (isEnumType(named)) return this.draw.of(named.getValues()).name;
    if (isInputObjectType(named)) return this.object(named, depth);
    switch (named.name) {
      case 'Int': return this.draw.percent(90) ? 1 + this.draw.below(8) : this.draw.of(INTS);
      case 'Float': return this.draw.number();
      case 'Boolean': return this.draw.percent(50);
      case 'ID': return this.ids.length && this.draw.percent(85) ? this.draw.of(this.ids) : this.draw.of(['nothing', '1']);
      case 'DateTime': return this.draw.of(TIMES);
      case 'Date': return this.draw.of(Object.values(DAYS));
      case 'Position': return 'AAAAAAAAAAAAAAAB';
      default: return this.draw.of(TEXTS);
    }
  }

  object(type, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = this.draw.of(fields);
      return { [field.name]: this.value(field.type, depth - 1) };
    }
    const given = fields.filter((field) => isRequiredInputField(field) || (depth > 0 && this.draw.percent(40)));
    return Object.fromEntries(given.map((field) => [field.name, this.value(field.type, depth - 1)]));
  }
}

/** A value as it stands in a document. */
function literal(value, type) {
  const nullable = getNullableType(type);
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, nullable.ofType)).join(', ')}]`;
  if (isEnumType(nullable)) return value;
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    const given = Object.entries(value).map(([name, of]) => `${name}: ${literal(of, fields[name].type)}`);
    return `{${given.join(', ')}}`;
  }
  return JSON.stringify(value);
}
