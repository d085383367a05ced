import ts from 'typescript';

/** What the source says of a schema: its own doc comment and those of its parts. */
export interface Described {
  readonly text?: string;
  readonly fields?: Readonly<Record<string, Described>>;
  readonly items?: Described;
}

/**
 * The doc comments of a file of TypeBox schemas (`export const Name = Type.Object({…})`), by constant. Comments are read
 * from the source, because nothing of them is left when the program runs.
 */
export function schemaComments(fileName: string, source: string): ReadonlyMap<string, Described> {
  const found = new Map<string, Described>();
  for (const statement of parse(fileName, source).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || initializer === undefined) continue;
      // A constant may use those above it, as the language demands anyway.
      found.set(name.text, { ...describe(initializer, found), ...ownText(statement) });
    }
  }
  return found;
}

/** The doc comments of an interface's members. Throws when the file has no such interface. */
export function interfaceComments(fileName: string, source: string, name: string): Described {
  for (const statement of parse(fileName, source).statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== name) continue;
    const fields = statement.members.flatMap((member) =>
      member.name && ts.isIdentifier(member.name) ? [[member.name.text, ownText(member)] as const] : [],
    );
    return { ...ownText(statement), fields: Object.fromEntries(fields) };
  }
  throw new Error(`${fileName} declares no interface ${name}; the contracts take its doc comments.`);
}

function describe(node: ts.Expression, known: ReadonlyMap<string, Described>): Described {
  if (ts.isIdentifier(node)) return known.get(node.text) ?? {};
  if (ts.isObjectLiteralExpression(node)) return { fields: fieldsOf(node, known) };
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return {};
  const [inner] = node.arguments;
  if (inner === undefined) return {};
  switch (node.expression.name.text) {
    case 'Array':
      return { items: describe(inner, known) };
    case 'Object':
    case 'Optional':
    case 'Unsafe':
      return describe(inner, known);
    default:
      return {};
  }
}

function fieldsOf(node: ts.ObjectLiteralExpression, known: ReadonlyMap<string, Described>): Record<string, Described> {
  const fields: Record<string, Described> = {};
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) Object.assign(fields, describe(property.expression, known).fields);
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) continue;
    fields[property.name.text] = { ...describe(property.initializer, known), ...ownText(property) };
  }
  return fields;
}

function ownText(node: ts.Node): { text?: string } {
  const comment = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc)?.comment;
  const text = ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, ' ').trim();
  return text === undefined || text === '' ? {} : { text };
}

function parse(fileName: string, source: string): ts.SourceFile {
  return ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
}
