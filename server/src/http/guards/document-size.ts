import {
  Kind,
  Lexer,
  Source,
  TokenKind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How much a document asks for, before anything is resolved. Names of aliases and variables do not matter. */
export interface DocumentSize {
  /** Fields within fields, fragments included. */
  readonly depth: number;
  /** As they are written. */
  readonly writtenFields: number;
  /** With every fragment in each of its places. */
  readonly fields: number;
  readonly aliases: number;
  /** As they are written. */
  readonly directives: number;
  /** Of the operation that has most of them. */
  readonly rootFields: number;
  /** True when it asks for the schema itself; `__typename` is none of that. */
  readonly introspects: boolean;
}

/** True when the text has more tokens than that. One that is no GraphQL is left to the parser. */
export function hasMoreTokens(text: string, limit: number): boolean {
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 0; count <= limit; count++) {
      if (lexer.advance().kind === TokenKind.EOF) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Below a selection set, with fragments in their places. */
interface Selected {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  /** Fields of the set itself. */
  readonly width: number;
}

const nothing: Selected = { depth: 0, fields: 0, aliases: 0, width: 0 };

/**
 * What the document asks for, in time that grows with its text only: a fragment is measured once, wherever it is
 * spread, and counts for each place. One that spreads itself counts as nothing there; validation names it.
 */
export function measureDocument(document: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Selected>();
  const written = { fields: 0, directives: 0, introspects: false };

  const ofFragment = (name: string): Selected => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const selected = fragment ? ofSet(fragment.selectionSet) : nothing;
    written.directives += fragment?.directives?.length ?? 0;
    measured.set(name, selected);
    return selected;
  };

  const ofSet = ({ selections }: SelectionSetNode): Selected => {
    const sum = { ...nothing } as { -readonly [Key in keyof Selected]: number };
    for (const selection of selections) {
      written.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        const inside = selection.selectionSet ? ofSet(selection.selectionSet) : nothing;
        written.fields++;
        written.introspects ||= selection.name.value === '__schema' || selection.name.value === '__type';
        sum.width++;
        sum.fields += 1 + inside.fields;
        sum.aliases += (selection.alias ? 1 : 0) + inside.aliases;
        sum.depth = Math.max(sum.depth, 1 + inside.depth);
        continue;
      }
      const spread =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : ofSet(selection.selectionSet);
      sum.width += spread.width;
      sum.fields += spread.fields;
      sum.aliases += spread.aliases;
      sum.depth = Math.max(sum.depth, spread.depth);
    }
    return sum;
  };

  const operations = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    written.directives += definition.directives?.length ?? 0;
    return [ofSet(definition.selectionSet)];
  });
  // Those that nothing spreads are measured too: validation walks through them.
  const unused = [...fragments.keys()].filter((name) => !measured.has(name)).map(ofFragment);
  const all = [...operations, ...unused];
  const most = (key: keyof Selected) => Math.max(0, ...all.map((selected) => selected[key]));
  return {
    depth: most('depth'),
    writtenFields: written.fields,
    fields: most('fields'),
    aliases: most('aliases'),
    directives: written.directives,
    rootFields: Math.max(0, ...operations.map(({ width }) => width)),
    introspects: written.introspects,
  };
}
