import { posix } from 'node:path';
import ts from 'typescript';

/** Source files by their path from `server/src`, written with `/`: `modules/store/store.service.ts`. */
export type SourceFiles = ReadonlyMap<string, string>;

/** One file of `server/src` that names another. */
export interface Import {
  readonly from: string;
  /** Line of `from`, counted from 1. */
  readonly line: number;
  /** Path from `server/src`; begins with `../` when it leads out of it. Null when the code computes it. */
  readonly to: string | null;
  /** True when nothing of it is left at run time. `import { type A }` still loads the file: false. */
  readonly typeOnly: boolean;
}

/**
 * Every import of a relative path: static, type-only, re-exported, dynamic, `import('./x.ts').Type`, and
 * `new URL('./x.ts', import.meta.url)` or `import.meta.resolve`, which is how a worker is named. Packages
 * are left out.
 */
export function readImports(files: SourceFiles): Import[] {
  return [...files].flatMap(([from, text]) => {
    const source = ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true);
    return namesIn(source).flatMap(({ node, name, typeOnly }): Import[] => {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (name === null) return [{ from, line, to: null, typeOnly }];
      if (!name.startsWith('.')) return [];
      return [{ from, line, to: posix.join(posix.dirname(from), name), typeOnly }];
    });
  });
}

interface Name {
  readonly node: ts.Node;
  readonly name: string | null;
  readonly typeOnly: boolean;
}

function namesIn(source: ts.SourceFile): Name[] {
  const names: Name[] = [];
  const visit = (node: ts.Node): void => {
    const found = nameIn(node);
    if (found) names.push({ node, ...found });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function nameIn(node: ts.Node): Omit<Name, 'node'> | undefined {
  if (ts.isImportDeclaration(node)) {
    return {
      name: textOf(node.moduleSpecifier),
      typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { name: textOf(node.moduleSpecifier), typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node)) {
    const { argument } = node;
    return { name: ts.isLiteralTypeNode(argument) ? textOf(argument.literal) : null, typeOnly: true };
  }
  if (ts.isCallExpression(node) && ['import', 'import.meta.resolve'].includes(node.expression.getText())) {
    return { name: textOf(node.arguments[0]), typeOnly: false };
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL') return urlName(node);
  return undefined;
}

/** Only addresses of code: `new URL('../../data', import.meta.url)` names a folder and imports nothing. */
function urlName({ arguments: args }: ts.NewExpression): Omit<Name, 'node'> | undefined {
  const name = textOf(args?.[0]);
  if (args?.[1]?.getText() !== 'import.meta.url' || !/\.m?[jt]s$/.test(name ?? '')) return undefined;
  return { name, typeOnly: false };
}

function textOf(node: ts.Node | undefined): string | null {
  return node && ts.isStringLiteralLike(node) ? node.text : null;
}
